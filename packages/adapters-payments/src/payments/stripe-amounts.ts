import { err, ok, type Result } from 'neverthrow';

import { defect, Money, type Currency } from '@kastoma/domain/core';

/** Stripe counts these in hundredths, though ISO 4217 knows none of them. */
const IN_HUNDREDTHS: ReadonlySet<string> = new Set(['ISK', 'UGX']);
/** Stripe counts these in whole ones, though ISO 4217 has parts of them. */
const IN_WHOLE_ONES: ReadonlySet<string> = new Set(['MGA']);

/** An amount as Stripe counts it; an error where Stripe has no such amount. */
export function toStripeAmount({ minorUnits, currency }: Money): Result<number, 'not_countable'> {
  if (IN_HUNDREDTHS.has(currency)) return inNumbers(minorUnits * 100n);
  if (!IN_WHOLE_ONES.has(currency)) return inNumbers(minorUnits);
  return minorUnits % 100n === 0n ? inNumbers(minorUnits / 100n) : err('not_countable');
}

export function fromStripeAmount(amount: number, currency: Currency): Money {
  const units = BigInt(amount);
  const minorUnits = IN_HUNDREDTHS.has(currency)
    ? units / 100n
    : IN_WHOLE_ONES.has(currency)
      ? units * 100n
      : units;
  return Money.of(minorUnits, currency).match(
    (money) => money,
    () => defect('Stripe tells of more money than there is.'),
  );
}

function inNumbers(units: bigint): Result<number, 'not_countable'> {
  return units <= BigInt(Number.MAX_SAFE_INTEGER) ? ok(Number(units)) : err('not_countable');
}
