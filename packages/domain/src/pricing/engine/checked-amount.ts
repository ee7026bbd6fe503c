import type { Currency } from '../../core/currency.value.ts';
import type { Money } from '../../core/money.value.ts';
import type { PricingError } from '../pricing.errors.ts';

/** What keeps an amount from being a price in the currency; null when nothing does. */
export function defectOfAmount(
  amount: Money,
  currency: Currency,
  subject: string,
): PricingError | null {
  if (amount.currency !== currency)
    return { code: 'pricing.currency_mismatch', subject, expected: currency };
  return amount.isNegative ? { code: 'pricing.negative_price', subject } : null;
}
