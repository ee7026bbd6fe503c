import { okAsync, ResultAsync } from 'neverthrow';

import type {
  CategoryQueries,
  CreateCategory,
  DefineAttributes,
  DeleteCategory,
  ProductQueries,
  ReviseCategory,
} from '@kastoma/application/catalog';
import type { StoreSettings } from '@kastoma/application/core';

import { nothingAnswer } from '../core/core.schemas.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';
import { idOrSlugParams } from './catalog.schemas.ts';
import {
  presentAttributes,
  presentBranch,
  presentCategory,
  presentCategoryDetail,
} from './categories.presenters.ts';
import {
  categoriesQuery,
  categoryAnswer,
  categoryAttributesAnswer,
  categoryDetailAnswer,
  categoryTreeAnswer,
  createCategoryBody,
  defineAttributesBody,
  moveCategoryBody,
  reviseCategoryBody,
} from './categories.schemas.ts';
import { listProducts, toProductFilter } from './product-filter.ts';
import { categoryProductsQuery, manifoldFilters } from './product-list.schemas.ts';
import { presentListing } from './products.presenters.ts';
import { listingAnswer } from './products.schemas.ts';

export type CategoryUseCases = {
  readonly createCategory: CreateCategory;
  readonly reviseCategory: ReviseCategory;
  readonly deleteCategory: DeleteCategory;
  readonly defineAttributes: DefineAttributes;
  readonly categoryQueries: CategoryQueries;
  readonly productQueries: ProductQueries;
};

const versionOf = ({ version }: { readonly version: number }) => version;
const reads = { tag: 'Categories', permission: 'catalog.browse' } as const;
const writes = { tag: 'Categories', permission: 'catalog.manage' } as const;
const showsDetail = {
  status: 200,
  answer: categoryDetailAnswer,
  present: presentCategoryDetail,
  versionOf,
} as const;
const showsAttributes = {
  params: idOrSlugParams,
  status: 200,
  answer: categoryAttributesAnswer,
  present: presentAttributes,
  versionOf,
} as const;

export function categoryRoutes(
  useCases: CategoryUseCases,
  settings: StoreSettings,
): readonly Endpoint[] {
  return [...readingRoutes(useCases, settings), ...writingRoutes(useCases)];
}

function readingRoutes(useCases: CategoryUseCases, settings: StoreSettings): readonly Endpoint[] {
  return [
    listEndpoint({
      ...reads,
      method: 'get',
      path: '/categories',
      summary: 'List the categories by name, or those right below one',
      query: categoriesQuery,
      message: 'Categories',
      answer: categoryAnswer,
      present: presentCategory,
      handle: ({ query: { parent = null, ...page } }) =>
        ResultAsync.fromSafePromise(useCases.categoryQueries.list({ parent }, toPageRequest(page))),
    }),
    endpoint({
      ...reads,
      method: 'get',
      path: '/categories/tree',
      summary: 'Read all categories as a tree',
      status: 200,
      message: 'Categories',
      answer: categoryTreeAnswer,
      present: (tree) => tree.map(presentBranch),
      handle: () => ResultAsync.fromSafePromise(useCases.categoryQueries.tree()),
    }),
    endpoint({
      ...reads,
      ...showsDetail,
      method: 'get',
      path: '/categories/{idOrSlug}',
      summary:
        'Read a category with the way to it and what stands right below it; a slug that it had before leads to it (301)',
      params: idOrSlugParams,
      message: 'Category',
      handle: ({ params }) => useCases.categoryQueries.find(params.idOrSlug),
    }),
    listEndpoint({
      ...reads,
      method: 'get',
      path: '/categories/{idOrSlug}/products',
      summary: 'Browse the products of a category and of all below it',
      params: idOrSlugParams,
      query: categoryProductsQuery,
      manifold: manifoldFilters,
      message: 'Products',
      answer: listingAnswer,
      present: presentListing,
      handle: ({ params: { idOrSlug }, query, actor }) =>
        ResultAsync.fromSafePromise(
          listProducts(
            useCases.productQueries,
            toProductFilter({ ...query, category_tree: idOrSlug }, actor, settings.currency),
            query,
          ),
        ).andThen((page) =>
          page.items.length > 0
            ? okAsync(page)
            : useCases.categoryQueries.find(idOrSlug).map(() => page),
        ),
    }),
    endpoint({
      ...reads,
      ...showsAttributes,
      method: 'get',
      path: '/categories/{idOrSlug}/attributes',
      summary: 'Read what a category says of the attributes of its products',
      message: 'Attributes',
      handle: ({ params }) => useCases.categoryQueries.attributes(params.idOrSlug),
    }),
  ];
}

function writingRoutes(useCases: CategoryUseCases): readonly Endpoint[] {
  return [
    endpoint({
      ...writes,
      ...showsDetail,
      method: 'post',
      path: '/categories',
      summary: 'Create a category',
      body: createCategoryBody,
      idempotencyKey: 'accepted',
      status: 201,
      message: 'Category created',
      handle: ({ body: { parent_id: parentId = null, ...fields }, context }) =>
        useCases.createCategory.execute({ ...fields, parentId }, context),
    }),
    endpoint({
      ...writes,
      ...showsDetail,
      method: 'patch',
      path: '/categories/{idOrSlug}',
      summary: 'Change what a category is called and where it stands',
      params: idOrSlugParams,
      body: reviseCategoryBody,
      ifMatch: 'accepted',
      message: 'Category changed',
      handle: ({ params, body: { parent_id: parentId, ...changes }, expectedVersion, context }) =>
        useCases.reviseCategory.execute({ ...params, changes, parentId, expectedVersion }, context),
    }),
    endpoint({
      ...writes,
      ...showsDetail,
      method: 'post',
      path: '/categories/{idOrSlug}/move',
      summary: 'Move a category with all that stands below it',
      params: idOrSlugParams,
      body: moveCategoryBody,
      ifMatch: 'accepted',
      message: 'Category moved',
      handle: ({ params, body: { parent_id: parentId, ...changes }, expectedVersion, context }) =>
        useCases.reviseCategory.execute({ ...params, changes, parentId, expectedVersion }, context),
    }),
    endpoint({
      ...writes,
      ...showsAttributes,
      method: 'put',
      path: '/categories/{idOrSlug}/attributes',
      summary: 'Say which attributes the products of a category and of all below it have',
      body: defineAttributesBody,
      ifMatch: 'required',
      message: 'Attributes defined',
      handle: ({ params, body: { definitions }, expectedVersion, context }) =>
        useCases.defineAttributes.execute({ ...params, definitions, expectedVersion }, context),
    }),
    endpoint({
      ...writes,
      method: 'delete',
      path: '/categories/{idOrSlug}',
      summary: 'Delete a category that nothing stands in',
      params: idOrSlugParams,
      ifMatch: 'accepted',
      status: 200,
      message: 'Category deleted',
      answer: nothingAnswer,
      present: () => null,
      handle: ({ params, expectedVersion, context }) =>
        useCases.deleteCategory.execute({ ...params, expectedVersion }, context),
    }),
  ];
}
