import { z } from '@hono/zod-openapi';

import { parseId, type CartId } from '@kastoma/domain/core';

import { moneyAnswer, orNull, readBy, textField } from '../core/core.schemas.ts';
import { totalsAnswer } from '../ordering/frozen-price.schemas.ts';
import { promotionField } from './promotion.schemas.ts';

const MOST_ORDERS = 200;

export const simulateBody = z
  .strictObject({
    promotion: promotionField,
    cart_id: textField
      .openapi({ format: 'uuid' })
      .transform(readBy(parseId<CartId>))
      .optional(),
    last_orders: z.int().min(1).max(MOST_ORDERS).optional().openapi({
      description:
        'So many orders, the latest first: with the unit prices, quantities and codes that they froze, under the promotions, taxes and shipping rates of today as they would have held when each was placed.',
    }),
  })
  .refine(
    ({ cart_id: cartId, last_orders: lastOrders }) =>
      (cartId === undefined) !== (lastOrders === undefined),
    { path: ['cart_id'], message: 'Name either a cart_id or how many last_orders.' },
  );

export type SimulateBody = z.output<typeof simulateBody>;

const changeAnswer = z
  .object({ before: moneyAnswer, after: moneyAnswer, difference: moneyAnswer })
  .openapi('AmountChange');

const differencesAnswer = z
  .object({
    discount: moneyAnswer,
    shipping: moneyAnswer,
    tax: moneyAnswer,
    total: moneyAnswer,
  })
  .openapi('Differences', { description: 'With the draft less without it.' });

const chargedAnswer = z
  .object({ discount: moneyAnswer, shipping: moneyAnswer, tax: moneyAnswer, total: moneyAnswer })
  .openapi('ChargedAmounts');

const rejectedCodeAnswer = z
  .object({
    code: z.string().openapi({ example: 'coupon.unknown' }),
    coupon_code: z.string(),
    message: z.string(),
  })
  .openapi('RejectedCode');

export const simulationAnswer = z
  .object({
    carts: z.array(
      z
        .object({
          kind: z.enum(['cart', 'order']),
          id: z.uuid(),
          number: z.string().nullable(),
          currency: z.string(),
          charged: orNull(chargedAnswer).openapi({
            description:
              'What the order froze when it was placed: discount off the goods, shipping, tax and total. Null for a cart.',
          }),
          changed: z.boolean(),
          before: orNull(totalsAnswer).openapi({
            description:
              'What it would cost today without the draft; for an order this may differ from what was charged.',
          }),
          after: orNull(totalsAnswer).openapi({
            description: 'What it would cost today with the draft.',
          }),
          rejected: z.array(rejectedCodeAnswer).openapi({
            description:
              'Codes of the cart or order that take nothing off today without the draft, and why; one that is not there any more is `coupon.unknown`.',
          }),
          differences: orNull(differencesAnswer),
          promotions: z.array(
            z
              .object({
                promotion_id: z.string(),
                name: z.string(),
                change: z.enum(['begins', 'stops', 'changes']),
                discount: changeAnswer,
                shipping_discount: changeAnswer,
              })
              .openapi('PromotionChange'),
          ),
          reason: z.string().nullable().openapi({
            example: 'promotion.below_minimum',
            description: 'Why the draft takes nothing off, or why there is no price at all.',
          }),
          message: z.string().nullable(),
        })
        .openapi('SimulatedCart'),
    ),
    summary: z
      .array(
        z
          .object({
            currency: z.string(),
            carts: z.int(),
            changed: z.int(),
            differences: differencesAnswer,
            not_priceable: z.array(z.object({ code: z.string(), carts: z.int() })),
          })
          .openapi('SimulationSummary'),
      )
      .openapi({ description: 'By currency.' }),
  })
  .openapi('Simulation');
