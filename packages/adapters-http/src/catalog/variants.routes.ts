import {
  pageOfVariants,
  variantOf,
  type AddVariant,
  type ChangeVariant,
  type ProductQueries,
  type RemoveVariant,
} from '@kastoma/application/catalog';

import { nothingAnswer } from '../core/core.schemas.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';
import { audienceOf } from './audience.ts';
import { idOrSlugParams } from './catalog.schemas.ts';
import { toVariant, toVariantChanges, toVariantReplacement } from './product-body.ts';
import { inCurrencyQuery, pageInCurrencyQuery } from './products.schemas.ts';
import { presentOneVariant, presentVariant } from './variants.presenters.ts';
import {
  changeVariantBody,
  createVariantBody,
  replaceVariantBody,
  variantAnswer,
  variantParams,
} from './variants.schemas.ts';

export type VariantUseCases = {
  readonly addVariant: AddVariant;
  readonly changeVariant: ChangeVariant;
  readonly removeVariant: RemoveVariant;
  readonly productQueries: ProductQueries;
};

const reads = { tag: 'Products', permission: 'catalog.browse' } as const;
const writes = { tag: 'Products', permission: 'catalog.manage' } as const;
const ofVariant = {
  params: variantParams,
  path: '/products/{idOrSlug}/variants/{variantId}',
} as const;
const showsVariant = {
  answer: variantAnswer,
  present: presentOneVariant,
  /** A variant changes with its product. */
  versionOf: ({ version }: { readonly version: number }) => version,
} as const;

export function variantRoutes(useCases: VariantUseCases): readonly Endpoint[] {
  return [
    listEndpoint({
      ...reads,
      method: 'get',
      path: '/products/{idOrSlug}/variants',
      summary: 'List the variants of a product, in its order',
      params: idOrSlugParams,
      query: pageInCurrencyQuery,
      message: 'Variants',
      answer: variantAnswer,
      present: presentVariant,
      handle: ({ params, query, actor }) =>
        useCases.productQueries
          .find(params.idOrSlug, audienceOf(actor), query.currency)
          .map((product) => pageOfVariants(product, toPageRequest(query))),
    }),
    endpoint({
      ...writes,
      ...showsVariant,
      method: 'post',
      path: '/products/{idOrSlug}/variants',
      summary: 'Offer a product in one more form, with its first stock',
      params: idOrSlugParams,
      body: createVariantBody,
      idempotencyKey: 'accepted',
      ifMatch: 'accepted',
      status: 201,
      message: 'Variant added',
      handle: ({ params, body: { stock, ...variant }, expectedVersion, context }) =>
        useCases.addVariant.execute(
          { ...params, variant: toVariant(variant), stock: stock ?? undefined, expectedVersion },
          context,
        ),
    }),
    endpoint({
      ...reads,
      ...ofVariant,
      ...showsVariant,
      method: 'get',
      summary: 'Read a variant; its version is that of the product',
      query: inCurrencyQuery,
      status: 200,
      message: 'Variant',
      handle: ({ params, query, actor }) =>
        useCases.productQueries
          .find(params.idOrSlug, audienceOf(actor), query.currency)
          .andThen((product) => variantOf(product, params.variantId)),
    }),
    endpoint({
      ...writes,
      ...ofVariant,
      ...showsVariant,
      method: 'put',
      summary: 'Say anew all that a variant is',
      body: replaceVariantBody,
      ifMatch: 'required',
      status: 200,
      message: 'Variant changed',
      handle: ({ params, body, expectedVersion, context }) =>
        useCases.changeVariant.execute(
          { ...params, changes: toVariantReplacement(body), expectedVersion },
          context,
        ),
    }),
    endpoint({
      ...writes,
      ...ofVariant,
      ...showsVariant,
      method: 'patch',
      summary: 'Change a variant; what is left out stays, and what is null goes',
      body: changeVariantBody,
      ifMatch: 'required',
      status: 200,
      message: 'Variant changed',
      handle: ({ params, body, expectedVersion, context }) =>
        useCases.changeVariant.execute(
          { ...params, changes: toVariantChanges(body), expectedVersion },
          context,
        ),
    }),
    endpoint({
      ...writes,
      ...ofVariant,
      method: 'delete',
      summary: 'Take a variant away, unless it is the last; orders keep it',
      ifMatch: 'required',
      status: 200,
      message: 'Variant removed',
      answer: nothingAnswer,
      present: () => null,
      handle: ({ params, expectedVersion, context }) =>
        useCases.removeVariant.execute({ ...params, expectedVersion }, context),
    }),
  ];
}
