import {
  pageOfRelated,
  type ProductQueries,
  type RelateProducts,
} from '@kastoma/application/catalog';

import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';
import { audienceOf } from './audience.ts';
import { idOrSlugParams } from './catalog.schemas.ts';
import { presentListing, presentProduct } from './products.presenters.ts';
import {
  addRelatedBody,
  listingAnswer,
  pageInCurrencyQuery,
  productAnswer,
  relatedParams,
  setRelatedBody,
} from './products.schemas.ts';

export type RelatedUseCases = {
  readonly relateProducts: RelateProducts;
  readonly productQueries: ProductQueries;
};

const writes = {
  tag: 'Products',
  permission: 'catalog.manage',
  status: 200,
  message: 'Related products changed',
  answer: productAnswer,
  present: presentProduct,
  versionOf: ({ version }: { readonly version: number }) => version,
} as const;

export function relatedRoutes({
  relateProducts,
  productQueries,
}: RelatedUseCases): readonly Endpoint[] {
  return [
    listEndpoint({
      method: 'get',
      path: '/products/{idOrSlug}/related',
      tag: 'Products',
      summary: 'List what goes with a product, the best first',
      permission: 'catalog.browse',
      params: idOrSlugParams,
      query: pageInCurrencyQuery,
      message: 'Related products',
      answer: listingAnswer,
      present: presentListing,
      handle: ({ params, query, actor }) =>
        productQueries
          .find(params.idOrSlug, audienceOf(actor), query.currency)
          .map((product) => pageOfRelated(product, toPageRequest(query))),
    }),
    endpoint({
      ...writes,
      method: 'put',
      path: '/products/{idOrSlug}/related',
      summary: 'Say anew what goes with a product',
      params: idOrSlugParams,
      body: setRelatedBody,
      ifMatch: 'required',
      handle: ({ params, body, expectedVersion, context }) =>
        relateProducts.execute(
          { ...params, kind: 'set', productIds: body.product_ids, expectedVersion },
          context,
        ),
    }),
    endpoint({
      ...writes,
      method: 'post',
      path: '/products/{idOrSlug}/related',
      summary: 'Add one more product, behind those that go with this one',
      params: idOrSlugParams,
      body: addRelatedBody,
      idempotencyKey: 'accepted',
      ifMatch: 'accepted',
      handle: ({ params, body, expectedVersion, context }) =>
        relateProducts.execute(
          { ...params, kind: 'add', productId: body.product_id, expectedVersion },
          context,
        ),
    }),
    endpoint({
      ...writes,
      method: 'delete',
      path: '/products/{idOrSlug}/related/{relatedId}',
      summary: 'Take one product away from those that go with this one; it stays in the catalogue',
      params: relatedParams,
      ifMatch: 'required',
      handle: ({ params: { idOrSlug, relatedId }, expectedVersion, context }) =>
        relateProducts.execute(
          { idOrSlug, kind: 'remove', productId: relatedId, expectedVersion },
          context,
        ),
    }),
  ];
}
