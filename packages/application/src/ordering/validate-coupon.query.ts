import type { UserId } from '@kastoma/domain/core';

import { couponOf } from './presented-coupon.ts';
import { cartOf, quoteAndView, type CartViewing } from './view-cart.query.ts';

/** Says what a code would do for the customer's cart; nothing changes. */
export class ValidateCoupon {
  readonly #dependencies: CartViewing;

  constructor(dependencies: CartViewing) {
    this.#dependencies = dependencies;
  }

  /** The code in the form in which codes are compared. */
  execute(customerId: UserId, couponCode: string) {
    const at = this.#dependencies.clock.now();
    return cartOf(customerId, at, this.#dependencies)
      .andThen((cart) => cart.applyCoupon(couponCode, at))
      .andThen((cart) => quoteAndView(cart, at, this.#dependencies))
      .map((view) => couponOf(view, couponCode));
  }
}
