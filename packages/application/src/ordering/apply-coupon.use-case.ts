import type { UserId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import { editCart, type CartDependencies } from './edit-cart.ts';
import { requireToApply } from './presented-coupon.ts';

export type ApplyCouponCommand = {
  readonly customerId: UserId;
  /** In the form in which codes are compared. */
  readonly couponCode: string;
};

/** Presents a code to the customer's cart; one that takes nothing off now is refused, and nothing is saved. */
export class ApplyCoupon {
  readonly #dependencies: CartDependencies;

  constructor(dependencies: CartDependencies) {
    this.#dependencies = dependencies;
  }

  execute({ customerId, couponCode }: ApplyCouponCommand, context: CallContext) {
    return editCart(
      this.#dependencies,
      context,
      { customerId, expectedVersion: null },
      (cart, _tx, at) => cart.applyCoupon(couponCode, at),
      ({ priced }) => requireToApply(priced, couponCode),
    );
  }
}
