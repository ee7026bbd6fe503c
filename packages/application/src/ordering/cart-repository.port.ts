import type { ResultAsync } from 'neverthrow';

import type { CartId, UserId } from '@kastoma/domain/core';
import type { Cart } from '@kastoma/domain/ordering';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';

interface CartHistory {
  /** Where the last cart that the customer ordered ended; zero when none was. */
  lastVersion(customerId: UserId): ResultAsync<number, never>;
}

export interface CartRepository extends CartHistory {
  /** The customer's active cart, held until the work is done: a shopper's clicks queue up; null when there is none. */
  findActive(customerId: UserId): ResultAsync<Cart | null, never>;
  /** A guest's active cart, held in the same way; a customer's is not found. */
  findOfGuest(id: CartId): ResultAsync<Cart | null, never>;
  /** Stores the cart and gives it back under its next version. */
  save(cart: Cart): ResultAsync<Cart, ConcurrentUpdate>;
}

/** Looking at a cart without holding it. */
export interface CartReader extends CartHistory {
  /** Anybody's, as long as it is active; null when there is none. */
  find(id: CartId): ResultAsync<Cart | null, never>;
  findActive(customerId: UserId): ResultAsync<Cart | null, never>;
  findOfGuest(id: CartId): ResultAsync<Cart | null, never>;
}
