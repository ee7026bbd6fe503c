import type { Container } from 'inversify';

import {
  inventoryUnitOfWork,
  PostgresLocationReader,
  PostgresStockQueries,
} from '@kastoma/adapters-postgres';
import { CreateLocation, PostMovement, ReviseStock } from '@kastoma/application/inventory';

import { bind } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** Stock: what there is of it, and how it came to be. */
export function bindInventory(container: Container): void {
  const { database, ids, clock, inventoryUnitOfWork: unitOfWork } = T;
  bind(container, unitOfWork, { database, clock, ids }, (given) =>
    inventoryUnitOfWork(given.database, given.clock, given.ids),
  );
  bind(
    container,
    T.stockQueries,
    { database },
    (given) => new PostgresStockQueries(given.database),
  );
  bind(container, T.locations, { database }, (given) => new PostgresLocationReader(given.database));
  bind(container, T.reviseStock, { unitOfWork, clock }, (given) => new ReviseStock(given));
  bind(container, T.postMovement, { unitOfWork, clock }, (given) => new PostMovement(given));
  bind(
    container,
    T.createLocation,
    { unitOfWork, ids, clock },
    (given) => new CreateLocation(given),
  );
}
