import { err, ok, safeTry, type Result } from 'neverthrow';

import {
  defect,
  type Address,
  type Instant,
  type OrderId,
  type OrderItemId,
} from '@kastoma/domain/core';
import {
  Order,
  type Cart,
  type FrozenPrice,
  type OrderItem,
  type TotalsDoNotAddUp,
} from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import {
  quoteCart,
  requireForSale,
  viewCart,
  type CartView,
  type QuotedCart,
} from './cart-view.ts';
import { addressToOrder, destinationAt } from './destination-choice.ts';
import type { OrderQueries } from './order-queries.port.ts';
import { viewOrder, type OrderView } from './order-view.ts';
import type { OrderingTx } from './ordering.unit-of-work.ts';
import type { PaymentExecution } from './payment-execution.port.ts';
import { requireAllToApply } from './presented-coupon.ts';
import { shippingToOrder } from './shipping-choice.ts';

/** What is said of an order when it is placed. */
export type Placing = {
  /** Where to write about this order; left out, to the customer's own address. A guest has none. */
  readonly email: string | null;
  /** Left out, the cart's stands. */
  readonly shippingAddress: Address | null;
  /** Left out, the bill goes where the goods go. */
  readonly billingAddress: Address | null;
  /** Left out, the cart's choice stands. */
  readonly shippingMethod: string | null;
  readonly paymentMethod: string;
  /** What is paid with, by the provider's name for it; null or left out where the provider is told otherwise. */
  readonly paymentToken?: string | null;
  /** The quote that the customer saw; left out, any price is accepted. */
  readonly quoteHash: string | null;
  readonly notes: string;
};

/** The customer saw another price than the one of now. */
export type QuoteChanged = { readonly code: 'ordering.quote_changed'; readonly cart: CartView };

type Making = { readonly ids: IdGenerator; readonly at: Instant };

/** Makes an order of a cart that is held, at today's prices: all of it in the transaction, or nothing. */
export function placeCart(tx: OrderingTx, cart: Cart, how: Placing, { ids, at }: Making) {
  const { email, paymentMethod, notes } = how;
  const { customerId } = cart.state;
  return safeTry(async function* () {
    const shippingAddress = yield* addressToOrder(cart, how.shippingAddress);
    const shipping = yield* shippingToOrder(cart, how.shippingMethod, tx.pricing);
    const request = { at, shipping, destination: destinationAt(shippingAddress), email };
    const quoted = yield* quoteCart(cart, request, tx);
    yield* requireForSale(cart, quoted.offers);
    yield* requireAllToApply(quoted.priced);
    yield* checkQuote(cart, quoted, how.quoteHash);

    const id = ids.next<OrderId>();
    const order = yield* Order.place({
      id,
      number: yield* tx.orders.nextNumber(at),
      customerId,
      cartId: cart.state.id,
      ...freeze(cart, quoted, ids),
      quoteHash: quoted.priced.quoteHash,
      email,
      shippingAddress,
      billingAddress: how.billingAddress ?? shippingAddress,
      paymentMethod,
      notes,
      at,
    }).mapErr(exceptDefects);
    yield* tx.carts.save(yield* cart.checkOut(id, at));
    yield* tx.orders.add(order);
    const { payment, operationId } = yield* tx.payments.request({
      orderId: id,
      method: paymentMethod,
      token: how.paymentToken ?? null,
      amount: order.state.totals.total,
      at,
    });
    const buyer = { id: customerId, email: customerId === null ? email : null };
    yield* tx.promotions.redeem(id, quoted.priced.uses, buyer, at);
    yield* reserveLast(tx, order, at);
    return ok({ value: viewOrder(order, [payment]), intent: operationId });
  });
}

/** Has a provider asked for the money of an order that was placed. */
export function payForPlaced(
  {
    execution,
    orderQueries,
  }: { readonly execution: PaymentExecution; readonly orderQueries: OrderQueries },
  operationId: string,
  context: CallContext,
) {
  return execution.execute(operationId, context).andThen(({ orderId, payment }) =>
    orderQueries
      .find(orderId, null)
      .map((order): OrderView => ({
        ...order,
        payments: order.payments.map((known) => (known.id === payment.id ? payment : known)),
      }))
      .orElse(() => defect(`The order ${orderId} was placed and is not there.`)),
  );
}

/** Every item is sold, or none: one that the pricing left out would be lost without a word. */
function freeze(cart: Cart, { priced, offers }: QuotedCart, ids: IdGenerator): FrozenPrice {
  const { currency, prices, promotions, totals } = priced;
  const lines = new Map(priced.lines.map((line) => [line.id, line]));
  const items = cart.state.items.map((item): OrderItem => {
    const unpriced = () => defect(`Item ${item.id} was to be ordered without a price.`);
    const { sku, name, unitPrice } = offers.get(item.variantId) ?? unpriced();
    const line = lines.get(item.id) ?? unpriced();
    const { productId, variantId, quantity } = item;
    const id = ids.next<OrderItemId>();
    return { ...line, id, productId, variantId, quantity, sku, name, unitPrice };
  });
  const shipping = priced.shipping ?? defect('The goods were to be ordered without shipping.');
  return { currency, prices, items, shipping, promotions, totals };
}

/** Amounts that contradict each other are a defect of the pricing: nothing is sold at them. */
function exceptDefects<E extends { code: string }>(error: E): Exclude<E, TotalsDoNotAddUp> {
  return error.code === 'ordering.totals_do_not_add_up'
    ? defect('The amounts of an order contradict each other.')
    : (error as Exclude<E, TotalsDoNotAddUp>);
}

function checkQuote(
  cart: Cart,
  quoted: QuotedCart,
  seen: string | null,
): Result<void, QuoteChanged> {
  return seen === null || seen === quoted.priced.quoteHash
    ? ok()
    : err({ code: 'ordering.quote_changed', cart: viewCart(cart, quoted) });
}

/** The rows of stock are what shoppers queue for: they are locked last, and so for the shortest time. */
function reserveLast({ stock }: OrderingTx, order: Order, at: Instant) {
  return stock.reserve(order.state.id, order.state.items, at);
}
