import type { CartId, Instant, OrderId } from '@kastoma/domain/core';

import type { GuestTokens } from '../../ordering/guest-tokens.port.ts';

/** Tokens that anybody can make up. */
export class FakeGuestTokens implements GuestTokens {
  ofCart(id: CartId): string {
    return `cart.${id}`;
  }

  readCart(token: string): CartId | null {
    const [kind, id = ''] = token.split('.');
    return kind === 'cart' ? (id as CartId) : null;
  }

  ofOrder(id: OrderId, expiresAt: Instant): string {
    return `order.${id}.${expiresAt}`;
  }

  readOrder(token: string, now: Instant): OrderId | null {
    const [kind, id = '', expiresAt] = token.split('.');
    return kind === 'order' && now < Number(expiresAt) ? (id as OrderId) : null;
  }
}
