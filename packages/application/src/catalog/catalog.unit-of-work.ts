import type { UnitOfWork } from '../core/unit-of-work.port.ts';
import type { CategoryQueries } from './category-queries.port.ts';
import type { CategoryRepository } from './category-repository.port.ts';
import type { Listing } from './listing.port.ts';
import type { MediaUploads } from './media-uploads.port.ts';
import type { ProductQueries } from './product-queries.port.ts';
import type { ProductRepository } from './product-repository.port.ts';
import type { Purchases } from './purchases.port.ts';
import type { ReviewQueries } from './review-queries.port.ts';
import type { ReviewRepository } from './review-repository.port.ts';
import type { StockOpening } from './stock-opening.port.ts';
import type { WishlistQueries } from './wishlist-queries.port.ts';
import type { WishlistRepository } from './wishlist-repository.port.ts';

export type CatalogTx = {
  readonly products: ProductRepository;
  readonly categories: CategoryRepository;
  readonly stock: StockOpening;
  readonly listing: Listing;
  readonly uploads: MediaUploads;
  readonly reviews: ReviewRepository;
  readonly purchases: Purchases;
  readonly wishlists: WishlistRepository;
  /** These read what this transaction wrote. */
  readonly productQueries: ProductQueries;
  readonly categoryQueries: CategoryQueries;
  readonly reviewQueries: ReviewQueries;
  readonly wishlistQueries: WishlistQueries;
};

export type CatalogUnitOfWork = UnitOfWork<CatalogTx>;
