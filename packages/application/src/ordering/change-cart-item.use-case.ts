import type { CartItemId, Quantity } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import { editCart, type CartDependencies, type CartEdit } from './edit-cart.ts';

export type ChangeCartItemCommand = CartEdit & {
  readonly itemId: CartItemId;
  /** Null takes the item out. */
  readonly quantity: Quantity | null;
};

/** Sets how many units of an item the customer wants. */
export class ChangeCartItem {
  readonly #dependencies: CartDependencies;

  constructor(dependencies: CartDependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: ChangeCartItemCommand, context: CallContext) {
    const { itemId, quantity } = command;
    return editCart(this.#dependencies, context, command, (cart, _tx, at) =>
      quantity === null ? cart.removeItem(itemId, at) : cart.changeQuantity(itemId, quantity, at),
    );
  }
}
