import { z } from '@hono/zod-openapi';
import { ok } from 'neverthrow';

import type { Choice } from '@kastoma/application/ordering';
import {
  LARGEST_QUANTITY,
  parseId,
  parseQuantity,
  type CartItemId,
  type ProductId,
  type VariantId,
} from '@kastoma/domain/core';
import { parseCouponCode } from '@kastoma/domain/pricing';

import {
  addressAnswer,
  addressField,
  currencyField,
  moneyAnswer,
  orNull,
  quantityField,
  readBy,
  textField,
} from '../core/core.schemas.ts';
import {
  appliedPromotionAnswer,
  pricedLine,
  pricesAnswer,
  shippingAnswer,
  totalsAnswer,
} from './frozen-price.schemas.ts';

export const addItemBody = z
  .strictObject({
    variant_id: textField
      .openapi({ format: 'uuid' })
      .transform(readBy(parseId<VariantId>))
      .optional(),
    product_id: textField
      .openapi({ format: 'uuid' })
      .transform(readBy(parseId<ProductId>))
      .optional(),
    quantity: quantityField,
    currency: currencyField
      .openapi({
        description:
          "What a new cart is priced in; left out, the shop's. 409 where it has another.",
      })
      .optional(),
  })
  .transform(({ variant_id: variantId, product_id: productId, quantity, currency }, context) => {
    const choices: readonly Choice[] = [
      ...(variantId === undefined ? [] : [{ kind: 'variant' as const, variantId }]),
      ...(productId === undefined ? [] : [{ kind: 'product' as const, productId }]),
    ];
    const [choice, ...others] = choices;
    if (choice !== undefined && others.length === 0)
      return { choice, quantity, currency: currency ?? null };
    context.addIssue({
      code: 'custom',
      path: ['variant_id'],
      message: 'Name either a variant_id or a product_id.',
    });
    return z.NEVER;
  });

export const itemParams = z.object({
  id: z
    .string()
    .transform(readBy(parseId<CartItemId>))
    .openapi({ format: 'uuid' }),
});

export const changeItemBody = z.strictObject({
  /** Zero takes the item out. */
  quantity: z
    .number()
    .openapi({
      type: 'integer',
      minimum: 0,
      maximum: LARGEST_QUANTITY,
      description: 'Zero takes the item out.',
    })
    .transform(readBy((quantity: number) => (quantity === 0 ? ok(null) : parseQuantity(quantity)))),
});

export const chooseShippingBody = z.strictObject({
  method: textField.openapi({ example: 'express' }),
});

export const chooseAddressBody = addressField;

export const presentCouponBody = z.strictObject({
  code: textField.openapi({ example: 'SUMMER' }).transform(readBy(parseCouponCode)),
});

export const couponParams = z.object({
  code: z.string().transform(readBy(parseCouponCode)),
});

const coupon = {
  code: z.string(),
  promotion: orNull(
    z.object({ id: z.string(), name: z.string() }).openapi('PromotionName'),
  ).openapi({
    description:
      'Null where the code is unknown, and for a promotion that is switched off or has not begun; when a code is validated, wherever it is not valid.',
  }),
  discount: moneyAnswer.openapi({ description: 'Off goods and shipping together.' }),
  reason: z.string().nullable().openapi({
    example: 'coupon.expired',
    description: 'Why it takes nothing off; null when it does.',
  }),
  message: z.string().nullable().openapi({ description: 'The reason in one sentence.' }),
};

export const couponValidationAnswer = z
  .object({ valid: z.boolean(), ...coupon })
  .openapi('CouponValidation');

const item = {
  id: z.uuid(),
  product_id: z.uuid(),
  variant_id: z.uuid(),
  name: z.string(),
  sku: z.string(),
};

const available = z
  .boolean()
  .openapi({ description: 'Whether that many units can be had right now.' });

const cart = {
  id: z.uuid().nullable().openapi({ description: 'Null until something is put in.' }),
  version: z.int(),
  currency: z.string(),
  items: z.array(
    z
      .object({
        ...item,
        unit_price: moneyAnswer,
        quantity: z.int(),
        subtotal: moneyAnswer,
        discount: moneyAnswer,
        total: moneyAnswer,
        available,
      })
      .openapi('CartItem'),
  ),
  changes: z
    .array(
      z
        .object({
          code: z.enum(['cart.price_changed', 'cart.not_for_sale', 'cart.less_available']),
          item_id: z.uuid(),
          product_id: z.uuid(),
          variant_id: z.uuid(),
          message: z.string(),
          from: orNull(moneyAnswer).openapi({
            description: 'What a unit cost when it was put in.',
          }),
          to: orNull(moneyAnswer),
          wanted: z.int().nullable(),
          available: z.int().nullable(),
        })
        .openapi('CartChange'),
    )
    .openapi({ description: 'What has become of the items since they were put in.' }),
  coupons: z.array(z.object({ applied: z.boolean(), ...coupon }).openapi('CartCoupon')),
  item_count: z.int(),
  shipping_method: z.string(),
  shipping_address: orNull(addressAnswer).openapi({
    description: "Null until one is given; until then prices are those of the shop's country.",
  }),
  estimated: z.boolean().openapi({
    description:
      'True until the cart has an address and a way of shipping was chosen: another answer may change the amounts.',
  }),
  totals: totalsAnswer,
  quote_hash: z.string(),
};

export const cartAnswer = z.object(cart).openapi('Cart');

export const cartMergeAnswer = z
  .object({
    items: z.array(
      z
        .object({
          product_id: z.uuid(),
          variant_id: z.uuid(),
          before: z.int().openapi({ description: "Units in the customer's cart before." }),
          after: z.int(),
          left_out: z.int().openapi({ description: 'Units that the limits of a cart kept out.' }),
        })
        .openapi('MergedItem'),
    ),
    coupons_added: z.array(z.string()),
    coupons_left_out: z.array(z.string()),
    shipping_method_changed: z.boolean(),
    shipping_address_changed: z.boolean(),
  })
  .openapi('CartMerge', {
    description: "What has changed in the customer's cart when a guest's was poured into it.",
  });

export const mergedCartAnswer = z
  .object({
    ...cart,
    merge: orNull(cartMergeAnswer).openapi({
      description: 'Null when there was nothing to merge: no such cart, or none any more.',
    }),
  })
  .openapi('MergedCart');

export const quoteAnswer = z
  .object({
    ...cart,
    prices: pricesAnswer,
    items: z.array(z.object({ ...item, ...pricedLine, available }).openapi('QuoteItem')),
    shipping: orNull(shippingAnswer).openapi({ description: 'Null when the cart is empty.' }),
    promotions: z
      .array(appliedPromotionAnswer)
      .openapi({ description: 'In the order in which they were applied.' }),
    rejected: z
      .array(
        z
          .object({
            code: z.string().openapi({ example: 'promotion.below_minimum' }),
            promotion_id: z.string().nullable().openapi({
              description:
                'Null where the code is unknown, and for a promotion that is switched off or has not begun.',
            }),
            coupon_code: z.string().nullable(),
            message: z.string(),
          })
          .openapi('RejectedPromotion'),
      )
      .openapi({ description: 'Every promotion and every code that takes nothing off, and why.' }),
    explanation: z.array(
      z
        .object({
          step: z.string(),
          rule: z.string(),
          text: z.string(),
          promotion_id: z.string().nullable(),
          coupon_code: z.string().nullable(),
          exact: z.string().openapi({
            example: '3.0075',
            description:
              'The amount before rounding: decimal text, or a fraction where that would never end (`10/3`).',
          }),
          amount: moneyAnswer,
          shares: z.array(
            z.object({ item_id: z.uuid(), amount: moneyAnswer }).openapi('ItemShare'),
          ),
        })
        .openapi('PricingStep'),
    ),
  })
  .openapi('Quote');
