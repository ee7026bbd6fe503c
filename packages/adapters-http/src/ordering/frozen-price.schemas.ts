import { z } from '@hono/zod-openapi';

import { PRICE_MODES, PROMOTION_CLASSES } from '@kastoma/domain/ordering';

import { moneyAnswer } from '../core/core.schemas.ts';

// What a quote shows of a price, and an order froze of it.

export const pricesAnswer = z.enum(PRICE_MODES).openapi({
  description: 'Whether the tax is part of the prices, or comes on top of them.',
});

const shares = {
  discount: moneyAnswer,
  discounts: z.array(
    z.object({ promotion_id: z.string(), amount: moneyAnswer }).openapi('DiscountShare'),
  ),
  tax_relief: moneyAnswer.openapi({
    description: 'Tax that the price held and that an exempt buyer does not pay.',
  }),
  tax: moneyAnswer.openapi({ description: 'Whether or not it is part of the price.' }),
  taxes: z.array(z.object({ rule_id: z.string(), amount: moneyAnswer }).openapi('TaxShare')),
  total: moneyAnswer.openapi({ description: 'Without tax that comes on top.' }),
};

/** What a line of a quote and an item of an order have in common. */
export const pricedLine = {
  unit_price: moneyAnswer,
  quantity: z.int(),
  subtotal: moneyAnswer,
  ...shares,
  units: z.array(
    z
      .object({
        quantity: z.int(),
        total: moneyAnswer.openapi({ description: 'Of one unit, after discounts.' }),
        tax: moneyAnswer,
      })
      .openapi('UnitRun', {
        description: 'So many units at these amounts each: what is paid back for one of them.',
      }),
  ),
};

export const shippingAnswer = z
  .object({
    method: z.string(),
    rate: moneyAnswer.openapi({ description: 'Before promotions.' }),
    ...shares,
  })
  .openapi('ShippingCharge');

export const appliedPromotionAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    class: z.enum(PROMOTION_CLASSES),
    coupon_code: z.string().nullable().openapi({ description: 'Null when it is automatic.' }),
    discount: moneyAnswer.openapi({ description: 'Off the goods.' }),
    shipping_discount: moneyAnswer,
  })
  .openapi('AppliedPromotion');

export const totalsAnswer = z
  .object({
    subtotal: moneyAnswer.openapi({ description: 'Of the goods, before discounts.' }),
    discount: moneyAnswer.openapi({ description: 'Off the goods.' }),
    tax_relief: moneyAnswer,
    shipping: moneyAnswer.openapi({ description: 'After its discounts.' }),
    tax: moneyAnswer.openapi({ description: 'On goods and shipping.' }),
    total: moneyAnswer,
  })
  .openapi('Totals');
