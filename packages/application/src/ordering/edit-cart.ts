import { err, ok, okAsync, ResultAsync, safeTry, type Result } from 'neverthrow';

import type { CartId, Currency, Instant, UserId } from '@kastoma/domain/core';
import { Cart, type CustomerNotFound } from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { StoreSettings } from '../core/store-settings.ts';
import { quoteCart, viewCart, type QuotedCart } from './cart-view.ts';
import { destinationOf } from './destination-choice.ts';
import type { OrderingTx, OrderingUnitOfWork } from './ordering.unit-of-work.ts';
import { shippingOf } from './shipping-choice.ts';
import { findCartOf, type Shopper } from './shopper.ts';

export type CartDependencies = {
  readonly unitOfWork: OrderingUnitOfWork;
  readonly settings: StoreSettings;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

export type CartEdit = Shopper & {
  readonly expectedVersion: ExpectedVersion;
  /** Of a cart that is opened by this; left out or null, the shop's. */
  readonly currency?: Currency | null;
};

/**
 * What every change of a cart has in common: the active cart (or a new one), the change, the new prices,
 * and the save. `accept` may refuse what came out: then nothing is saved. What did not change is not saved anew.
 */
export function editCart<E, Refusal = never>(
  dependencies: CartDependencies,
  context: CallContext,
  edit: CartEdit,
  change: (cart: Cart, tx: OrderingTx, at: Instant) => ResultAsync<Cart, E> | Result<Cart, E>,
  accept: (quoted: QuotedCart) => Result<void, Refusal> = () => ok(),
) {
  const { unitOfWork, clock, settings } = dependencies;
  return unitOfWork.run(context, (tx) =>
    safeTry(async function* () {
      const at = clock.now();
      const active = yield* findCartOf(edit, tx.carts);
      const cart = active ?? (yield* openCart(tx, edit, dependencies, at));
      yield* checkVersion(cart.version, edit.expectedVersion);
      const changed = yield* change(cart, tx, at);
      const shipping = shippingOf(changed, tx.pricing);
      const destination = destinationOf(changed, settings);
      const quoted = yield* quoteCart(changed, { at, shipping, destination }, tx);
      yield* accept(quoted);
      const saved = changed === active ? changed : yield* tx.carts.save(changed);
      return ok(viewCart(saved, quoted));
    }),
  );
}

/** Whoever has a cart is known; for a new one it is asked, since nobody else would notice. A guest is nobody to ask for. */
export function openCart(
  { carts, customers }: OrderingTx,
  edit: Shopper & Pick<CartEdit, 'currency'>,
  { settings, ids }: CartDependencies,
  at: Instant,
): ResultAsync<Cart, CustomerNotFound> {
  const currency = edit.currency ?? settings.currency;
  const open = (customerId: UserId | null, lastVersion: number) =>
    Cart.open({ id: ids.next<CartId>(), customerId, currency, lastVersion, at });
  if (!('customerId' in edit)) return okAsync(open(null, 0));
  const { customerId } = edit;
  return ResultAsync.fromSafePromise(customers.exists(customerId))
    .andThen((isKnown) =>
      isKnown
        ? carts.lastVersion(customerId)
        : err({ code: 'ordering.customer_not_found' as const }),
    )
    .map((lastVersion) => open(customerId, lastVersion));
}
