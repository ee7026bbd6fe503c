import { ok, safeTry, type Result, type ResultAsync } from 'neverthrow';

import type { CartId, Instant, UserId } from '@kastoma/domain/core';
import { Cart } from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { StoreSettings } from '../core/store-settings.ts';
import type { CartPricing } from './cart-pricing.port.ts';
import { quoteCart, viewCart } from './cart-view.ts';
import type { OrderingTx, OrderingUnitOfWork } from './ordering.unit-of-work.ts';

export type CartDependencies = {
  readonly unitOfWork: OrderingUnitOfWork;
  readonly pricing: CartPricing;
  readonly settings: StoreSettings;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

export type CartEdit = { readonly customerId: UserId; readonly expectedVersion: ExpectedVersion };

/** What every change of a cart has in common: the active cart (or a new one), the change, the save, and the new prices. */
export function editCart<E>(
  dependencies: CartDependencies,
  context: CallContext,
  { customerId, expectedVersion }: CartEdit,
  change: (cart: Cart, tx: OrderingTx, at: Instant) => ResultAsync<Cart, E> | Result<Cart, E>,
) {
  const { unitOfWork, pricing, settings, ids, clock } = dependencies;
  return unitOfWork.run(context, (tx) =>
    safeTry(async function* () {
      const at = clock.now();
      const active = yield* tx.carts.findActive(customerId);
      const cart =
        active ??
        Cart.open({ id: ids.next<CartId>(), customerId, currency: settings.currency, at });
      yield* checkVersion(cart.version, expectedVersion);
      const changed = yield* change(cart, tx, at);
      const quoted = yield* quoteCart(
        changed,
        { at, shippingMethod: null },
        { offers: tx.offers, pricing },
      );
      const saved = yield* tx.carts.save(changed);
      return ok(viewCart(saved, quoted));
    }),
  );
}
