import { ResultAsync } from 'neverthrow';

import type {
  CouponQueries,
  CreateCoupon,
  CreateCouponCommand,
  DeleteCoupon,
  ReviseCoupon,
} from '@kastoma/application/pricing';

import { nothingAnswer, pageOnlyQuery } from '../core/core.schemas.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';
import {
  couponAnswer,
  couponParams,
  couponsQuery,
  createCouponBody,
  reviseCouponBody,
  usageAnswer,
  type CreateCouponBody,
} from './coupon.schemas.ts';
import { placedInBody, toDraft } from './promotion-body.ts';
import { presentCoupon, presentUsage } from './promotion.presenter.ts';

export type CouponUseCases = {
  readonly createCoupon: CreateCoupon;
  readonly reviseCoupon: ReviseCoupon;
  readonly deleteCoupon: DeleteCoupon;
  readonly couponQueries: CouponQueries;
};

const showsCoupon = {
  tag: 'Coupons',
  permission: 'promotions.manage',
  answer: couponAnswer,
  present: presentCoupon,
} as const;
const versionOf = ({ version }: { readonly version: number }) => version;

export function couponRoutes(useCases: CouponUseCases): readonly Endpoint[] {
  return [
    listEndpoint({
      ...showsCoupon,
      method: 'get',
      path: '/coupons',
      summary: 'List and search the coupons, the latest first',
      query: couponsQuery,
      message: 'Coupons',
      handle: ({ query: { active, promotion_id: promotionId = null, search, ...page } }) =>
        ResultAsync.fromSafePromise(
          useCases.couponQueries.list(
            {
              active: active === undefined ? null : active === 'true',
              promotionId,
              search: search?.trim() ? search.trim() : null,
            },
            toPageRequest(page),
          ),
        ),
    }),
    endpoint({
      ...showsCoupon,
      method: 'post',
      path: '/coupons',
      summary: 'Create a code for a promotion, or together with a new one',
      body: createCouponBody,
      idempotencyKey: 'accepted',
      status: 201,
      message: 'Coupon created',
      versionOf,
      handle: ({ body, context }) =>
        useCases.createCoupon
          .execute(toCommand(body), context)
          .mapErr((error) => placedInBody(error, body.promotion ?? {})),
    }),
    endpoint({
      ...showsCoupon,
      method: 'get',
      path: '/coupons/{id}',
      summary: 'Read a coupon with its promotion',
      params: couponParams,
      status: 200,
      message: 'Coupon',
      versionOf,
      handle: ({ params }) => useCases.couponQueries.find(params.id),
    }),
    endpoint({
      ...showsCoupon,
      method: 'patch',
      path: '/coupons/{id}',
      summary: 'Switch a coupon on or off; code and promotion stay',
      params: couponParams,
      body: reviseCouponBody,
      ifMatch: 'accepted',
      status: 200,
      message: 'Coupon changed',
      versionOf,
      handle: ({ params: { id }, body, expectedVersion, context }) => {
        const changes = { singleUse: body.single_use, active: body.active };
        return useCases.reviseCoupon.execute({ id, changes, expectedVersion }, context);
      },
    }),
    endpoint({
      ...showsCoupon,
      method: 'delete',
      path: '/coupons/{id}',
      summary: 'Delete a coupon; its promotion stays',
      params: couponParams,
      ifMatch: 'accepted',
      status: 200,
      message: 'Coupon deleted',
      answer: nothingAnswer,
      present: () => null,
      handle: ({ params: { id }, expectedVersion, context }) =>
        useCases.deleteCoupon.execute({ id, expectedVersion }, context),
    }),
    listEndpoint({
      ...showsCoupon,
      method: 'get',
      path: '/coupons/{id}/usages',
      summary: 'List the orders that a coupon was used on, the latest first',
      params: couponParams,
      query: pageOnlyQuery,
      message: 'Usages',
      answer: usageAnswer,
      present: presentUsage,
      handle: ({ params, query }) => useCases.couponQueries.usages(params.id, toPageRequest(query)),
    }),
  ];
}

function toCommand(body: CreateCouponBody): CreateCouponCommand {
  const { code, promotion_id: id, promotion, single_use: singleUse, active } = body;
  // The schema has seen to it that it is one of the two.
  const wanted =
    promotion === undefined ? { id: id as NonNullable<typeof id> } : { draft: toDraft(promotion) };
  return { code, singleUse, active, promotion: wanted };
}
