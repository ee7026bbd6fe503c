import { defect, minorUnitDigits, Money, type Currency } from '@kastoma/domain/core';
import type { ShippingMethod } from '@kastoma/domain/pricing';

/** What a new shop charges, in hundredths of its currency: what a method costs, and from which subtotal on it is free. */
const IN_HUNDREDTHS = [
  { method: 'standard', amount: 599n, freeFrom: 10_000n },
  { method: 'express', amount: 1_299n, freeFrom: null },
  { method: 'overnight', amount: 2_499n, freeFrom: null },
  { method: 'international', amount: 1_599n, freeFrom: null },
] as const;

/**
 * The rates of a new shop, in its currency: 5.99 is 5.99 USD, 5.990 KWD, and 6
 * JPY, the nearest amount that the currency has.
 */
export function flatShippingRates(currency: Currency): readonly ShippingMethod[] {
  return IN_HUNDREDTHS.map(({ method, amount, freeFrom }) => ({
    method,
    rates: [
      {
        charge: { type: 'flat', amount: fromHundredths(amount, currency) },
        freeFrom: freeFrom === null ? undefined : fromHundredths(freeFrom, currency),
      },
    ],
  }));
}

function fromHundredths(hundredths: bigint, currency: Currency): Money {
  const perWhole = 10n ** BigInt(minorUnitDigits(currency));
  const minorUnits = (hundredths * perWhole + 50n) / 100n;
  return Money.of(minorUnits, currency).match(
    (money) => money,
    () => defect(`Shipping would cost ${minorUnits} ${currency}.`),
  );
}
