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
  bind(container, T.catalogUnitOfWork, [T.database, T.clock, T.ids, T.settings], catalogUnitOfWork);
  bind(
    container,
    T.productQueries,
    [T.database, T.settings],
    (database, settings) => new PostgresProductQueries(database, settings),
  );
  bind(
    container,
    T.categoryQueries,
    [T.database],
    (database) => new PostgresCategoryQueries(database),
  );
  bind(container, T.stockQueries, [T.database], (database) => new PostgresStockQueries(database));
  bind(
    container,
    T.createProduct,
    [T.catalogUnitOfWork, T.settings, T.ids, T.clock],
    (unitOfWork, settings, ids, clock) => new CreateProduct({ unitOfWork, settings, ids, clock }),
  );
  bind(
    container,
    T.createCategory,
    [T.catalogUnitOfWork, T.ids, T.clock],
    (unitOfWork, ids, clock) => new CreateCategory({ unitOfWork, ids, clock }),
  );
}
