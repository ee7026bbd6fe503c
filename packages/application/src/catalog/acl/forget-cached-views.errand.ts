import { ResultAsync } from 'neverthrow';

import type {
  CategoryEvent,
  ImportFinished,
  ProductCreated,
  ProductEvent,
  ReviewEvent,
  ReviewSubmitted,
} from '@kastoma/domain/catalog';
import type { StockChanged } from '@kastoma/domain/inventory';

import type { Cache } from '../../core/cache.port.ts';
import type { Errand } from '../../core/subscriber.ts';
import {
  categoryTag,
  LISTS_TAG,
  productTag,
  SHELVES_TAG,
  TREE_TAG,
} from '../catalog-cache-tags.ts';
import type { VariantOwners } from '../variant-owners.port.ts';

/** That a product is created is not listened to: it is shown nowhere yet, and an import creates many. */
type CatalogueEvent =
  | CategoryEvent
  | Exclude<ProductEvent, ProductCreated>
  | Exclude<ReviewEvent, ReviewSubmitted>
  | ImportFinished;

/** Whoever keeps the lists is told at the same time as this is: what is read meanwhile may be what stood before. */
const SETTLING_MILLISECONDS = 2_000;

/** Has what shoppers see forgotten when it has changed. */
export class ForgetCachedViews implements Errand<CatalogueEvent | StockChanged> {
  readonly consumer = 'catalog.forget_cached_views';
  readonly #cache: Pick<Cache, 'forget'>;
  readonly #variants: VariantOwners;

  constructor(cache: Pick<Cache, 'forget'>, variants: VariantOwners) {
    this.#cache = cache;
    this.#variants = variants;
  }

  readonly handle = (event: CatalogueEvent | StockChanged) =>
    ResultAsync.fromSafePromise(
      event.type === 'inventory.stock_changed'
        ? this.#forgetStock(event)
        : this.#cache.forget(tagsOf(event), settlingOf(event)),
    );

  async #forgetStock({ payload }: StockChanged): Promise<void> {
    if (!payload.inStockChanged) return;
    const productId = await this.#variants.productOf(payload.variantId);
    const tags = productId === null ? [] : [productTag(productId)];
    await this.#cache.forget([...tags, LISTS_TAG], SETTLING_MILLISECONDS);
  }
}

function tagsOf(event: CatalogueEvent): readonly string[] {
  switch (event.type) {
    case 'catalog.import_finished':
      return [LISTS_TAG, TREE_TAG];
    case 'catalog.category_attributes_defined':
    case 'catalog.category_created':
    case 'catalog.category_deleted':
    case 'catalog.category_moved':
    case 'catalog.category_revised':
      return [categoryTag(event.payload.categoryId), LISTS_TAG, TREE_TAG];
    case 'catalog.product_published':
      return [productTag(event.payload.productId), LISTS_TAG, TREE_TAG, SHELVES_TAG];
    case 'catalog.product_archived':
    case 'catalog.product_changed':
    case 'catalog.product_deleted':
    case 'catalog.product_unpublished':
      return [productTag(event.payload.productId), LISTS_TAG, TREE_TAG];
    case 'catalog.price_changed':
    case 'catalog.review_approved':
    case 'catalog.review_rejected':
    case 'catalog.review_revised':
    case 'catalog.review_withdrawn':
    case 'catalog.variant_added':
    case 'catalog.variant_changed':
    case 'catalog.variant_removed':
      return [productTag(event.payload.productId), LISTS_TAG];
  }
}

function settlingOf({ type }: CatalogueEvent): number {
  return type === 'catalog.category_revised' ? SETTLING_MILLISECONDS : 0;
}
