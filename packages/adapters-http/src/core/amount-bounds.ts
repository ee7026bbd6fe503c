import { LARGEST_MINOR_UNITS, minorUnitDigits, type Currency } from '@kastoma/domain/core';

/** A bound beyond all money is as good as the largest. Otherwise it is compared exactly, however many digits it has: 9.995 is more than 9.99 and less than 10.00. */
export function largestAtMost(decimal: string, currency: Currency): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  const digits = minorUnitDigits(currency);
  const minorUnits = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return minorUnits < LARGEST_MINOR_UNITS ? minorUnits : LARGEST_MINOR_UNITS;
}

/** The same for a bound from below. */
export function smallestAtLeast(decimal: string, currency: Currency): bigint {
  const beyond = (decimal.split('.')[1] ?? '').slice(minorUnitDigits(currency));
  const atMost = largestAtMost(decimal, currency);
  return /[1-9]/.test(beyond) && atMost < LARGEST_MINOR_UNITS ? atMost + 1n : atMost;
}
