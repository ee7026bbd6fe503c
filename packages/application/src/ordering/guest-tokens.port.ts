import type { CartId, Instant, OrderId } from '@kastoma/domain/core';

/** So long after it was placed, or after its token was mailed, a guest can look at an order. */
export const ORDER_TOKEN_LIFE_MILLISECONDS = 90 * 24 * 60 * 60 * 1_000;

/**
 * What guests are known by: whoever shows the token of a cart or an order is its guest. A token is made of what it opens and
 * of a secret of the shop; it is kept nowhere, and so nobody finds it in the database.
 */
export interface GuestTokens {
  ofCart(id: CartId): string;
  /** The cart that a token opens; null where the shop did not make it. */
  readCart(token: string): CartId | null;
  ofOrder(id: OrderId, expiresAt: Instant): string;
  /** The order that a token opens; null where the shop did not make it, or for other times. */
  readOrder(token: string, now: Instant): OrderId | null;
}
