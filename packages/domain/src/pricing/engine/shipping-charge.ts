import { err, ok, type Result } from 'neverthrow';

import type { Destination, PricingInput } from '../pricing-input.ts';
import type { PricingError } from '../pricing.errors.ts';
import type { ShippingCharge, ShippingMethod, ShippingRate } from '../shipping-method.value.ts';
import type { LineGroup } from './line-group.ts';
import type { Work } from './work.ts';

/** The rate of the chosen method for the place where the goods go. */
export type ShippingQuotation = {
  readonly method: ShippingMethod;
  readonly rate: ShippingRate;
  readonly grams: number;
};

/** Null when nothing is shipped. */
export function quoteShipping(
  { shipping, destination, lines }: PricingInput,
  work: Work,
): Result<ShippingQuotation | null, PricingError> {
  if (shipping === null || lines.length === 0) return ok(null);
  work.steps += lines.length + shipping.rates.length;
  const rate = rateFor(shipping, destination);
  if (rate === undefined) return err({ code: 'pricing.no_shipping_rate', method: shipping.method });
  let grams = 0;
  for (const { weightGrams = 0, quantity } of lines) grams += weightGrams * quantity;
  return Number.isSafeInteger(grams)
    ? ok({ method: shipping, rate, grams })
    : err({ code: 'pricing.amount_out_of_bounds', subject: 'weight' });
}

/** A region counts before its country, and that before everywhere else. */
function rateFor(
  { rates }: ShippingMethod,
  destination: Destination | undefined,
): ShippingRate | undefined {
  const places =
    destination === undefined ? [] : [...regionOf(destination), destination.country as string];
  for (const place of places) {
    const rate = rates.find(({ zone }) => zone?.includes(place) === true);
    if (rate !== undefined) return rate;
  }
  return rates.find(({ zone }) => zone === undefined);
}

function regionOf({ country, region }: Destination): readonly string[] {
  return region === undefined ? [] : [`${country}/${region}`];
}

export type ChargedShipping = {
  /** What the scale says. */
  readonly listed: bigint;
  /** The same, or nothing where the goods make it free. */
  readonly charged: bigint;
  /** Goods after the discounts so far. */
  readonly goods: bigint;
  readonly isFree: boolean;
};

/** What shipping costs for the goods as they stand now, before any promotion. */
export function chargeShipping(
  { rate: { charge, freeFrom }, grams }: ShippingQuotation,
  groups: readonly LineGroup[],
  work: Work,
): ChargedShipping {
  let goods = 0n;
  for (const { running } of groups) goods += running;
  work.steps += groups.length;
  const listed = listedCharge(charge, goods, grams);
  const isFree = freeFrom !== undefined && goods >= freeFrom.minorUnits;
  return { listed, charged: isFree ? 0n : listed, goods, isFree };
}

/** The steps of a scale stand in order, and the first is reached by everything. */
function listedCharge(charge: ShippingCharge, goods: bigint, grams: number): bigint {
  switch (charge.type) {
    case 'flat':
      return charge.amount.minorUnits;
    case 'by_subtotal':
      return charge.steps.findLast(({ from }) => goods >= from.minorUnits)?.amount.minorUnits ?? 0n;
    case 'by_weight':
      return charge.steps.findLast(({ fromGrams }) => grams >= fromGrams)?.amount.minorUnits ?? 0n;
  }
}
