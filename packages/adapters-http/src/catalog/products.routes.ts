import { ResultAsync } from 'neverthrow';

import type {
  ChangeProduct,
  ChangeProductStatus,
  CreateProduct,
  DeleteProduct,
  ProductQueries,
} from '@kastoma/application/catalog';
import type { StoreSettings } from '@kastoma/application/core';

import { nothingAnswer } from '../core/core.schemas.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { audienceOf } from './audience.ts';
import { idOrSlugParams } from './catalog.schemas.ts';
import { toCreateCommand, toProductChanges, toReplacement } from './product-body.ts';
import { listProducts, toProductFilter } from './product-filter.ts';
import { manifoldFilters, productsQuery } from './product-list.schemas.ts';
import { presentListing, presentProduct } from './products.presenters.ts';
import {
  changeProductBody,
  createProductBody,
  inCurrencyQuery,
  listingAnswer,
  productAnswer,
  replaceProductBody,
} from './products.schemas.ts';

export type ProductUseCases = {
  readonly createProduct: CreateProduct;
  readonly changeProduct: ChangeProduct;
  readonly changeProductStatus: ChangeProductStatus;
  readonly deleteProduct: DeleteProduct;
  readonly productQueries: ProductQueries;
};

const reads = { tag: 'Products', permission: 'catalog.browse' } as const;
const writes = { tag: 'Products', permission: 'catalog.manage' } as const;
const showsProduct = {
  answer: productAnswer,
  present: presentProduct,
  versionOf: ({ version }: { readonly version: number }) => version,
} as const;
const ofProduct = { params: idOrSlugParams, status: 200 } as const;

export function productRoutes(
  useCases: ProductUseCases,
  settings: StoreSettings,
): readonly Endpoint[] {
  return [
    listEndpoint({
      ...reads,
      method: 'get',
      path: '/products',
      summary: 'Browse, search and filter products',
      query: productsQuery,
      manifold: manifoldFilters,
      message: 'Products',
      answer: listingAnswer,
      present: presentListing,
      handle: ({ query, actor }) =>
        ResultAsync.fromSafePromise(
          listProducts(
            useCases.productQueries,
            toProductFilter(query, actor, settings.currency),
            query,
          ),
        ),
    }),
    endpoint({
      ...writes,
      ...showsProduct,
      method: 'post',
      path: '/products',
      summary: 'Create a product with its variants and their first stock',
      body: createProductBody,
      idempotencyKey: 'accepted',
      status: 201,
      message: 'Product created',
      handle: ({ body, context }) => useCases.createProduct.execute(toCreateCommand(body), context),
    }),
    endpoint({
      ...reads,
      ...ofProduct,
      ...showsProduct,
      method: 'get',
      path: '/products/{idOrSlug}',
      summary: 'Read a product with its variants; a slug that it had before leads to it (301)',
      query: inCurrencyQuery,
      message: 'Product',
      handle: ({ params, query, actor }) =>
        useCases.productQueries.find(params.idOrSlug, audienceOf(actor), query.currency),
    }),
    endpoint({
      ...writes,
      ...ofProduct,
      ...showsProduct,
      method: 'put',
      path: '/products/{idOrSlug}',
      summary: 'Say anew all that a product is; slug, status and variants that are left out stay',
      body: replaceProductBody,
      ifMatch: 'required',
      message: 'Product changed',
      handle: ({ params, body, expectedVersion, context }) =>
        useCases.changeProduct.execute(
          { ...params, changes: toReplacement(body), expectedVersion },
          context,
        ),
    }),
    endpoint({
      ...writes,
      ...ofProduct,
      ...showsProduct,
      method: 'patch',
      path: '/products/{idOrSlug}',
      summary: 'Change a product; what is left out stays',
      body: changeProductBody,
      ifMatch: 'required',
      message: 'Product changed',
      handle: ({ params, body, expectedVersion, context }) =>
        useCases.changeProduct.execute(
          { ...params, changes: toProductChanges(body), expectedVersion },
          context,
        ),
    }),
    endpoint({
      ...writes,
      ...ofProduct,
      method: 'delete',
      path: '/products/{idOrSlug}',
      summary: 'Delete a product with its variants; orders keep what they hold',
      ifMatch: 'required',
      message: 'Product deleted',
      answer: nothingAnswer,
      present: () => null,
      handle: ({ params, expectedVersion, context }) =>
        useCases.deleteProduct.execute({ ...params, expectedVersion }, context),
    }),
    endpoint({
      ...writes,
      ...ofProduct,
      ...showsProduct,
      method: 'post',
      path: '/products/{idOrSlug}/publish',
      summary: 'Put a product on the shelves',
      idempotencyKey: 'accepted',
      ifMatch: 'accepted',
      message: 'Product published',
      handle: ({ params, expectedVersion, context }) =>
        useCases.changeProductStatus.execute(
          { ...params, status: 'published', expectedVersion },
          context,
        ),
    }),
    endpoint({
      ...writes,
      ...ofProduct,
      ...showsProduct,
      method: 'post',
      path: '/products/{idOrSlug}/archive',
      summary: 'Put a product away, for shoppers as if there were none',
      idempotencyKey: 'accepted',
      ifMatch: 'accepted',
      message: 'Product archived',
      handle: ({ params, expectedVersion, context }) =>
        useCases.changeProductStatus.execute(
          { ...params, status: 'archived', expectedVersion },
          context,
        ),
    }),
  ];
}
