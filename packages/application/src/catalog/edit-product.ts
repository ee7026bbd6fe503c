import { err, ok, safeTry, type Result, type ResultAsync } from 'neverthrow';

import type { Product, SkuTaken, VariantNotFound } from '@kastoma/domain/catalog';
import type { Instant } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { Page, PageRequest } from '../core/page.ts';
import type { CatalogTx, CatalogUnitOfWork } from './catalog.unit-of-work.ts';
import type { ProductListing } from './product-listing.ts';
import { checkShelf } from './product-shelf.ts';
import type { ProductView, VariantView } from './product-view.ts';

export type EditDependencies = { readonly unitOfWork: CatalogUnitOfWork; readonly clock: Clock };

export type ProductEdit = {
  readonly idOrSlug: string;
  readonly expectedVersion: ExpectedVersion;
};

/** What every change of a product has in common. Gives what staff see of it, and reads it after the save. */
export function editProduct<E>(
  { unitOfWork, clock }: EditDependencies,
  context: CallContext,
  { idOrSlug, expectedVersion }: ProductEdit,
  change: (
    product: Product,
    tx: CatalogTx,
    at: Instant,
  ) => Result<Product, E> | ResultAsync<Product, E>,
) {
  return unitOfWork.run(context, (tx) =>
    safeTry(async function* () {
      const product = yield* tx.products.find(idOrSlug);
      yield* checkVersion(product.version, expectedVersion);
      const changed = yield* change(product, tx, clock.now());
      yield* saveProduct(tx, product, changed);
      return tx.productQueries.find(product.state.id, 'staff');
    }),
  );
}

/** Saves what is another, wherever it may stand, and opens the stock of what is new. */
function saveProduct(tx: CatalogTx, before: Product, product: Product) {
  return safeTry(async function* () {
    if (product === before) return ok();
    const known = new Set(before.state.variants.map(({ id }) => id));
    const fresh = product.state.variants.filter(({ id }) => !known.has(id));
    yield* checkShelf(tx.categories, product, before);
    yield* tx.products.save(product);
    if (fresh.length > 0)
      yield* tx.stock.open(fresh.map(({ id }) => ({ variantId: id, units: 0, path: [] })));
    return ok();
  });
}

/** One variant, under the version of its product. */
export type VariantOfProduct = { readonly variant: VariantView; readonly version: number };

export function variantOf(
  { variants, version }: ProductView,
  variantId: string,
): Result<VariantOfProduct, VariantNotFound> {
  const variant = variants.find(({ id }) => id === variantId);
  return variant === undefined
    ? err({ code: 'catalog.variant_not_found' })
    : ok({ variant, version });
}

/** The part of a product's variants that a page shows. */
export function pageOfVariants(
  { variants }: ProductView,
  { page, pageSize }: PageRequest,
): Page<VariantView> {
  const items = variants.slice((page - 1) * pageSize, page * pageSize);
  return { items, count: variants.length, countIsExact: true };
}

/** A page of what goes with a product, all of which comes with it. */
export function pageOfRelated(
  { related }: ProductView,
  { page, pageSize }: PageRequest,
): Page<ProductListing> {
  const items = related.slice((page - 1) * pageSize, page * pageSize);
  return { items, count: related.length, countIsExact: true };
}

/** Where one variant was sent by itself, its SKU stands right there. */
export function placedInVariant<E extends { readonly code: string }>(error: E): E {
  return error.code === 'catalog.sku_taken'
    ? { ...error, path: ['sku'] satisfies SkuTaken['path'] }
    : error;
}
