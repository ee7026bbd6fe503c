import { okAsync, type ResultAsync } from 'neverthrow';

import type { CartId, Instant, UserId } from '@kastoma/domain/core';
import { Cart } from '@kastoma/domain/ordering';

import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { StoreSettings } from '../core/store-settings.ts';
import type { CartReader } from './cart-repository.port.ts';
import { quoteCart, viewCart, type QuotePorts } from './cart-view.ts';
import { destinationOf } from './destination-choice.ts';
import { shippingOf } from './shipping-choice.ts';

/** What it takes to look at a cart. */
export type CartViewing = QuotePorts & {
  readonly carts: CartReader;
  readonly settings: StoreSettings;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Shows the customer's cart at today's prices; whoever has none sees an empty one, and nothing is stored. */
export class ViewCart {
  readonly #dependencies: CartViewing;

  constructor(dependencies: CartViewing) {
    this.#dependencies = dependencies;
  }

  execute(customerId: UserId) {
    const at = this.#dependencies.clock.now();
    return cartOf(customerId, at, this.#dependencies).andThen((cart) =>
      quoteAndView(cart, at, this.#dependencies),
    );
  }
}

export function quoteAndView(
  cart: Cart,
  at: Instant,
  { settings, ...ports }: QuotePorts & Pick<CartViewing, 'settings'>,
) {
  const shipping = shippingOf(cart, ports.pricing);
  return quoteCart(cart, { at, shipping, destination: destinationOf(cart, settings) }, ports).map(
    (quoted) => viewCart(cart, quoted),
  );
}

/** The customer's cart, or an empty one that is not stored. */
export function cartOf(
  customerId: UserId,
  at: Instant,
  { carts, settings: { currency }, ids }: CartViewing,
): ResultAsync<Cart, never> {
  return carts
    .findActive(customerId)
    .andThen((active) =>
      active === null
        ? carts
            .lastVersion(customerId)
            .map((lastVersion) =>
              Cart.open({ id: ids.next<CartId>(), customerId, currency, lastVersion, at }),
            )
        : okAsync(active),
    );
}
