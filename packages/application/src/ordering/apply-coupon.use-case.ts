import type { CallContext } from '../core/call-context.ts';
import { editCart, type CartDependencies } from './edit-cart.ts';
import { requireToApply } from './presented-coupon.ts';
import type { Shopper } from './shopper.ts';

export type ApplyCouponCommand = Shopper & {
  /** In the form in which codes are compared. */
  readonly couponCode: string;
};

/** Presents a code to the shopper's cart; one that takes nothing off now is refused, and nothing is saved. */
export class ApplyCoupon {
  readonly #dependencies: CartDependencies;

  constructor(dependencies: CartDependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: ApplyCouponCommand, context: CallContext) {
    const { couponCode } = command;
    return editCart(
      this.#dependencies,
      context,
      { ...command, expectedVersion: null },
      (cart, _tx, at) => cart.applyCoupon(couponCode, at),
      ({ priced }) => requireToApply(priced, couponCode),
    );
  }
}
