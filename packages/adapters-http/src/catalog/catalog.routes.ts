import type { z } from '@hono/zod-openapi';
import { ResultAsync } from 'neverthrow';

import type {
  Audience,
  CategoryQueries,
  CreateCategory,
  CreateProduct,
  ProductFilter,
  ProductQueries,
} from '@kastoma/application/catalog';
import type { StoreSettings } from '@kastoma/application/core';
import {
  LARGEST_MINOR_UNITS,
  minorUnitDigits,
  type Actor,
  type Currency,
} from '@kastoma/domain/core';
import { isAllowed } from '@kastoma/domain/identity';

import { pageOnlyQuery } from '../core/core.schemas.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';
import { presentCategory, presentListing, presentProduct } from './catalog.presenters.ts';
import {
  categoryAnswer,
  createCategoryBody,
  createProductBody,
  idOrSlugParams,
  listingAnswer,
  productAnswer,
  productsQuery,
} from './catalog.schemas.ts';

export type CatalogUseCases = {
  readonly createProduct: CreateProduct;
  readonly createCategory: CreateCategory;
  readonly productQueries: ProductQueries;
  readonly categoryQueries: CategoryQueries;
};

export function catalogRoutes(
  useCases: CatalogUseCases,
  settings: StoreSettings,
): readonly Endpoint[] {
  return [
    listEndpoint({
      method: 'get',
      path: '/products',
      tag: 'Products',
      summary: 'Browse, search and filter products',
      permission: 'catalog.browse',
      query: productsQuery,
      message: 'Products',
      answer: listingAnswer,
      present: presentListing,
      handle: ({ query, actor }) =>
        ResultAsync.fromSafePromise(
          useCases.productQueries.list(
            toFilter(query, actor, settings.currency),
            toPageRequest(query),
          ),
        ),
    }),
    endpoint({
      method: 'post',
      path: '/products',
      tag: 'Products',
      summary: 'Create a product with its variants and their first stock',
      permission: 'catalog.manage',
      body: createProductBody,
      idempotencyKey: 'accepted',
      status: 201,
      message: 'Product created',
      answer: productAnswer,
      present: presentProduct,
      versionOf: (product) => product.version,
      handle: ({ body, context }) => useCases.createProduct.execute(toCommand(body), context),
    }),
    endpoint({
      method: 'get',
      path: '/products/{idOrSlug}',
      tag: 'Products',
      summary: 'Read a product with its variants',
      permission: 'catalog.browse',
      params: idOrSlugParams,
      status: 200,
      message: 'Product',
      answer: productAnswer,
      present: presentProduct,
      versionOf: (product) => product.version,
      handle: ({ params, actor }) =>
        useCases.productQueries.find(params.idOrSlug, audienceOf(actor)),
    }),
    listEndpoint({
      method: 'get',
      path: '/categories',
      tag: 'Categories',
      summary: 'List the categories by name',
      permission: 'catalog.browse',
      query: pageOnlyQuery,
      message: 'Categories',
      answer: categoryAnswer,
      present: presentCategory,
      handle: ({ query }) =>
        ResultAsync.fromSafePromise(useCases.categoryQueries.list(toPageRequest(query))),
    }),
    endpoint({
      method: 'post',
      path: '/categories',
      tag: 'Categories',
      summary: 'Create a category',
      permission: 'catalog.manage',
      body: createCategoryBody,
      idempotencyKey: 'accepted',
      status: 201,
      message: 'Category created',
      answer: categoryAnswer,
      present: presentCategory,
      versionOf: (category) => category.version,
      handle: ({ body, context }) => {
        const { name, slug, description, parent_id: parentId = null } = body;
        return useCases.createCategory.execute({ name, slug, description, parentId }, context);
      },
    }),
    endpoint({
      method: 'get',
      path: '/categories/{idOrSlug}',
      tag: 'Categories',
      summary: 'Read a category',
      permission: 'catalog.browse',
      params: idOrSlugParams,
      status: 200,
      message: 'Category',
      answer: categoryAnswer,
      present: presentCategory,
      versionOf: (category) => category.version,
      handle: ({ params }) => useCases.categoryQueries.find(params.idOrSlug),
    }),
  ];
}

/** Those who keep the catalogue see drafts and the archive as well. */
function audienceOf(actor: Actor): Audience {
  return isAllowed(actor, 'catalog.manage') ? 'staff' : 'shoppers';
}

function toFilter(
  query: z.output<typeof productsQuery>,
  actor: Actor,
  currency: Currency,
): ProductFilter {
  const {
    search,
    category,
    min_price: minimum,
    max_price: maximum,
    in_stock: inStock,
    ordering,
  } = query;
  return {
    audience: audienceOf(actor),
    search: search?.trim() ? search.trim() : null,
    category: category ?? null,
    minimumPrice: minimum === undefined ? null : smallestAtLeast(minimum, currency),
    maximumPrice: maximum === undefined ? null : largestAtMost(maximum, currency),
    inStock: inStock === undefined ? null : inStock === 'true',
    ordering,
  };
}

/** A bound beyond all money is as good as the largest. Otherwise it is compared exactly, however many digits it has: 9.995 is more than 9.99 and less than 10.00. */
function largestAtMost(decimal: string, currency: Currency): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  const digits = minorUnitDigits(currency);
  const minorUnits = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return minorUnits < LARGEST_MINOR_UNITS ? minorUnits : LARGEST_MINOR_UNITS;
}

function smallestAtLeast(decimal: string, currency: Currency): bigint {
  const beyond = (decimal.split('.')[1] ?? '').slice(minorUnitDigits(currency));
  const atMost = largestAtMost(decimal, currency);
  return /[1-9]/.test(beyond) && atMost < LARGEST_MINOR_UNITS ? atMost + 1n : atMost;
}

function toCommand(body: z.output<typeof createProductBody>) {
  const {
    name,
    slug,
    description,
    category_id: categoryId = null,
    attributes,
    tags,
    status,
  } = body;
  return {
    name,
    slug,
    description,
    categoryId,
    attributes,
    tags,
    status,
    images: [],
    variants: body.variants.map((variant) => ({
      sku: variant.sku,
      name: variant.name ?? undefined,
      price: variant.price,
      compareAtPrice: variant.compare_at_price ?? undefined,
      minimumPrice: variant.minimum_price ?? undefined,
      attributes: variant.attributes ?? undefined,
      stock: variant.stock ?? undefined,
      weightGrams: variant.weight_grams ?? undefined,
      taxClass: variant.tax_class ?? undefined,
    })),
  };
}
