import type { Container } from 'inversify';

import {
  catalogUnitOfWork,
  PostgresCategoryQueries,
  PostgresProductQueries,
  PostgresStockQueries,
} from '@kastoma/adapters-postgres';
import { CreateCategory, CreateProduct } from '@kastoma/application/catalog';

import { bind } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** The catalogue, and the stock of what is in it. */
export function bindCatalog(container: Container): void {
  const { database, settings, ids, clock, catalogUnitOfWork: unitOfWork } = T;
  bind(container, unitOfWork, { database, clock, ids, settings }, (given) =>
    catalogUnitOfWork(given.database, given.clock, given.ids, given.settings),
  );
  bind(
    container,
    T.productQueries,
    { database, settings },
    (given) => new PostgresProductQueries(given.database, given.settings),
  );
  bind(
    container,
    T.categoryQueries,
    { database },
    (given) => new PostgresCategoryQueries(given.database),
  );
  bind(
    container,
    T.stockQueries,
    { database },
    (given) => new PostgresStockQueries(given.database),
  );
  bind(
    container,
    T.createProduct,
    { unitOfWork, settings, ids, clock },
    (given) => new CreateProduct(given),
  );
  bind(
    container,
    T.createCategory,
    { unitOfWork, ids, clock },
    (given) => new CreateCategory(given),
  );
}
