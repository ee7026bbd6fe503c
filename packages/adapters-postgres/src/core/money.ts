import { Money, type Currency } from '@kastoma/domain/core';

/** Money as it was stored. The columns are 64 bits wide, as the domain's bound is. */
export function restoreMoney(minorUnits: bigint, currency: Currency): Money {
  return Money.of(minorUnits, currency).match(
    (money) => money,
    () => {
      throw new RangeError(`The stored amount ${minorUnits} ${currency} is out of bounds.`);
    },
  );
}
