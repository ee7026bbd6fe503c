import { err, ok, type Result } from 'neverthrow';

import {
  minorUnitDigits,
  parseCurrency,
  type Currency,
  type UnknownCurrency,
} from './currency.value.ts';
import type { Quantity } from './quantity.value.ts';

/** The largest absolute amount, in minor units: what a 64-bit column holds. */
export const LARGEST_MINOR_UNITS = 2n ** 63n - 1n;

const LONGEST_AMOUNT_TEXT = 32;
const DECIMAL = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/;

/** Money as it travels: a decimal string with exactly the currency's digits. */
export type MoneyJson = { readonly amount: string; readonly currency: string };

export type CurrencyMismatch = {
  readonly code: 'core.currency_mismatch';
  readonly expected: Currency;
  readonly actual: Currency;
};
export type MoneyOutOfBounds = {
  readonly code: 'core.money_out_of_bounds';
  readonly currency: Currency;
};
export type MalformedAmount = {
  readonly code: 'core.malformed_amount';
  readonly amount: string;
  readonly currency: Currency;
  /** Digits that the currency wants after the point. */
  readonly digits: number;
};

/** An integer number of minor units in one currency. No float ever touches it. */
export class Money {
  readonly minorUnits: bigint;
  readonly currency: Currency;

  private constructor(minorUnits: bigint, currency: Currency) {
    this.minorUnits = minorUnits;
    this.currency = currency;
    Object.freeze(this);
  }

  static of(minorUnits: bigint, currency: Currency): Result<Money, MoneyOutOfBounds> {
    const withinBounds = minorUnits <= LARGEST_MINOR_UNITS && minorUnits >= -LARGEST_MINOR_UNITS;
    return withinBounds
      ? ok(new Money(minorUnits, currency))
      : err({ code: 'core.money_out_of_bounds', currency });
  }

  static zero(currency: Currency): Money {
    return new Money(0n, currency);
  }

  /**
   * Reads the wire form. Refuses exponents, a plus sign, leading zeros, blanks,
   * more or fewer digits than the currency has, and amounts beyond 64 bits.
   * `"-0.00"` is refused as well: zero has one spelling.
   */
  static parse(
    json: MoneyJson,
  ): Result<Money, UnknownCurrency | MalformedAmount | MoneyOutOfBounds> {
    return parseCurrency(json.currency).andThen((currency) => {
      const digits = minorUnitDigits(currency);
      const malformed = err({
        code: 'core.malformed_amount' as const,
        amount: json.amount,
        currency,
        digits,
      });
      if (json.amount.length > LONGEST_AMOUNT_TEXT) return malformed;
      const match = DECIMAL.exec(json.amount);
      if (match === null) return malformed;
      const [, sign = '', whole = '', fraction = ''] = match;
      if (fraction.length !== digits) return malformed;
      const magnitude = BigInt(whole + fraction);
      if (sign === '-' && magnitude === 0n) return malformed;
      return Money.of(sign === '-' ? -magnitude : magnitude, currency);
    });
  }

  plus(other: Money): Result<Money, CurrencyMismatch | MoneyOutOfBounds> {
    return this.#sameCurrency(other).andThen(() =>
      Money.of(this.minorUnits + other.minorUnits, this.currency),
    );
  }

  minus(other: Money): Result<Money, CurrencyMismatch | MoneyOutOfBounds> {
    return this.#sameCurrency(other).andThen(() =>
      Money.of(this.minorUnits - other.minorUnits, this.currency),
    );
  }

  /** The amount of `quantity` such units; exact, since nothing is ever rounded per unit. */
  times(quantity: Quantity): Result<Money, MoneyOutOfBounds> {
    return Money.of(this.minorUnits * BigInt(quantity), this.currency);
  }

  get isNegative(): boolean {
    return this.minorUnits < 0n;
  }

  equals(other: Money): boolean {
    return this.currency === other.currency && this.minorUnits === other.minorUnits;
  }

  /** `19.99`, `-0.05`, `1200` (JPY): always the currency's digits. */
  toDecimal(): string {
    const digits = minorUnitDigits(this.currency);
    const magnitude = (this.isNegative ? -this.minorUnits : this.minorUnits)
      .toString()
      .padStart(digits + 1, '0');
    const point = magnitude.length - digits;
    const unsigned =
      digits === 0 ? magnitude : `${magnitude.slice(0, point)}.${magnitude.slice(point)}`;
    return this.isNegative ? `-${unsigned}` : unsigned;
  }

  toJSON(): MoneyJson {
    return { amount: this.toDecimal(), currency: this.currency };
  }

  #sameCurrency(other: Money): Result<void, CurrencyMismatch> {
    return this.currency === other.currency
      ? ok(undefined)
      : err({ code: 'core.currency_mismatch', expected: this.currency, actual: other.currency });
  }
}
