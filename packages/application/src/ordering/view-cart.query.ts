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
import { findCartOf, type Shopper } from './shopper.ts';

/** What it takes to look at a cart. */
export type CartViewing = QuotePorts & {
  readonly carts: CartReader;
  readonly settings: StoreSettings;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Shows the shopper's cart at today's prices; whoever has none sees an empty one, and nothing is stored. */
export class ViewCart {
  readonly #dependencies: CartViewing;

  constructor(dependencies: CartViewing) {
    this.#dependencies = dependencies;
  }

  execute(shopper: Shopper) {
    const at = this.#dependencies.clock.now();
    return cartOf(shopper, at, this.#dependencies).andThen((cart) =>
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

/** The shopper's cart, or an empty one that is not stored. */
export function cartOf(
  shopper: Shopper,
  at: Instant,
  { carts, settings: { currency }, ids }: CartViewing,
): ResultAsync<Cart, never> {
  const open = (customerId: UserId | null, lastVersion: number) =>
    Cart.open({ id: ids.next<CartId>(), customerId, currency, lastVersion, at });
  return findCartOf(shopper, carts).andThen((active) => {
    if (active !== null) return okAsync(active);
    if (!('customerId' in shopper)) return okAsync(open(null, 0));
    const { customerId } = shopper;
    return carts.lastVersion(customerId).map((lastVersion) => open(customerId, lastVersion));
  });
}
