import type { Container } from 'inversify';

import {
  catalogUnitOfWork,
  PostgresReviewQueries,
  PostgresWishlistQueries,
} from '@kastoma/adapters-postgres';
import {
  CreateCategory,
  DefineAttributes,
  DeleteCategory,
  RebuildListing,
  ReviseCategory,
} from '@kastoma/application/catalog';

import { bind } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** The catalogue. */
export function bindCatalog(container: Container): void {
  const { database, settings, ids, clock, catalogUnitOfWork: unitOfWork } = T;
  bind(container, unitOfWork, { database, clock, ids, settings }, (given) =>
    catalogUnitOfWork(given.database, given.clock, given.ids, given.settings),
  );
  bind(
    container,
    T.reviewQueries,
    { database },
    (given) => new PostgresReviewQueries(given.database),
  );
  bind(
    container,
    T.wishlistQueries,
    { database, settings },
    (given) => new PostgresWishlistQueries(given.database, given.settings),
  );
  bind(container, T.rebuildListing, { unitOfWork }, (given) => new RebuildListing(given));
  bindCategoryChanges(container);
}

function bindCategoryChanges(container: Container): void {
  const { ids, clock, catalogUnitOfWork: unitOfWork } = T;
  bind(
    container,
    T.createCategory,
    { unitOfWork, ids, clock },
    (given) => new CreateCategory(given),
  );
  bind(container, T.reviseCategory, { unitOfWork, clock }, (given) => new ReviseCategory(given));
  bind(container, T.deleteCategory, { unitOfWork, clock }, (given) => new DeleteCategory(given));
  bind(
    container,
    T.defineAttributes,
    { unitOfWork, clock },
    (given) => new DefineAttributes(given),
  );
}
