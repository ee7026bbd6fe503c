import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type { CartItemId, Currency, ProductId, Quantity, VariantId } from '@kastoma/domain/core';
import type {
  Cart,
  CartCurrencyFixed,
  OfferNotFound,
  VariantRequired,
} from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import { editCart, type CartDependencies } from './edit-cart.ts';
import type { Offer } from './offers.port.ts';
import type { Shopper } from './shopper.ts';

/** What to put in: a variant, or a product that comes in one variant only. */
export type Choice =
  | { readonly kind: 'variant'; readonly variantId: VariantId }
  | { readonly kind: 'product'; readonly productId: ProductId };

export type AddToCartCommand = Shopper & {
  readonly choice: Choice;
  readonly quantity: Quantity;
  /** What a new cart is to be priced in; left out or null, any. A cart that is there has its own. */
  readonly currency?: Currency | null;
};

/** Puts units of a variant into the shopper's cart, opening one if there is none. */
export class AddToCart {
  readonly #dependencies: CartDependencies;

  constructor(dependencies: CartDependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: AddToCartCommand, context: CallContext) {
    const { choice, quantity } = command;
    const { ids } = this.#dependencies;
    return editCart(
      this.#dependencies,
      context,
      { ...command, expectedVersion: null },
      (cart, { offers }, at) => {
        const { currency } = cart.state;
        const look = () =>
          choice.kind === 'variant'
            ? offers.ofVariants([choice.variantId], currency)
            : offers.ofProduct(choice.productId, currency);
        return requireCurrency(cart, command.currency ?? null)
          .asyncAndThen(() => ResultAsync.fromSafePromise(look()))
          .andThen((candidates) => pickOffer(candidates, choice))
          .andThen(({ productId, variantId, unitPrice: priceSeen }) =>
            cart.addItem(
              { id: ids.next<CartItemId>(), productId, variantId, quantity, priceSeen },
              at,
            ),
          );
      },
    );
  }
}

/** Nothing is ever converted. */
function requireCurrency(
  { state: { currency } }: Cart,
  wanted: Currency | null,
): Result<void, CartCurrencyFixed> {
  return wanted === null || wanted === currency
    ? ok()
    : err({ code: 'ordering.cart_currency_fixed', currency });
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
