import type { Container } from 'inversify';

import {
  PostgresCategoryQueries,
  PostgresProductQueries,
  PostgresVariantOwners,
} from '@kastoma/adapters-postgres';
import {
  CachedCategoryQueries,
  CachedProductQueries,
  ForgetCachedViews,
} from '@kastoma/application/catalog';
import { CachedReads } from '@kastoma/application/core';

import type { Foundation } from './foundation.ts';
import { bind, bindValue } from './token.ts';
import { TOKENS as T } from './tokens.ts';

const FORGETS_NOTHING = { forget: async () => undefined };

/** What is shown of the catalogue, from a moment ago where that is allowed. Nothing that money depends on is read here. */
export function bindCaching(container: Container, { catalogueCache }: Foundation): void {
  const { database, settings, cachedReads } = T;
  bindValue(container, T.catalogueCache, catalogueCache);
  bind(
    container,
    cachedReads,
    { clock: T.clock, pause: T.pause },
    (given) => new CachedReads({ ...given, cache: catalogueCache.shared }),
  );
  bind(container, T.productQueries, { database, settings, cachedReads }, (given) => {
    const queries = new PostgresProductQueries(given.database, given.settings);
    return catalogueCache.isOn ? new CachedProductQueries(queries, given.cachedReads) : queries;
  });
  bind(container, T.categoryQueries, { database, cachedReads }, (given) => {
    const queries = new PostgresCategoryQueries(given.database);
    return catalogueCache.isOn ? new CachedCategoryQueries(queries, given.cachedReads) : queries;
  });
  bind(container, T.forgetCachedViews, { database }, (given) => {
    const variants = new PostgresVariantOwners(given.database);
    return new ForgetCachedViews(catalogueCache.shared ?? FORGETS_NOTHING, variants);
  });
}
