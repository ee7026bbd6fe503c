import { err, ok, safeTry, type Result } from 'neverthrow';

import type { Cart, CartEmpty, EmailRequired } from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import { runWithIntent } from '../core/run-with-intent.ts';
import type { OrderQueries } from './order-queries.port.ts';
import type { OrderingUnitOfWork } from './ordering.unit-of-work.ts';
import type { PaymentExecution } from './payment-execution.port.ts';
import { payForPlaced, placeCart, type Placing } from './place-cart.ts';
import { findCartOf, type Shopper } from './shopper.ts';

export type PlaceOrderCommand = Shopper &
  Placing & {
    /** In the form in which codes are compared; null: the cart's stand, and an empty list: none do. */
    readonly couponCodes: readonly string[] | null;
  };

type Dependencies = {
  readonly unitOfWork: OrderingUnitOfWork;
  readonly ids: IdGenerator;
  readonly clock: Clock;
  readonly execution: PaymentExecution;
  readonly orderQueries: OrderQueries;
};

/** Turns the shopper's cart into an order: all of it in one transaction, or nothing. Then a provider is asked for the money. */
export class PlaceOrder {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: PlaceOrderCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    const { email, couponCodes } = command;
    return runWithIntent(
      unitOfWork,
      context,
      (tx) =>
        safeTry(async function* () {
          const at = clock.now();
          const active = yield* requireCart(yield* findCartOf(command, tx.carts));
          yield* requireEmail(active, email);
          const cart =
            couponCodes === null ? active : yield* active.replaceCoupons(couponCodes, at);
          return ok(yield* placeCart(tx, cart, command, { ids, at }));
        }),
      {
        conclude: (operationId) => payForPlaced(this.#dependencies, operationId, context),
        isUnderWay: () => true,
      },
    );
  }
}

function requireCart(cart: Cart | null): Result<Cart, CartEmpty> {
  return cart === null || cart.state.items.length === 0
    ? err({ code: 'ordering.cart_empty' })
    : ok(cart);
}

function requireEmail({ state }: Cart, email: string | null): Result<void, EmailRequired> {
  return state.customerId === null && email === null
    ? err({ code: 'ordering.email_required' })
    : ok();
}
