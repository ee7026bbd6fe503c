import type { CallContext } from '../core/call-context.ts';
import { editCart, type CartDependencies, type CartEdit } from './edit-cart.ts';
import { requireShippingMethod } from './shipping-choice.ts';

export type ChooseShippingCommand = CartEdit & { readonly method: string };

/** Chooses how the cart is to be shipped, in one of the ways that the shop has. */
export class ChooseShipping {
  readonly #dependencies: CartDependencies;

  constructor(dependencies: CartDependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: ChooseShippingCommand, context: CallContext) {
    return editCart(this.#dependencies, context, command, (cart, { pricing }, at) =>
      requireShippingMethod(command.method, 'method', pricing).map((method) =>
        cart.chooseShipping(method, at),
      ),
    );
  }
}
