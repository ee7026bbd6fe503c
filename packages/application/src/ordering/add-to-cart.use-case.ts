import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type { CartItemId, ProductId, Quantity, UserId, VariantId } from '@kastoma/domain/core';
import type { OfferNotFound, VariantRequired } from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import { editCart, type CartDependencies } from './edit-cart.ts';
import type { Offer } from './offers.port.ts';

/** What to put in: a variant, or a product that comes in one variant only. */
export type Choice =
  | { readonly kind: 'variant'; readonly variantId: VariantId }
  | { readonly kind: 'product'; readonly productId: ProductId };

export type AddToCartCommand = {
  readonly customerId: UserId;
  readonly choice: Choice;
  readonly quantity: Quantity;
};

/** Puts units of a variant into the customer's cart, opening one if there is none. */
export class AddToCart {
  readonly #dependencies: CartDependencies;

  constructor(dependencies: CartDependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: AddToCartCommand, context: CallContext) {
    const { customerId, choice, quantity } = command;
    const { ids } = this.#dependencies;
    return editCart(
      this.#dependencies,
      context,
      { customerId, expectedVersion: null },
      (cart, { offers }, at) => {
        const { currency } = cart.state;
        const found =
          choice.kind === 'variant'
            ? offers.ofVariants([choice.variantId], currency)
            : offers.ofProduct(choice.productId, currency);
        return ResultAsync.fromSafePromise(found)
          .andThen((candidates) => pickOffer(candidates, choice))
          .andThen(({ productId, variantId }) =>
            cart.addItem({ id: ids.next<CartItemId>(), productId, variantId, quantity }, at),
          );
      },
    );
  }
}

function pickOffer(
  candidates: readonly Offer[],
  choice: Choice,
): Result<Offer, OfferNotFound | VariantRequired> {
  const sold = candidates.filter((candidate) => candidate.published);
  const [offer, ...others] = sold;
  if (offer === undefined) {
    return err({
      code: 'ordering.offer_not_found',
      path: [choice.kind === 'variant' ? 'variantId' : 'productId'],
    });
  }
  return others.length === 0
    ? ok(offer)
    : err({
        code: 'ordering.variant_required',
        variantIds: sold.map(({ variantId }) => variantId),
      });
}
