import { err, ok, safeTry, type Result } from 'neverthrow';

import type {
  CartId,
  CartItemId,
  Instant,
  OrderId,
  Quantity,
  ReturnId,
  VariantId,
} from '@kastoma/domain/core';
import { Cart, type OfferNotFound, type Order } from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import { runWithIntent } from '../core/run-with-intent.ts';
import { exchangeStatusOf } from './exchange-standing.ts';
import type { Offer } from './offers.port.ts';
import type { OrderQueries } from './order-queries.port.ts';
import type { OrderingTx, OrderingUnitOfWork } from './ordering.unit-of-work.ts';
import type { PaymentExecution } from './payment-execution.port.ts';
import { payForPlaced, placeCart } from './place-cart.ts';

type WantedUnits = { readonly variantId: VariantId; readonly quantity: Quantity };

export type ExchangeReturnCommand = {
  readonly orderId: OrderId;
  readonly returnId: ReturnId;
  /** What goes out. */
  readonly lines: readonly WantedUnits[];
  /** Left out, as the first order was shipped. */
  readonly shippingMethod: string | null;
  readonly paymentMethod: string;
  readonly paymentToken: string | null;
};

type Dependencies = {
  readonly unitOfWork: OrderingUnitOfWork;
  readonly ids: IdGenerator;
  readonly clock: Clock;
  readonly execution: PaymentExecution;
  readonly orderQueries: OrderQueries;
};

/**
 * Places an order for whoever sends something back, at today's prices and to the same address. It is paid for like any
 * other order, and what comes back is refunded like any other return: the books of both stay apart.
 */
export class ExchangeReturn {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: ExchangeReturnCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    const { orderId, returnId, paymentMethod, paymentToken } = command;
    const fill = (tx: OrderingTx, order: Order, at: Instant) =>
      this.#cartFor(tx, order, command.lines, at);
    return runWithIntent(
      unitOfWork,
      context,
      (tx) =>
        safeTry(async function* () {
          const at = clock.now();
          const order = yield* tx.orders.hold(orderId, null);
          const announced = yield* tx.returns.find(returnId, orderId);
          const before = yield* exchangeStatusOf(tx.orders, announced);
          const { email, shippingAddress, billingAddress } = order.state;
          const cart = yield* fill(tx, order, at);
          const shippingMethod = command.shippingMethod ?? order.shippingMethod;
          const how = { email, shippingAddress, billingAddress, shippingMethod };
          const placing = { ...how, paymentMethod, paymentToken, quoteHash: null, notes: '' };
          const placed = yield* placeCart(tx, cart, placing, { ids, at });
          const exchanged = yield* announced.exchange(placed.value.id as OrderId, at, before);
          yield* tx.returns.save(exchanged);
          return ok(placed);
        }),
      {
        conclude: (operationId) => payForPlaced(this.#dependencies, operationId, context),
        isUnderWay: () => true,
      },
    );
  }

  /** A cart of its own: what the customer is putting into theirs stays where it is. */
  #cartFor({ offers }: OrderingTx, { state }: Order, lines: readonly WantedUnits[], at: Instant) {
    const { ids } = this.#dependencies;
    const { customerId, currency } = state;
    const id = ids.next<CartId>();
    const empty = Cart.open({ id, customerId, currency, lastVersion: 0, at });
    return safeTry(async function* () {
      const variantIds = lines.map(({ variantId }) => variantId);
      const offered = await offers.ofVariants(variantIds, currency);
      let cart = empty;
      for (const [index, { variantId, quantity }] of lines.entries()) {
        const { productId, unitPrice } = yield* offerOf(variantId, index, offered);
        const item = { id: ids.next<CartItemId>(), productId, variantId, quantity };
        cart = yield* cart.addItem({ ...item, priceSeen: unitPrice }, at);
      }
      return ok(cart);
    });
  }
}

function offerOf(
  variantId: VariantId,
  index: number,
  offered: readonly Offer[],
): Result<Offer, OfferNotFound> {
  const offer = offered.find((candidate) => candidate.variantId === variantId);
  return offer === undefined
    ? err({ code: 'ordering.offer_not_found', path: ['lines', index, 'variantId'] })
    : ok(offer);
}
