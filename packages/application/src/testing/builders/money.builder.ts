import { Money, type Currency } from '@kastoma/domain/core';

/** `dollars('19.99')` */
export function dollars(amount: string): Money {
  return money(amount, 'USD');
}

export function money(amount: string, currency: string): Money {
  return Money.parse({ amount, currency })._unsafeUnwrap();
}

export const USD = 'USD' as Currency;
