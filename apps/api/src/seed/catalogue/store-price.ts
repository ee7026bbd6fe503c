import { minorUnitDigits, Money, type Currency } from '@kastoma/domain/core';

/**
 * What an amount of the seed is in the store's currency. Nothing is converted:
 * 1600 is 16.00 USD and 16.000 KWD; where there are no minor units, it is 1600 JPY.
 */
export function storePrice(hundredths: number, currency: Currency): Money {
  const digits = minorUnitDigits(currency);
  const minorUnits =
    digits === 0 ? BigInt(hundredths) : BigInt(hundredths) * 10n ** BigInt(digits - 2);
  return Money.of(minorUnits, currency).match(
    (price) => price,
    (error) => {
      throw new Error(`A price of the seeded catalogue cannot be written: ${error.code}`);
    },
  );
}
