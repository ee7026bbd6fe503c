import { err, ok, type Result, ResultAsync } from 'neverthrow';

import { defect, type Currency, type Instant, type Money } from '@kastoma/domain/core';
import type { Cart, ItemNotForSale, OrderTotals } from '@kastoma/domain/ordering';

import type {
  CartNotPriceable,
  CartPricing,
  PricedCart,
  PricingStep,
} from './cart-pricing.port.ts';
import type { Offer, Offers } from './offers.port.ts';
import type { ShippingChoice } from './shipping-choice.ts';

export type CartItemView = {
  readonly id: string;
  readonly productId: string;
  readonly variantId: string;
  readonly name: string;
  readonly sku: string;
  readonly unitPrice: Money;
  readonly quantity: number;
  readonly subtotal: Money;
  readonly discount: Money;
  readonly total: Money;
  /** Whether that many units can be had right now. */
  readonly available: boolean;
};

/** A cart as it is shown, priced at this moment. */
export type CartView = {
  /** Null until something is put in. */
  readonly id: string | null;
  /** Goes on from one cart of the customer to the next. */
  readonly version: number;
  readonly currency: Currency;
  readonly items: readonly CartItemView[];
  /** Units of all items that are shown. */
  readonly itemCount: number;
  readonly shippingMethod: string;
  /** Nobody has chosen yet how it is shipped: the amount is the default method's. */
  readonly shippingIsEstimated: boolean;
  readonly totals: OrderTotals;
  readonly quoteHash: string;
  readonly explanation: readonly PricingStep[];
};

/** A cart's lines with what the shop asks for them now. */
export type QuotedCart = {
  readonly priced: PricedCart;
  readonly offers: ReadonlyMap<string, Offer>;
  readonly shipping: ShippingChoice;
};

export type QuoteRequest = { readonly at: Instant; readonly shipping: ShippingChoice };

/** Reads prices and availability anew and prices the cart with them. */
export function quoteCart(
  cart: Cart,
  { at, shipping }: QuoteRequest,
  ports: { readonly offers: Offers; readonly pricing: CartPricing },
): ResultAsync<QuotedCart, CartNotPriceable> {
  const { items, currency } = cart.state;
  const variantIds = items.map((item) => item.variantId);
  return ResultAsync.fromSafePromise(ports.offers.ofVariants(variantIds, currency)).andThen(
    (found) => {
      const offers = new Map(found.map((offer) => [offer.variantId as string, offer]));
      const lines = items.flatMap(({ id, variantId, quantity }) => {
        const offer = offers.get(variantId);
        return offer === undefined ? [] : [{ id, variantId, quantity, unitPrice: offer.unitPrice }];
      });
      return ports.pricing
        .price({ currency, at, lines, shippingMethod: shipping.method })
        .map((priced) => ({ priced, offers, shipping }));
    },
  );
}

export function viewCart(cart: Cart, quoted: QuotedCart): CartView {
  const { id, currency } = cart.state;
  const items = viewItems(cart, quoted);
  return {
    id: cart.isNew ? null : id,
    version: cart.version,
    currency,
    items,
    itemCount: items.reduce((count, { quantity }) => count + quantity, 0),
    shippingMethod: quoted.shipping.method,
    shippingIsEstimated: quoted.shipping.isEstimated,
    totals: quoted.priced.totals,
    quoteHash: quoted.priced.quoteHash,
    explanation: quoted.priced.explanation,
  };
}

/** What has no price any more is not shown: there is nothing to say of it. */
function viewItems(cart: Cart, quoted: QuotedCart): readonly CartItemView[] {
  const pricedLines = new Map(quoted.priced.lines.map((line) => [line.id, line]));
  return cart.state.items.flatMap((item) => {
    const offer = quoted.offers.get(item.variantId);
    if (offer === undefined) return [];
    const { subtotal, discount, total } =
      pricedLines.get(item.id) ?? defect(`The pricing left out item ${item.id}.`);
    const { name, sku, unitPrice } = offer;
    const available = offer.published && offer.availableUnits >= item.quantity;
    return [{ ...item, name, sku, unitPrice, subtotal, discount, total, available }];
  });
}

/** Fails on the first item that the shop no longer sells. */
export function requireForSale(
  cart: Cart,
  offers: ReadonlyMap<string, Offer>,
): Result<void, ItemNotForSale> {
  const index = cart.state.items.findIndex(
    ({ variantId }) => offers.get(variantId)?.published !== true,
  );
  return index === -1
    ? ok()
    : err({ code: 'ordering.item_not_for_sale', path: ['items', index, 'variantId'] });
}
