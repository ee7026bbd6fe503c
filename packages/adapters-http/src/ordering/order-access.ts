import { err, ok, type Result } from 'neverthrow';

import type { Actor, OrderId, UserId } from '@kastoma/domain/core';
import { isAllowed, type Permission } from '@kastoma/domain/identity';
import type { OrderNotFound } from '@kastoma/domain/ordering';

import type { ShownTokens } from '../core/guest-tokens.ts';

type Asking = { readonly actor: Actor; readonly shown: ShownTokens };

/**
 * Whose an order has to be for the one who asks: their own, or anybody's (null) where the token of this very order was
 * shown, or where they hold the right to all orders. Nobody else has any.
 */
export function ownerSeenBy(
  { actor, shown }: Asking,
  orderId: OrderId,
  rightToAll: Permission | null = null,
): Result<UserId | null, OrderNotFound> {
  const mayAll = rightToAll !== null && isAllowed(actor, rightToAll);
  if (mayAll || shown.order === orderId) return ok(null);
  return actor.kind === 'user' ? ok(actor.id) : err({ code: 'ordering.order_not_found' });
}
