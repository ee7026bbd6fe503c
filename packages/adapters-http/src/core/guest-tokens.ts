import type { Context } from 'hono';

import type { Clock } from '@kastoma/application/core';
import type { GuestTokens } from '@kastoma/application/ordering';
import type { CartId, OrderId } from '@kastoma/domain/core';

/** What the tokens open that a request has shown; null where it has shown none, or none that is good. */
export type ShownTokens = { readonly cart: CartId | null; readonly order: OrderId | null };

const CART_TOKEN = 'X-Cart-Token';
const ORDER_TOKEN = 'X-Order-Token';

/** Which header a route takes, and what it says. */
export const GUEST_TOKEN_HEADERS = {
  cart: {
    name: CART_TOKEN,
    description:
      "Opens a guest's cart. It comes in this header with the answer to a guest's first write; one that is not good (any more) is taken as none.",
  },
  order: {
    name: ORDER_TOKEN,
    description: "Opens one order of a guest's: the `order_token` of its answer, or of a mail.",
  },
} as const;

export function readShownTokens(
  { req }: Context,
  tokens: GuestTokens | undefined,
  clock: Clock,
): ShownTokens {
  const [cart, order] = [req.header(CART_TOKEN), req.header(ORDER_TOKEN)];
  return {
    cart: cart === undefined ? null : (tokens?.readCart(cart) ?? null),
    order: order === undefined ? null : (tokens?.readOrder(order, clock.now()) ?? null),
  };
}
