import type { KeptAnswer } from '@kastoma/application/core';
import {
  ORDER_TOKEN_LIFE_MILLISECONDS,
  type GuestTokens,
  type Shopper,
} from '@kastoma/application/ordering';
import type { CartId, Instant, OrderId, UserId } from '@kastoma/domain/core';

import type { Revealing } from '../core/endpoint.ts';
import { GUEST_TOKEN_HEADERS, type ShownTokens } from '../core/guest-tokens.ts';

/** Whose cart a request means. Whoever is signed in has a cart of their own, whatever token they show. */
export function shopperOf({
  userId,
  shown,
}: {
  readonly userId: UserId | null;
  readonly shown: ShownTokens;
}): Shopper {
  return userId === null ? { guestCart: shown.cart } : { customerId: userId };
}

/** Gives a guest the token of a cart that was opened just now. */
export function revealCartToken(
  sent: KeptAnswer,
  { actor, shown }: Revealing,
  tokens: GuestTokens,
): KeptAnswer {
  if (actor.kind === 'user') return sent;
  const { data } = JSON.parse(sent.body) as { readonly data: { readonly id: CartId | null } };
  if (data.id === null || data.id === shown.cart) return sent;
  const token = { [GUEST_TOKEN_HEADERS.cart.name]: tokens.ofCart(data.id) };
  return { ...sent, headers: { ...sent.headers, ...token } };
}

/** Gives a guest the token of an order that was placed, the same at every repetition. */
export function revealOrderToken(
  sent: KeptAnswer,
  { actor }: Revealing,
  tokens: GuestTokens,
): KeptAnswer {
  if (actor.kind === 'user') return sent;
  const { data } = JSON.parse(sent.body) as {
    readonly data: { readonly id: OrderId; readonly placed_at: string };
  };
  const expiresAt = Date.parse(data.placed_at) + ORDER_TOKEN_LIFE_MILLISECONDS;
  const token = tokens.ofOrder(data.id, expiresAt as Instant);
  // The envelope begins with it, before anything that somebody typed.
  const body = sent.body.replace('"data":{', `"data":{"order_token":"${token}",`);
  return { ...sent, body };
}
