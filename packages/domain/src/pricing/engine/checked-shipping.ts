import { err, ok, type Result } from 'neverthrow';

import type { Currency } from '../../core/currency.value.ts';
import type { Money } from '../../core/money.value.ts';
import { byText, sortedUnique } from '../order-of-text.ts';
import type { PricingError } from '../pricing.errors.ts';
import type { ShippingCharge, ShippingMethod, ShippingRate } from '../shipping-method.value.ts';
import { defectOfAmount } from './checked-amount.ts';
import { MOST_SHIPPING_RATES } from './limits-of-input.ts';

type InvalidShipping = Extract<PricingError, { code: 'pricing.invalid_shipping' }>;

/** The method with its zones and steps in order, or what is wrong with it. */
export function checkShipping(
  method: ShippingMethod | null,
  currency: Currency,
): Result<ShippingMethod | null, PricingError> {
  if (method === null) return ok(null);
  if (method.rates.length > MOST_SHIPPING_RATES)
    return err({ code: 'pricing.too_many', kind: 'rates', maximum: MOST_SHIPPING_RATES });
  const rates = method.rates.map(sortedRate).toSorted((a, b) => byText(nameOf(a), nameOf(b)));
  const [defect] = [
    ...defectsOfZones(rates, method.method),
    ...rates.flatMap((rate) => defectsOfRate(rate, method.method, currency)),
  ];
  return defect === undefined ? ok({ ...method, rates }) : err(defect);
}

/** The zone that stands first names the rate among its siblings, since no place is in two of them. */
function nameOf({ zone }: ShippingRate): string {
  return zone?.[0] ?? '';
}

function sortedRate(rate: ShippingRate): ShippingRate {
  return {
    ...rate,
    charge: sortedCharge(rate.charge),
    ...(rate.zone === undefined ? {} : { zone: sortedUnique(rate.zone) }),
  };
}

function sortedCharge(charge: ShippingCharge): ShippingCharge {
  switch (charge.type) {
    case 'flat':
      return charge;
    case 'by_subtotal':
      return {
        type: charge.type,
        steps: charge.steps.toSorted((a, b) => (a.from.minorUnits < b.from.minorUnits ? -1 : 1)),
      };
    case 'by_weight':
      return {
        type: charge.type,
        steps: charge.steps.toSorted((a, b) => a.fromGrams - b.fromGrams),
      };
  }
}

function invalid(method: string, reason: InvalidShipping['reason']): InvalidShipping {
  return { code: 'pricing.invalid_shipping', method, reason };
}

function defectsOfZones(rates: readonly ShippingRate[], method: string): PricingError[] {
  const places = rates.flatMap(({ zone }) => zone ?? ['']);
  return [
    ...(rates.length === 0 ? [invalid(method, 'no_rates')] : []),
    ...(rates.some(({ zone }) => zone?.length === 0) ? [invalid(method, 'empty_zone')] : []),
    ...(new Set(places).size < places.length ? [invalid(method, 'zone_named_twice')] : []),
  ];
}

function defectsOfRate(
  { charge, freeFrom }: ShippingRate,
  method: string,
  currency: Currency,
): PricingError[] {
  const amounts = [...amountsOf(charge), ...(freeFrom === undefined ? [] : [freeFrom])];
  const defects = amounts.flatMap((amount) => defectOfAmount(amount, currency, method) ?? []);
  return charge.type === 'flat'
    ? defects
    : [...defects, ...defectsOfScale(thresholdsOf(charge), method)];
}

type Scale = Exclude<ShippingCharge, { type: 'flat' }>;

function amountsOf(charge: ShippingCharge): readonly Money[] {
  switch (charge.type) {
    case 'flat':
      return [charge.amount];
    case 'by_subtotal':
      return charge.steps.flatMap(({ from, amount }) => [from, amount]);
    case 'by_weight':
      return charge.steps.map(({ amount }) => amount);
  }
}

function thresholdsOf(charge: Scale): readonly (bigint | number)[] {
  return charge.type === 'by_subtotal'
    ? charge.steps.map(({ from }) => from.minorUnits)
    : charge.steps.map(({ fromGrams }) => fromGrams);
}

function defectsOfScale(thresholds: readonly (bigint | number)[], method: string): PricingError[] {
  const isWhole = (threshold: bigint | number) =>
    typeof threshold === 'bigint' || Number.isSafeInteger(threshold);
  const [lowest] = thresholds;
  return [
    ...(thresholds.every(isWhole) ? [] : [invalid(method, 'invalid_weight')]),
    ...(lowest === undefined || Number(lowest) !== 0
      ? [invalid(method, 'scale_not_from_zero')]
      : []),
    ...(new Set(thresholds).size < thresholds.length ? [invalid(method, 'step_named_twice')] : []),
  ];
}
