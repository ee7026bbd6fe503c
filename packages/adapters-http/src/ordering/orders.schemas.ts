import { z } from '@hono/zod-openapi';

import { parseId, type OrderId } from '@kastoma/domain/core';
import { parseEmailAddress } from '@kastoma/domain/identity';
import { FULFILMENT_STATUSES, MOST_COUPON_CODES, PAYMENT_STATUSES } from '@kastoma/domain/ordering';
import { parseCouponCode } from '@kastoma/domain/pricing';

import {
  addressAnswer,
  addressField,
  readBy,
  textField,
  timeAnswer,
} from '../core/core.schemas.ts';
import { paymentAnswer, tokenField } from '../payments/payments.schemas.ts';
import {
  appliedPromotionAnswer,
  pricedLine,
  pricesAnswer,
  shippingAnswer,
  totalsAnswer,
} from './frozen-price.schemas.ts';
import { fulfilmentAnswer } from './fulfilments.schemas.ts';
import { orderRefundAnswer } from './refunds.schemas.ts';

export const placeOrderBody = z.strictObject({
  shipping_address: addressField
    .nullish()
    .openapi({ description: "Left out, the cart's stands; 422 where it has none." }),
  billing_address: addressField.nullish(),
  shipping_method: textField
    .nullish()
    .openapi({ example: 'standard', description: "Left out, the cart's choice stands." }),
  coupons: z
    .array(textField.openapi({ example: 'SUMMER' }).transform(readBy(parseCouponCode)))
    .max(MOST_COUPON_CODES)
    .nullish()
    .openapi({
      description: "The codes of the order. Left out, the cart's stand; an empty list: none do.",
    }),
  payment_method: textField.openapi({ example: 'manual' }),
  payment_token: tokenField.nullish().openapi({
    description: "What is paid with, by the provider's own name for it; never a card number.",
  }),
  email: textField.transform(readBy(parseEmailAddress)).nullish().openapi({
    example: 'ada@example.com',
    description:
      "Where to write about this order; left out, to the customer's own address. A guest has to say one.",
  }),
  quote_hash: z
    .string()
    .max(200)
    .nullish()
    .openapi({ description: 'The quote that the customer saw; 409 when it has changed.' }),
  notes: textField.default(''),
});

export const orderParams = z.object({
  id: z
    .string()
    .transform(readBy(parseId<OrderId>))
    .openapi({ format: 'uuid' }),
});

export const orderAnswer = z
  .object({
    id: z.uuid(),
    number: z.string().openapi({ example: 'KAS-2026-000123' }),
    status: z.string().openapi({ example: 'pending' }),
    cancel_reason: z
      .string()
      .nullable()
      .openapi({ description: 'Of a cancelled order; `expired` where nobody paid in time.' }),
    payment_status: z.enum(PAYMENT_STATUSES),
    fulfilment_status: z.enum(FULFILMENT_STATUSES),
    currency: z.string(),
    prices: pricesAnswer,
    items: z.array(
      z
        .object({
          id: z.uuid(),
          product_id: z.uuid(),
          variant_id: z.uuid(),
          sku: z.string(),
          name: z.string(),
          ...pricedLine,
        })
        .openapi('OrderItem'),
    ),
    shipping: shippingAnswer,
    promotions: z.array(appliedPromotionAnswer),
    totals: totalsAnswer,
    email: z
      .string()
      .nullable()
      .openapi({ description: 'Where to write about this order, where one said so.' }),
    shipping_address: addressAnswer,
    billing_address: addressAnswer,
    shipping_method: z.string(),
    payment_method: z.string(),
    payments: z.array(paymentAnswer),
    fulfilments: z.array(fulfilmentAnswer),
    refunds: z.array(orderRefundAnswer),
    notes: z.string(),
    placed_at: timeAnswer,
    version: z.int(),
  })
  .openapi('Order');

export const placedOrderAnswer = z
  .object({
    ...orderAnswer.shape,
    order_token: z.string().optional().openapi({
      description:
        "A guest's key to this order, to be sent as `X-Order-Token`; left out for those who are signed in.",
    }),
  })
  .openapi('PlacedOrder');

export const lookUpOrderBody = z.strictObject({
  number: textField.max(100).openapi({ example: 'KAS-2026-000123' }),
  email: textField.transform(readBy(parseEmailAddress)).openapi({
    example: 'ada@example.com',
    description: 'The one that the order was placed with.',
  }),
});
