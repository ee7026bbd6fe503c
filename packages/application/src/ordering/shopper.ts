import { okAsync, type ResultAsync } from 'neverthrow';

import type { CartId, UserId } from '@kastoma/domain/core';
import type { Cart } from '@kastoma/domain/ordering';

import type { CartReader } from './cart-repository.port.ts';

/** Whose cart is meant: a customer's, or that of the guest who showed its token; null where no good one was shown. */
export type Shopper = { readonly customerId: UserId } | { readonly guestCart: CartId | null };

/** The shopper's active cart; null when there is none. In a transaction it is held until that ends. */
export function findCartOf(
  shopper: Shopper,
  carts: Pick<CartReader, 'findActive' | 'findOfGuest'>,
): ResultAsync<Cart | null, never> {
  if ('customerId' in shopper) return carts.findActive(shopper.customerId);
  return shopper.guestCart === null ? okAsync(null) : carts.findOfGuest(shopper.guestCart);
}
