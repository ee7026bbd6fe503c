import fc from 'fast-check';

import { Money } from '../core/money.value.ts';
import type {
  ShippingCharge,
  ShippingMethod,
  ShippingRate,
} from '../pricing/shipping-method.value.ts';
import { anyFittedAmount, COUNTRIES, sometimes, TAX_CLASSES, type Fitted } from './cart-facts.ts';
import type { Policy } from './policy.ts';

const ZONES = [...COUNTRIES, 'US/CA', 'CA/QC'];

export function anyFittedShipping(
  without: ReadonlySet<Policy>,
): fc.Arbitrary<Fitted<ShippingMethod>> {
  const isWanted = !without.has('shipping_rules');
  // Every amount is of the cart's own currency: no method is offered in another one.
  const own = new Set<Policy>([...without, 'currencies']);
  const zoned = fc
    .tuple(fc.subarray(ZONES, { minLength: 1, maxLength: 2 }), anyRate(own))
    .map(([zone, rate]): Fitted<ShippingRate> => (facts) => ({ zone, ...rate(facts) }));
  return fc
    .record({
      method: fc.constantFrom('standard', 'express', 'overnight'),
      everywhere: anyRate(own),
      zoned: sometimes(zoned, { isWanted }),
      taxClass: sometimes(fc.constantFrom(...TAX_CLASSES)),
    })
    .map(({ method, everywhere, zoned: ofZone, taxClass }): Fitted<ShippingMethod> => (facts) => ({
      method,
      rates: [...(ofZone === undefined ? [] : [ofZone(facts)]), everywhere(facts)],
      taxClass,
    }));
}

function anyRate(own: ReadonlySet<Policy>): fc.Arbitrary<Fitted<ShippingRate>> {
  const isWanted = !own.has('shipping_rules');
  const charges = isWanted ? [anyFlat(own), anyBySubtotal(own), anyByWeight(own)] : [anyFlat(own)];
  return fc
    .record({
      charge: fc.oneof(...charges),
      freeFrom: sometimes(anyFittedAmount(own), { isWanted }),
    })
    .map(({ charge, freeFrom }): Fitted<ShippingRate> => (facts) => ({
      charge: charge(facts),
      freeFrom: freeFrom?.(facts),
    }));
}

function anyFlat(own: ReadonlySet<Policy>): fc.Arbitrary<Fitted<ShippingCharge>> {
  return sometimes(anyFittedAmount(own), { nilWeight: 1 }).map(
    (amount): Fitted<ShippingCharge> =>
      (facts) => ({ type: 'flat', amount: amount?.(facts) ?? Money.zero(facts.currency) }),
  );
}

function anyBySubtotal(own: ReadonlySet<Policy>): fc.Arbitrary<Fitted<ShippingCharge>> {
  const amount = anyFittedAmount(own);
  return fc
    .tuple(amount, amount, amount)
    .map(([first, from, second]): Fitted<ShippingCharge> => (facts) => ({
      type: 'by_subtotal',
      steps: [
        { from: Money.zero(facts.currency), amount: first(facts) },
        { from: from(facts), amount: second(facts) },
      ],
    }));
}

function anyByWeight(own: ReadonlySet<Policy>): fc.Arbitrary<Fitted<ShippingCharge>> {
  const amount = anyFittedAmount(own);
  return fc
    .tuple(amount, fc.integer({ min: 1, max: 2_000 }), amount)
    .map(([first, fromGrams, second]): Fitted<ShippingCharge> => (facts) => ({
      type: 'by_weight',
      steps: [
        { fromGrams: 0, amount: first(facts) },
        { fromGrams, amount: second(facts) },
      ],
    }));
}
