import { z } from '@hono/zod-openapi';

import { parseId, type CouponId, type PromotionId } from '@kastoma/domain/core';

import {
  moneyAnswer,
  orNull,
  pageQuery,
  readBy,
  searchQuery,
  textField,
  timeAnswer,
} from '../core/core.schemas.ts';
import { promotionAnswer, promotionField } from './promotion.schemas.ts';

const promotionIdField = textField
  .openapi({ format: 'uuid' })
  .transform(readBy(parseId<PromotionId>));

export const createCouponBody = z
  .strictObject({
    code: textField.openapi({
      example: 'WELCOME10',
      description: 'Compared without case: letters A to Z, digits, points, hyphens, underscores.',
    }),
    promotion_id: promotionIdField.optional().openapi({ description: 'One that is there.' }),
    promotion: promotionField
      .optional()
      .openapi({ description: 'A new one, made together with the coupon.' }),
    single_use: z.boolean().default(false).openapi({ description: 'For one order altogether.' }),
    active: z.boolean().default(true),
  })
  .refine((body) => (body.promotion_id === undefined) !== (body.promotion === undefined), {
    path: ['promotion'],
    message: 'Either promotion_id or promotion is wanted.',
  });

export type CreateCouponBody = z.output<typeof createCouponBody>;

export const reviseCouponBody = z.strictObject({
  single_use: z.boolean().optional(),
  active: z.boolean().optional(),
});

export const couponParams = z.object({ id: z.string().transform(readBy(parseId<CouponId>)) });

export const couponsQuery = z.object({
  ...pageQuery,
  active: z.enum(['true', 'false']).optional(),
  promotion_id: searchQuery
    .openapi({ format: 'uuid' })
    .transform(readBy(parseId<PromotionId>))
    .optional(),
  search: searchQuery
    .optional()
    .openapi({ description: "A part of the code or of the promotion's name." }),
});

export const couponAnswer = z
  .object({
    id: z.uuid(),
    code: z.string(),
    promotion: promotionAnswer,
    single_use: z.boolean(),
    active: z.boolean(),
    version: z.int(),
    created_at: timeAnswer,
  })
  .openapi('Coupon');

export const usageAnswer = z
  .object({
    order: z.object({ id: z.uuid(), number: z.string() }),
    customer: z
      .object({ id: z.uuid().nullable(), email: z.string().nullable() })
      .openapi({ description: 'A guest has no id.' }),
    amount: moneyAnswer,
    used_at: timeAnswer,
    given_back_at: orNull(timeAnswer).openapi({ description: 'Null while the use counts.' }),
  })
  .openapi('CouponUsage');
