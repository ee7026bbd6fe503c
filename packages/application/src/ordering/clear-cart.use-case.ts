import { ok } from 'neverthrow';

import type { CallContext } from '../core/call-context.ts';
import { editCart, type CartDependencies, type CartEdit } from './edit-cart.ts';

/** Takes everything out of the customer's cart. */
export class ClearCart {
  readonly #dependencies: CartDependencies;

  constructor(dependencies: CartDependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: CartEdit, context: CallContext) {
    return editCart(this.#dependencies, context, command, (cart, _tx, at) => ok(cart.clear(at)));
  }
}
