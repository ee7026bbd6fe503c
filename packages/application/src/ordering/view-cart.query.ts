import type { CartId, UserId } from '@kastoma/domain/core';
import { Cart } from '@kastoma/domain/ordering';

import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { StoreSettings } from '../core/store-settings.ts';
import type { CartPricing } from './cart-pricing.port.ts';
import type { CartReader } from './cart-repository.port.ts';
import { quoteCart, viewCart } from './cart-view.ts';
import type { Offers } from './offers.port.ts';

type Dependencies = {
  readonly carts: CartReader;
  readonly offers: Offers;
  readonly pricing: CartPricing;
  readonly settings: StoreSettings;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Shows the customer's cart at today's prices; whoever has none sees an empty one, and nothing is stored. */
export class ViewCart {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(customerId: UserId) {
    const { carts, settings, ids, clock, ...ports } = this.#dependencies;
    const at = clock.now();
    return carts.findActive(customerId).andThen((active) => {
      const cart =
        active ??
        Cart.open({ id: ids.next<CartId>(), customerId, currency: settings.currency, at });
      return quoteCart(cart, { at, shippingMethod: null }, ports).map((quoted) =>
        viewCart(cart, quoted),
      );
    });
  }
}
