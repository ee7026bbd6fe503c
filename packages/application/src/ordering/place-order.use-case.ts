import { err, ok, safeTry, type Result } from 'neverthrow';

import type { Address, Instant, OrderId, OrderItemId, UserId } from '@kastoma/domain/core';
import {
  Order,
  type Cart,
  type CartEmpty,
  type OrderItem,
  type TotalsDoNotAddUp,
} from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { CartNotPriceable, CartPricing } from './cart-pricing.port.ts';
import {
  quoteCart,
  requireForSale,
  viewCart,
  type CartView,
  type QuotedCart,
} from './cart-view.ts';
import { viewOrder } from './order-view.ts';
import type { OrderingTx, OrderingUnitOfWork } from './ordering.unit-of-work.ts';

export type PlaceOrderCommand = {
  readonly customerId: UserId;
  readonly shippingAddress: Address;
  /** Left out, the bill goes where the goods go. */
  readonly billingAddress: Address | null;
  /** Left out, the cart's choice stands. */
  readonly shippingMethod: string | null;
  readonly paymentMethod: string;
  /** The quote that the customer saw; left out, any price is accepted. */
  readonly quoteHash: string | null;
  readonly notes: string;
};

/** The customer saw another price than the one of now. */
export type QuoteChanged = { readonly code: 'ordering.quote_changed'; readonly cart: CartView };

type Dependencies = {
  readonly unitOfWork: OrderingUnitOfWork;
  readonly pricing: CartPricing;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Turns the customer's cart into an order: all of it in one transaction, or nothing. */
export class PlaceOrder {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: PlaceOrderCommand, context: CallContext) {
    const { unitOfWork, pricing, ids, clock } = this.#dependencies;
    const { customerId, shippingAddress, shippingMethod, paymentMethod, notes } = command;
    const freeze = (cart: Cart, quoted: QuotedCart) => this.#freezeItems(cart, quoted);
    return unitOfWork.run(context, (tx) =>
      safeTry(async function* () {
        const at = clock.now();
        const cart = yield* requireCart(yield* tx.carts.findActive(customerId));
        const quoted = yield* quoteCart(
          cart,
          { at, shippingMethod },
          { offers: tx.offers, pricing },
        );
        yield* requireForSale(cart, quoted.offers);
        yield* checkQuote(cart, quoted, command.quoteHash);

        const id = ids.next<OrderId>();
        const order = yield* Order.place({
          id,
          number: yield* tx.orders.nextNumber(at),
          customerId,
          cartId: cart.state.id,
          currency: cart.state.currency,
          items: yield* freeze(cart, quoted),
          totals: quoted.priced.totals,
          quoteHash: quoted.priced.quoteHash,
          shippingAddress,
          billingAddress: command.billingAddress ?? shippingAddress,
          shippingMethod: quoted.shippingMethod,
          paymentMethod,
          notes,
          at,
        }).mapErr(asNotPriceable);
        yield* tx.carts.save(yield* cart.checkOut(id, at));
        yield* tx.orders.add(order);
        const payment = yield* tx.payments.request(id, paymentMethod, order.state.totals.total, at);
        yield* reserveLast(tx, order, at);
        return ok(viewOrder(order, [payment]));
      }),
    );
  }

  /** Every item is sold, or none: one that the pricing left out would be lost without a word. */
  #freezeItems(cart: Cart, quoted: QuotedCart): Result<readonly OrderItem[], CartNotPriceable> {
    const priced = new Map(quoted.priced.lines.map((line) => [line.id, line]));
    const items = cart.state.items.flatMap((item) => {
      const offer = quoted.offers.get(item.variantId);
      const line = priced.get(item.id);
      if (offer === undefined || line === undefined) return [];
      const { sku, name, unitPrice } = offer;
      const { subtotal, discount, tax, total } = line;
      const id = this.#dependencies.ids.next<OrderItemId>();
      return [{ ...item, id, sku, name, unitPrice, subtotal, discount, tax, total }];
    });
    return items.length === cart.state.items.length
      ? ok(items)
      : err({ code: 'ordering.cart_not_priceable', reason: 'ordering.line_not_priced' });
  }
}

/** Amounts that contradict each other are a defect of the pricing: nothing is sold at them. */
function asNotPriceable<E extends { code: string }>(
  error: E,
): Exclude<E, TotalsDoNotAddUp> | CartNotPriceable {
  return error.code === 'ordering.totals_do_not_add_up'
    ? { code: 'ordering.cart_not_priceable', reason: error.code }
    : (error as Exclude<E, TotalsDoNotAddUp>);
}

function requireCart(cart: Cart | null): Result<Cart, CartEmpty> {
  return cart === null || cart.state.items.length === 0
    ? err({ code: 'ordering.cart_empty' })
    : ok(cart);
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
