import { ResultAsync } from 'neverthrow';

import type {
  CreatePromotion,
  DeletePromotion,
  PromotionQueries,
  RevisePromotion,
} from '@kastoma/application/pricing';

import { nothingAnswer } from '../core/core.schemas.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';
import { placedInBody, toChanges, toDraft } from './promotion-body.ts';
import { presentPromotion } from './promotion.presenter.ts';
import {
  createPromotionBody,
  promotionAnswer,
  promotionParams,
  promotionsQuery,
  revisePromotionBody,
} from './promotion.schemas.ts';

export type PromotionUseCases = {
  readonly createPromotion: CreatePromotion;
  readonly revisePromotion: RevisePromotion;
  readonly deletePromotion: DeletePromotion;
  readonly promotionQueries: PromotionQueries;
};

const showsPromotion = {
  tag: 'Promotions',
  permission: 'promotions.manage',
  answer: promotionAnswer,
  present: presentPromotion,
} as const;
const versionOf = ({ version }: { readonly version: number }) => version;

export function promotionRoutes(useCases: PromotionUseCases): readonly Endpoint[] {
  return [
    listEndpoint({
      ...showsPromotion,
      method: 'get',
      path: '/promotions',
      summary: 'List and search the promotions, the latest first',
      query: promotionsQuery,
      message: 'Promotions',
      handle: ({ query: { active, automatic, search, ...page } }) =>
        ResultAsync.fromSafePromise(
          useCases.promotionQueries.list(
            {
              active: active === undefined ? null : active === 'true',
              automatic: automatic === undefined ? null : automatic === 'true',
              search: search?.trim() ? search.trim() : null,
            },
            toPageRequest(page),
          ),
        ),
    }),
    endpoint({
      ...showsPromotion,
      method: 'post',
      path: '/promotions',
      summary: 'Create a promotion that takes no code',
      body: createPromotionBody,
      idempotencyKey: 'accepted',
      status: 201,
      message: 'Promotion created',
      versionOf,
      handle: ({ body, context }) =>
        useCases.createPromotion
          .execute({ ...toDraft(body), automatic: body.automatic }, context)
          .mapErr((error) => placedInBody(error, body)),
    }),
    endpoint({
      ...showsPromotion,
      method: 'get',
      path: '/promotions/{id}',
      summary: 'Read a promotion',
      params: promotionParams,
      status: 200,
      message: 'Promotion',
      versionOf,
      handle: ({ params }) => useCases.promotionQueries.find(params.id),
    }),
    endpoint({
      ...showsPromotion,
      method: 'patch',
      path: '/promotions/{id}',
      summary: 'Change what a promotion gives from now on',
      params: promotionParams,
      body: revisePromotionBody,
      ifMatch: 'required',
      status: 200,
      message: 'Promotion changed',
      versionOf,
      handle: ({ params: { id }, body, expectedVersion, context }) =>
        useCases.revisePromotion
          .execute({ id, changes: toChanges(body), expectedVersion }, context)
          .mapErr((error) => placedInBody(error, body)),
    }),
    endpoint({
      ...showsPromotion,
      method: 'delete',
      path: '/promotions/{id}',
      summary: 'Delete a promotion and its coupons; orders keep what they got',
      params: promotionParams,
      ifMatch: 'required',
      status: 200,
      message: 'Promotion deleted',
      answer: nothingAnswer,
      present: () => null,
      handle: ({ params: { id }, expectedVersion, context }) =>
        useCases.deletePromotion.execute({ id, expectedVersion }, context),
    }),
  ];
}
