import { err, ok, type Result } from 'neverthrow';

import { greatestCommonDivisor } from './fraction.ts';
import { divideRounded, type RoundingMode } from './rounding.ts';

/** A percentage may have this many digits after the point. */
const MOST_PERCENTAGE_DIGITS = 6;
const PERCENTAGE = /^(0|[1-9][0-9]{0,2})(?:\.([0-9]{1,6}))?$/;

export type MalformedPercentage = {
  readonly code: 'core.malformed_percentage';
  readonly percentage: string;
  /** Digits allowed after the point. */
  readonly digits: number;
};
export type RateOutOfBounds = {
  readonly code: 'core.rate_out_of_bounds';
  readonly percentage: string;
};

/** An exact share of something, from 0 to 100 %: a fraction in lowest terms, never a float. */
export class Rate {
  readonly numerator: bigint;
  readonly denominator: bigint;

  private constructor(numerator: bigint, denominator: bigint) {
    const divisor = greatestCommonDivisor(numerator, denominator);
    this.numerator = numerator / divisor;
    this.denominator = denominator / divisor;
    Object.freeze(this);
  }

  /**
   * Reads decimal text: `"8.875"` is 8.875 %. Up to six digits after the point; no sign,
   * no exponent, no leading zeros, nothing above 100.
   */
  static parsePercentage(percentage: string): Result<Rate, MalformedPercentage | RateOutOfBounds> {
    const match = percentage.length > 32 ? null : PERCENTAGE.exec(percentage);
    if (match === null) {
      const digits = MOST_PERCENTAGE_DIGITS;
      return err({ code: 'core.malformed_percentage', percentage, digits });
    }
    const [, whole = '', fraction = ''] = match;
    const numerator = BigInt(whole + fraction);
    const denominator = 100n * 10n ** BigInt(fraction.length);
    return numerator > denominator
      ? err({ code: 'core.rate_out_of_bounds', percentage })
      : ok(new Rate(numerator, denominator));
  }

  get isZero(): boolean {
    return this.numerator === 0n;
  }

  equals(other: Rate): boolean {
    return this.numerator === other.numerator && this.denominator === other.denominator;
  }

  /** This share of an amount of minor units, rounded once. */
  of(minorUnits: bigint, mode: RoundingMode): bigint {
    return divideRounded(minorUnits * this.numerator, this.denominator, mode);
  }

  /** What an amount holds that had this share of itself added: 19 of 119 at 19 %. Rounded once. */
  includedIn(minorUnits: bigint, mode: RoundingMode): bigint {
    return divideRounded(minorUnits * this.numerator, this.denominator + this.numerator, mode);
  }

  /** Decimal text without needless digits: `"8.875"`, `"20"`, `"0.5"`. Parses back to an equal rate. */
  toPercentage(): string {
    const scale = 10n ** BigInt(MOST_PERCENTAGE_DIGITS);
    const scaled = (this.numerator * 100n * scale) / this.denominator;
    const fraction = (scaled % scale).toString().padStart(MOST_PERCENTAGE_DIGITS, '0');
    const digits = fraction.replace(/0+$/, '');
    const whole = (scaled / scale).toString();
    return digits === '' ? whole : `${whole}.${digits}`;
  }

  toJSON(): string {
    return this.toPercentage();
  }
}
