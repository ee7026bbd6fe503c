import type { CallContext } from '../core/call-context.ts';
import { editCart, type CartDependencies, type CartEdit } from './edit-cart.ts';

export type RemoveCouponCommand = CartEdit & {
  /** In the form in which codes are compared. */
  readonly couponCode: string;
};

/** Takes a code back that was presented to the customer's cart. */
export class RemoveCoupon {
  readonly #dependencies: CartDependencies;

  constructor(dependencies: CartDependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: RemoveCouponCommand, context: CallContext) {
    return editCart(this.#dependencies, context, command, (cart, _tx, at) =>
      cart.removeCoupon(command.couponCode, at),
    );
  }
}
