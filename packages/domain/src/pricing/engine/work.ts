import type { Currency } from '../../core/currency.value.ts';
import { defect } from '../../core/defect.ts';
import { Money } from '../../core/money.value.ts';
import type { RoundingMode } from '../../core/rounding.ts';

/** What one pricing carries along: it lives as long as the call, and nobody else sees it. */
export type Work = {
  readonly currency: Currency;
  readonly rounding: RoundingMode;
  readonly zero: Money;
  /** How often anything was done for a line, a group of lines or a promotion: the cost, told without a clock. */
  steps: number;
};

/** An amount that is known to lie within the bounds of money: no more than the subtotal, which was checked. */
export function moneyOf({ currency, zero }: Work, minorUnits: bigint): Money {
  if (minorUnits === 0n) return zero;
  return Money.of(minorUnits, currency).match(
    (money) => money,
    () => defect(`An amount of ${minorUnits} ${currency} came out of amounts that were checked.`),
  );
}
