import { OrderingCartAdditions, type WishlistMoveTx } from '@kastoma/application/catalog';
import type { Clock, IdGenerator, StoreSettings } from '@kastoma/application/core';
import type { CartPricing } from '@kastoma/application/ordering';
import type { PromotionsInForce } from '@kastoma/application/pricing';

import type { Database } from '../core/database.ts';
import { PostgresUnitOfWork } from '../core/unit-of-work.ts';
import { openOrdering } from '../ordering/ordering.unit-of-work.ts';
import type { PromotionTermsCache } from '../pricing/promotion-terms.cache.ts';
import { PostgresWishlistRepository } from './wishlists.postgres-repository.ts';
import { PostgresWishlistQueries } from './wishlists.read-view.ts';

type MoveParts = {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly settings: StoreSettings;
  readonly pricingWith: (promotions: PromotionsInForce) => CartPricing;
  readonly knownTerms: PromotionTermsCache;
};

/** Wishlists and the cart, in one transaction. */
export function wishlistMoves({
  database,
  clock,
  ids,
  settings,
  pricingWith,
  knownTerms,
}: MoveParts): PostgresUnitOfWork<WishlistMoveTx> {
  return new PostgresUnitOfWork(database, clock, (transaction) => {
    const { sql, context } = transaction;
    const tx = openOrdering(transaction, { ids, pricingWith, knownTerms });
    return {
      wishlists: new PostgresWishlistRepository(sql),
      wishlistQueries: new PostgresWishlistQueries(sql, settings),
      cart: new OrderingCartAdditions({ tx, context, settings, ids, clock }),
    };
  });
}
