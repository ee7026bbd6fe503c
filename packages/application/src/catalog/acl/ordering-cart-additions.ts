import type { ResultAsync } from 'neverthrow';

import { parseQuantity, type UserId } from '@kastoma/domain/core';

import type { CallContext } from '../../core/call-context.ts';
import type { Clock } from '../../core/clock.port.ts';
import type { IdGenerator } from '../../core/id-generator.port.ts';
import { joined } from '../../core/joined-unit-of-work.ts';
import type { StoreSettings } from '../../core/store-settings.ts';
import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import { AddToCart } from '../../ordering/add-to-cart.use-case.ts';
import type { OrderingTx } from '../../ordering/ordering.unit-of-work.ts';
import type { CartAdditions, NotMovedToCart } from '../cart-additions.port.ts';
import type { Wish } from '../wishlist-repository.port.ts';

type Ordering = {
  /** Of the transaction in which it all happens. */
  readonly tx: OrderingTx;
  readonly context: CallContext;
  readonly settings: StoreSettings;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** The cart as ordering keeps it. */
export class OrderingCartAdditions implements CartAdditions {
  readonly #context: CallContext;
  readonly #addToCart: AddToCart;

  constructor({ tx, context, settings, ids, clock }: Ordering) {
    this.#context = context;
    this.#addToCart = new AddToCart({ unitOfWork: joined(tx), settings, ids, clock });
  }

  add(customerId: UserId, choice: Wish): ResultAsync<void, NotMovedToCart | ConcurrentUpdate> {
    return parseQuantity(1)
      .asyncAndThen((quantity) =>
        this.#addToCart.execute({ customerId, choice, quantity }, this.#context),
      )
      .map(() => undefined)
      .mapErr((error) =>
        error.code === 'core.concurrent_update'
          ? error
          : { code: 'catalog.not_moved_to_cart', reason: error.code },
      );
  }
}
