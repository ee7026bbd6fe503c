import { okAsync, type ResultAsync } from 'neverthrow';

import type { CartId, Instant, UserId } from '@kastoma/domain/core';
import { Cart } from '@kastoma/domain/ordering';

import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { StoreSettings } from '../core/store-settings.ts';
import type { CartPricing } from './cart-pricing.port.ts';
import type { CartReader } from './cart-repository.port.ts';
import { quoteCart, viewCart } from './cart-view.ts';
import type { Offers } from './offers.port.ts';
import { shippingOf } from './shipping-choice.ts';

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
    const { carts, clock, offers, pricing } = this.#dependencies;
    const at = clock.now();
    return carts
      .findActive(customerId)
      .andThen((active) => (active === null ? this.#emptyCart(customerId, at) : okAsync(active)))
      .andThen((cart) =>
        quoteCart(cart, { at, shipping: shippingOf(cart, pricing) }, { offers, pricing }).map(
          (quoted) => viewCart(cart, quoted),
        ),
      );
  }

  #emptyCart(customerId: UserId, at: Instant): ResultAsync<Cart, never> {
    const { carts, settings, ids } = this.#dependencies;
    const { currency } = settings;
    return carts
      .lastVersion(customerId)
      .map((lastVersion) =>
        Cart.open({ id: ids.next<CartId>(), customerId, currency, lastVersion, at }),
      );
  }
}
