import { err, ok, type Result, ResultAsync } from 'neverthrow';

import {
  defect,
  type Address,
  type Currency,
  type Instant,
  type Money,
} from '@kastoma/domain/core';
import type { Cart, ItemNotForSale } from '@kastoma/domain/ordering';

import { changesOf, type CartChange } from './cart-changes.ts';
import type {
  CartNotPriceable,
  CartPricing,
  CartToPrice,
  LineToPrice,
  PricedCart,
  PricedLine,
} from './cart-pricing.port.ts';
import type { DestinationChoice } from './destination-choice.ts';
import { pricingFactsOf, type Offer, type Offers } from './offers.port.ts';
import type { ShippingChoice } from './shipping-choice.ts';

export type CartItemView = PricedLine & {
  readonly productId: string;
  readonly variantId: string;
  readonly name: string;
  readonly sku: string;
  readonly unitPrice: Money;
  readonly quantity: number;
  /** Whether that many units can be had right now. */
  readonly available: boolean;
};

/** A cart as it is shown, priced at this moment. */
export type CartView = Omit<PricedCart, 'lines'> & {
  /** Null until something is put in. */
  readonly id: string | null;
  /** Goes on from one cart of the customer to the next. */
  readonly version: number;
  readonly currency: Currency;
  readonly items: readonly CartItemView[];
  /** What has become of the items since they were put in. */
  readonly changes: readonly CartChange[];
  /** Units of all items that are shown. */
  readonly itemCount: number;
  readonly shippingMethod: string;
  /** Null as long as the cart has none. */
  readonly shippingAddress: Address | null;
  /** Nobody has said yet how it is shipped or where to, and another answer may change the amounts. */
  readonly isEstimated: boolean;
};

/** A cart's lines with what the shop asks for them now. */
export type QuotedCart = {
  readonly priced: PricedCart;
  readonly offers: ReadonlyMap<string, Offer>;
  readonly shipping: ShippingChoice;
  readonly destination: DestinationChoice;
};

export type QuoteRequest = {
  readonly at: Instant;
  readonly shipping: ShippingChoice;
  readonly destination: DestinationChoice;
  /** As far as a guest has said it; left out or null where nobody has. */
  readonly email?: string | null;
};

/** What a quote is made from, in a transaction or without one. */
export type QuotePorts = {
  readonly offers: Offers;
  readonly pricing: CartPricing;
};

/** Reads prices, availability and promotions anew and prices the cart with them. */
export function quoteCart(
  cart: Cart,
  request: QuoteRequest,
  ports: QuotePorts,
): ResultAsync<QuotedCart, CartNotPriceable> {
  const { shipping, destination } = request;
  return ResultAsync.fromSafePromise(readCart(cart, request, ports)).andThen(
    ({ offers, toPrice }) =>
      ports.pricing.price(toPrice).map((priced) => ({ priced, offers, shipping, destination })),
  );
}

/** The cart as it is to be priced, and what the shop says of its variants; what has no price any more is left out. */
export async function readCart(
  { state }: Cart,
  request: QuoteRequest,
  { offers }: Pick<QuotePorts, 'offers'>,
): Promise<{
  readonly toPrice: CartToPrice;
  readonly offers: ReadonlyMap<string, Offer>;
}> {
  const { items, currency, customerId, couponCodes } = state;
  const { at, shipping, destination: to, email = null } = request;
  const guestEmail = customerId === null ? email : null;
  const found = await offers.ofVariants(
    items.map((item) => item.variantId),
    currency,
  );
  const byVariant = new Map(found.map((offer) => [offer.variantId as string, offer]));
  const lines = items.flatMap(({ id, variantId, quantity }) => {
    const offer = byVariant.get(variantId);
    return offer === undefined ? [] : [lineToPrice(id, quantity, offer)];
  });
  const destination = { country: to.country, region: to.region };
  const buyer = { customerId, guestEmail };
  const asked = { currency, at, couponCodes, shippingMethod: shipping.method, destination };
  return { toPrice: { ...buyer, ...asked, lines }, offers: byVariant };
}

function lineToPrice(id: string, quantity: number, offer: Offer): LineToPrice {
  const { productId, variantId, unitPrice } = offer;
  return { id, productId, variantId, unitPrice, quantity, ...pricingFactsOf(offer) };
}

export function viewCart(cart: Cart, quoted: QuotedCart): CartView {
  const { id, currency, shippingAddress } = cart.state;
  const { lines: _lines, ...priced } = quoted.priced;
  const items = viewItems(cart, quoted);
  return {
    ...priced,
    id: cart.isNew ? null : id,
    version: cart.version,
    currency,
    items,
    changes: changesOf(cart, quoted.offers),
    itemCount: items.reduce((count, { quantity }) => count + quantity, 0),
    shippingMethod: quoted.shipping.method,
    shippingAddress,
    isEstimated: quoted.shipping.isEstimated || quoted.destination.isEstimated,
  };
}

/** What has no price any more is not shown: there is nothing to say of it. */
function viewItems(cart: Cart, quoted: QuotedCart): readonly CartItemView[] {
  const pricedLines = new Map(quoted.priced.lines.map((line) => [line.id, line]));
  return cart.state.items.flatMap((item) => {
    const offer = quoted.offers.get(item.variantId);
    if (offer === undefined) return [];
    const line = pricedLines.get(item.id) ?? defect(`The pricing left out item ${item.id}.`);
    const { id, productId, variantId, quantity } = item;
    const { name, sku, unitPrice } = offer;
    const available = offer.published && offer.availableUnits >= quantity;
    return [{ ...line, id, productId, variantId, name, sku, unitPrice, quantity, available }];
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
