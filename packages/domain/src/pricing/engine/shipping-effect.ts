import { divideRounded } from '../../core/rounding.ts';
import type { ExactAmount } from '../explanation.ts';
import type { ShippingEffect } from '../promotion-effect.ts';
import type { Work } from './work.ts';

/** What an effect takes off the original rate: `amount` is the exact discount, rounded and no more than the rate. */
export function discountShipping(
  charged: bigint,
  effect: ShippingEffect,
  work: Work,
): { readonly exact: ExactAmount; readonly amount: bigint } {
  work.steps += 1;
  const exact = exactDiscount(charged, effect);
  return { exact, amount: divideRounded(exact.numerator, exact.denominator, work.rounding) };
}

function exactDiscount(charged: bigint, effect: ShippingEffect): ExactAmount {
  if (effect.type === 'free_shipping') return { numerator: charged, denominator: 1n };
  if ('percentage' in effect) {
    const { numerator, denominator } = effect.percentage;
    return { numerator: charged * numerator, denominator };
  }
  const { minorUnits } = effect.amount;
  return { numerator: minorUnits < charged ? minorUnits : charged, denominator: 1n };
}
