import { formatInstant, minorUnitDigits, type Currency, type Instant } from '@kastoma/domain/core';
import type { ExactAmount } from '@kastoma/domain/pricing';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** `1 June 2026` at midnight in UTC, else `1 June 2026, 14:30 UTC`, with as many digits of the second as it takes. */
export function instantInWords(instant: Instant): string {
  const day = DAY.format(instant);
  const time = formatInstant(instant)
    .slice(11, -1)
    .replace(/(:00)?\.000$/, '');
  return time === '00:00' ? day : `${day}, ${time} UTC`;
}

/**
 * An amount before rounding, in the currency's unit: decimal text where that comes to an end
 * (`3.0075`), with at least the currency's digits, else a fraction in lowest terms (`10/3`).
 */
export function exactInWords({ numerator, denominator }: ExactAmount, currency: Currency): string {
  const digits = minorUnitDigits(currency);
  const whole = denominator * 10n ** BigInt(digits);
  const divisor = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, whole);
  const [top, bottom] = [numerator / divisor, whole / divisor];
  const places = decimalPlaces(bottom);
  return places === null
    ? `${top}/${bottom}`
    : decimal((top * 10n ** BigInt(places)) / bottom, places, digits);
}

/** How many digits after the point a fraction with this denominator takes; null when they never end. */
function decimalPlaces(denominator: bigint): number | null {
  let rest = denominator;
  const count = (factor: bigint) => {
    let times = 0;
    for (; rest % factor === 0n; rest /= factor) times += 1;
    return times;
  };
  const places = Math.max(count(2n), count(5n));
  return rest === 1n ? places : null;
}

function decimal(scaled: bigint, places: number, atLeast: number): string {
  const width = Math.max(places, atLeast);
  const padded = scaled * 10n ** BigInt(width - places);
  const magnitude = (padded < 0n ? -padded : padded).toString().padStart(width + 1, '0');
  const point = magnitude.length - width;
  const unsigned =
    width === 0 ? magnitude : `${magnitude.slice(0, point)}.${magnitude.slice(point)}`;
  return padded < 0n ? `-${unsigned}` : unsigned;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
