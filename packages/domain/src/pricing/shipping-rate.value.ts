import type { Money } from '../core/money.value.ts';

/** What a way of shipping costs: a flat amount, free from a subtotal on (inclusive). */
export type ShippingRate = {
  readonly method: string;
  readonly amount: Money;
  readonly freeFrom: Money | null;
};
