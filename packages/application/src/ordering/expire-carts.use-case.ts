import type { Instant } from '@kastoma/domain/core';

import type { Clock } from '../core/clock.port.ts';
import type { CartRetention } from './cart-retention.port.ts';

const DAY_MILLISECONDS = 24 * 60 * 60 * 1_000;

/** So long a guest may come back to a cart. A customer's waits for as long as there is the account. */
export const GUEST_CART_DAYS = 30;

/** So long carts that were left are kept for those who count them: a year can be held against the one before. */
export const LEFT_CART_DAYS = 400;

type Dependencies = { readonly retention: CartRetention; readonly clock: Clock };

/** Ends guests' carts that nobody comes back to, and deletes them in the end: done every hour, by the shop itself. */
export class ExpireCarts {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  async execute(): Promise<{ readonly expired: number; readonly forgotten: number }> {
    const { retention, clock } = this.#dependencies;
    const before = (days: number) => (clock.now() - days * DAY_MILLISECONDS) as Instant;
    const expired = await retention.expire(before(GUEST_CART_DAYS));
    return { expired, forgotten: await retention.forget(before(LEFT_CART_DAYS)) };
  }
}
