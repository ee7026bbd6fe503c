import { ok } from 'neverthrow';

import type { CallContext } from '../core/call-context.ts';
import { editCart, type CartDependencies, type CartEdit } from './edit-cart.ts';

export type ChooseShippingCommand = CartEdit & { readonly method: string };

/** Chooses how the cart is to be shipped; a method that the shop does not have is refused when it is priced. */
export class ChooseShipping {
  readonly #dependencies: CartDependencies;

  constructor(dependencies: CartDependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: ChooseShippingCommand, context: CallContext) {
    return editCart(this.#dependencies, context, command, (cart, _tx, at) =>
      ok(cart.chooseShipping(command.method, at)),
    );
  }
}
