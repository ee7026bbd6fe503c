import { err, ok, type Result } from 'neverthrow';

import type { Currency } from '../core/currency.value.ts';
import { Money, type CurrencyMismatch } from '../core/money.value.ts';

/**
 * What has become of a payment so far, in all. Each amount only ever grows, so that of two reports the one that
 * knows more can be told from the other, in whatever order they come.
 */
export type MovedMoney = {
  readonly authorized: Money;
  readonly captured: Money;
  readonly refunded: Money;
  /** Whether what was authorized and not captured has been let go. */
  readonly isReleased: boolean;
};

export function nothingMoved(currency: Currency): MovedMoney {
  const zero = Money.zero(currency);
  return { authorized: zero, captured: zero, refunded: zero, isReleased: false };
}

/**
 * What is known when both are: the larger of each; and what went back had come in, and what came in had been
 * promised, whether somebody has said so yet or not. Reports may come twice, late and out of order: joining is
 * idempotent, commutative and associative.
 */
export function joined(one: MovedMoney, other: MovedMoney): Result<MovedMoney, CurrencyMismatch> {
  const [expected, actual] = [one.authorized.currency, currencyBeside(one, other)];
  if (expected !== actual) return err({ code: 'core.currency_mismatch', expected, actual });
  const refunded = larger(one.refunded, other.refunded);
  const captured = larger(larger(one.captured, other.captured), refunded);
  const authorized = larger(larger(one.authorized, other.authorized), captured);
  return ok({ authorized, captured, refunded, isReleased: one.isReleased || other.isReleased });
}

export function isSame(one: MovedMoney, other: MovedMoney): boolean {
  return (
    one.authorized.equals(other.authorized) &&
    one.captured.equals(other.captured) &&
    one.refunded.equals(other.refunded) &&
    one.isReleased === other.isReleased
  );
}

/** The first currency among these amounts that is another one, or the one that all have. */
function currencyBeside(one: MovedMoney, other: MovedMoney): Currency {
  const { currency } = one.authorized;
  const amounts = [other.authorized, other.captured, other.refunded];
  return amounts.find((amount) => amount.currency !== currency)?.currency ?? currency;
}

function larger(one: Money, other: Money): Money {
  return one.minorUnits >= other.minorUnits ? one : other;
}
