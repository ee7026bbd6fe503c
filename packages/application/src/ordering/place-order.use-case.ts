import { err, ok, safeTry, type Result } from 'neverthrow';

import {
  defect,
  type Address,
  type Instant,
  type OrderId,
  type OrderItemId,
  type UserId,
} from '@kastoma/domain/core';
import {
  Order,
  type Cart,
  type CartEmpty,
  type FrozenPrice,
  type OrderItem,
  type TotalsDoNotAddUp,
} from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import { runWithIntent } from '../core/run-with-intent.ts';
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
import type { OrderingTx, OrderingUnitOfWork } from './ordering.unit-of-work.ts';
import type { PaymentExecution } from './payment-execution.port.ts';
import { requireAllToApply } from './presented-coupon.ts';
import { shippingToOrder } from './shipping-choice.ts';

export type PlaceOrderCommand = {
  readonly customerId: UserId;
  /** Where to write about this order; left out, to the customer's own address. */
  readonly email: string | null;
  /** Left out, the cart's stands. */
  readonly shippingAddress: Address | null;
  /** Left out, the bill goes where the goods go. */
  readonly billingAddress: Address | null;
  /** Left out, the cart's choice stands. */
  readonly shippingMethod: string | null;
  /** In the form in which codes are compared; null: the cart's stand, and an empty list: none do. */
  readonly couponCodes: readonly string[] | null;
  readonly paymentMethod: string;
  /** What is paid with, by the provider's name for it; null or left out where the provider is told otherwise. */
  readonly paymentToken?: string | null;
  /** The quote that the customer saw; left out, any price is accepted. */
  readonly quoteHash: string | null;
  readonly notes: string;
};

/** The customer saw another price than the one of now. */
export type QuoteChanged = { readonly code: 'ordering.quote_changed'; readonly cart: CartView };

type Dependencies = {
  readonly unitOfWork: OrderingUnitOfWork;
  readonly ids: IdGenerator;
  readonly clock: Clock;
  readonly execution: PaymentExecution;
  readonly orderQueries: OrderQueries;
};

/** Turns the customer's cart into an order: all of it in one transaction, or nothing. Then a provider is asked for the money. */
export class PlaceOrder {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: PlaceOrderCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    const { customerId, email, couponCodes, paymentMethod, notes } = command;
    const freeze = (cart: Cart, quoted: QuotedCart) => this.#freeze(cart, quoted);
    return runWithIntent(
      unitOfWork,
      context,
      (tx) =>
        safeTry(async function* () {
          const at = clock.now();
          const active = yield* requireCart(yield* tx.carts.findActive(customerId));
          const cart =
            couponCodes === null ? active : yield* active.replaceCoupons(couponCodes, at);
          const shippingAddress = yield* addressToOrder(cart, command.shippingAddress);
          const shipping = yield* shippingToOrder(cart, command.shippingMethod, tx.pricing);
          const request = { at, shipping, destination: destinationAt(shippingAddress) };
          const quoted = yield* quoteCart(cart, request, tx);
          yield* requireForSale(cart, quoted.offers);
          yield* requireAllToApply(quoted.priced);
          yield* checkQuote(cart, quoted, command.quoteHash);

          const id = ids.next<OrderId>();
          const order = yield* Order.place({
            id,
            number: yield* tx.orders.nextNumber(at),
            customerId,
            cartId: cart.state.id,
            ...freeze(cart, quoted),
            quoteHash: quoted.priced.quoteHash,
            email,
            shippingAddress,
            billingAddress: command.billingAddress ?? shippingAddress,
            paymentMethod,
            notes,
            at,
          }).mapErr(exceptDefects);
          yield* tx.carts.save(yield* cart.checkOut(id, at));
          yield* tx.orders.add(order);
          const { payment, operationId } = yield* tx.payments.request({
            orderId: id,
            method: paymentMethod,
            token: command.paymentToken ?? null,
            amount: order.state.totals.total,
            at,
          });
          yield* tx.promotions.redeem(id, quoted.priced.uses, customerId, at);
          yield* reserveLast(tx, order, at);
          return ok({ value: viewOrder(order, [payment]), intent: operationId });
        }),
      { conclude: (operationId) => this.#pay(operationId, context), isUnderWay: () => true },
    );
  }

  #pay(operationId: string, context: CallContext) {
    const { execution, orderQueries } = this.#dependencies;
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
  #freeze(cart: Cart, { priced, offers }: QuotedCart): FrozenPrice {
    const { currency, prices, promotions, totals } = priced;
    const lines = new Map(priced.lines.map((line) => [line.id, line]));
    const items = cart.state.items.map((item): OrderItem => {
      const unpriced = () => defect(`Item ${item.id} was to be ordered without a price.`);
      const { sku, name, unitPrice } = offers.get(item.variantId) ?? unpriced();
      const line = lines.get(item.id) ?? unpriced();
      return {
        ...line,
        ...item,
        id: this.#dependencies.ids.next<OrderItemId>(),
        sku,
        name,
        unitPrice,
      };
    });
    const shipping = priced.shipping ?? defect('The goods were to be ordered without shipping.');
    return { currency, prices, items, shipping, promotions, totals };
  }
}

/** Amounts that contradict each other are a defect of the pricing: nothing is sold at them. */
function exceptDefects<E extends { code: string }>(error: E): Exclude<E, TotalsDoNotAddUp> {
  return error.code === 'ordering.totals_do_not_add_up'
    ? defect('The amounts of an order contradict each other.')
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
