import fc from 'fast-check';

import type { Currency } from '../core/currency.value.ts';
import { Money } from '../core/money.value.ts';
import type { PriceMode } from '../ordering/frozen-price.value.ts';
import type { FrozenShares } from '../ordering/refundable-shares.ts';
import { anyCurrency } from './currency.arbitrary.ts';

const anyAmount = fc.oneof(
  fc.bigInt({ min: 0n, max: 3n }),
  fc.bigInt({ min: 0n, max: 2_000n }),
  fc.bigInt({ min: 0n, max: 10n ** 10n }),
);

/** A total and the tax in it or on top of it. */
const anyCharge = fc
  .record({ total: anyAmount, taxPercentage: fc.bigInt({ min: 0n, max: 100n }) })
  .map(({ total, taxPercentage }) => ({ total, tax: (total * taxPercentage) / 100n }));

const anyRun = fc
  .tuple(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 9_999 })), anyCharge)
  .map(([quantity, charge]) => ({ quantity, ...charge }));

/** Shares of one sale, in runs of any shape, all above zero or all below it. */
export function anyRefundableShares(
  signs: readonly (1n | -1n)[] = [1n, 1n, -1n],
): fc.Arbitrary<FrozenShares> {
  return fc
    .record({
      currency: anyCurrency(),
      prices: fc.constantFrom<PriceMode>('inclusive', 'exclusive'),
      sign: fc.constantFrom(...signs),
      lines: fc.array(fc.array(anyRun, { minLength: 1, maxLength: 4 }), {
        minLength: 1,
        maxLength: 4,
      }),
      shipping: fc.option(anyCharge),
    })
    .map(({ currency, prices, sign, lines, shipping }) => {
      const priced = pricedIn(currency, sign);
      return {
        currency,
        prices,
        items: lines.map((units, index) => ({
          id: `item ${index}`,
          units: units.map(({ quantity, ...charge }) => ({ quantity, ...priced(charge) })),
        })),
        shipping: shipping === null ? null : priced(shipping),
      };
    });
}

function pricedIn(currency: Currency, sign: bigint) {
  const money = (magnitude: bigint) => Money.of(magnitude * sign, currency)._unsafeUnwrap();
  return ({ total, tax }: { total: bigint; tax: bigint }) => ({
    total: money(total),
    tax: money(tax),
  });
}
