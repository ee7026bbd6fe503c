import { defect, Money, type Instant, type Quantity } from '@kastoma/domain/core';
import { Cart } from '@kastoma/domain/ordering';

import type { Page, PageRequest } from '../../core/page.ts';
import type { AbandonedCart, AbandonedCarts } from '../../ordering/abandoned-carts.port.ts';
import type { CartRetention } from '../../ordering/cart-retention.port.ts';
import { byKeys, descending, pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';

/** Carts that nobody comes back to. */
export class InMemoryLeftCarts implements CartRetention, AbandonedCarts {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async expire(touchedBefore: Instant): Promise<number> {
    const { carts } = this.#memory.tables;
    const left = [...carts.values()].filter(
      ({ state }) =>
        state.customerId === null &&
        state.status.name === 'active' &&
        state.updatedAt < touchedBefore,
    );
    for (const { state, version } of left) {
      const expired = {
        ...state,
        shippingAddress: null,
        shippingAddressAt: null,
        status: { name: 'expired' as const },
      };
      carts.set(state.id, Cart.restore(expired, version + 1));
    }
    return left.length;
  }

  async forget(touchedBefore: Instant): Promise<number> {
    const { carts } = this.#memory.tables;
    const gone = [...carts.values()].filter(
      ({ state }) =>
        ['expired', 'merged'].includes(state.status.name) && state.updatedAt < touchedBefore,
    );
    for (const { state } of gone) carts.delete(state.id);
    return gone.length;
  }

  async list(
    { from, until }: { readonly from: Instant; readonly until: Instant },
    page: PageRequest,
  ): Promise<Page<AbandonedCart>> {
    const left = [...this.#memory.tables.carts.values()]
      .filter(({ state }) => ['active', 'expired'].includes(state.status.name))
      .filter(({ state }) => state.items.length > 0)
      .filter(({ state }) => from <= state.updatedAt && state.updatedAt < until)
      .map(toAbandoned);
    const latestFirst = descending(
      byKeys<AbandonedCart>(
        ({ leftAt }) => leftAt,
        ({ cartId }) => cartId,
      ),
    );
    return pageOf(left.toSorted(latestFirst), page);
  }
}

function toAbandoned({ state }: Cart): AbandonedCart {
  const worth = state.items.reduce(
    (sum, { priceSeen, quantity }) =>
      priceSeen === null
        ? sum
        : (priceSeen
            .times(quantity as Quantity)
            .andThen((price) => sum.plus(price))
            .unwrapOr(null) ?? defect('A cart was worth more than there is money.')),
    Money.zero(state.currency),
  );
  return {
    cartId: state.id,
    customerId: state.customerId,
    currency: state.currency,
    lines: state.items.length,
    units: state.items.reduce((sum, { quantity }) => sum + quantity, 0),
    worth,
    openedAt: state.createdAt,
    leftAt: state.updatedAt,
  };
}
