import type { ResultAsync } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';
import type { Wish } from './wishlist-repository.port.ts';

export type NotMovedToCart = {
  readonly code: 'catalog.not_moved_to_cart';
  /** The code under which the cart would have said why. */
  readonly reason: string;
};

/** The cart of a customer, in the transaction that takes a thing off a list. */
export interface CartAdditions {
  /** Puts one unit into it. */
  add(customerId: UserId, wish: Wish): ResultAsync<void, NotMovedToCart | ConcurrentUpdate>;
}
