import { ok } from 'neverthrow';

import type { Address } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import { editCart, type CartDependencies, type CartEdit } from './edit-cart.ts';

export type ChooseAddressCommand = CartEdit & { readonly address: Address };

/** Says where the cart is to be shipped: from now on its tax, shipping and promotions are those of that place. */
export class ChooseAddress {
  readonly #dependencies: CartDependencies;

  constructor(dependencies: CartDependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: ChooseAddressCommand, context: CallContext) {
    return editCart(this.#dependencies, context, command, (cart, _tx, at) =>
      ok(cart.shipTo(command.address, at)),
    );
  }
}
