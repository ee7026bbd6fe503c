import { err, ok, type Result } from 'neverthrow';

/** How many units of one thing: a whole number from 1 to 9,999. */
export type Quantity = number & { readonly __brand: 'Quantity' };

export const LARGEST_QUANTITY = 9_999;

export type InvalidQuantity = {
  readonly code: 'core.invalid_quantity';
  readonly quantity: number;
  readonly maximum: number;
};

export function parseQuantity(quantity: number): Result<Quantity, InvalidQuantity> {
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= LARGEST_QUANTITY
    ? ok(quantity as Quantity)
    : err({ code: 'core.invalid_quantity', quantity, maximum: LARGEST_QUANTITY });
}
