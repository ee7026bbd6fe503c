import type { UnitOfWork } from '../core/unit-of-work.port.ts';
import type { CategoryQueries } from './category-queries.port.ts';
import type { CategoryRepository } from './category-repository.port.ts';
import type { ProductQueries } from './product-queries.port.ts';
import type { ProductRepository } from './product-repository.port.ts';
import type { StockOpening } from './stock-opening.port.ts';

export type CatalogTx = {
  readonly products: ProductRepository;
  readonly categories: CategoryRepository;
  readonly stock: StockOpening;
  /** These read what this transaction wrote. */
  readonly productQueries: ProductQueries;
  readonly categoryQueries: CategoryQueries;
};

export type CatalogUnitOfWork = UnitOfWork<CatalogTx>;
