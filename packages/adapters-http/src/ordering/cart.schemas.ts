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

import { moneyAnswer, quantityField, readBy, textField } from '../core/core.schemas.ts';

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
  })
  .transform(({ variant_id: variantId, product_id: productId, quantity }, context) => {
    const choices: readonly Choice[] = [
      ...(variantId === undefined ? [] : [{ kind: 'variant' as const, variantId }]),
      ...(productId === undefined ? [] : [{ kind: 'product' as const, productId }]),
    ];
    const [choice, ...others] = choices;
    if (choice !== undefined && others.length === 0) return { choice, quantity };
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

export const totalsAnswer = z
  .object({
    subtotal: moneyAnswer,
    discount: moneyAnswer,
    shipping: moneyAnswer,
    tax: moneyAnswer,
    total: moneyAnswer,
  })
  .openapi('Totals');

const cart = {
  id: z.uuid().nullable().openapi({ description: 'Null until something is put in.' }),
  version: z.int(),
  currency: z.string(),
  items: z.array(
    z
      .object({
        id: z.uuid(),
        product_id: z.uuid(),
        variant_id: z.uuid(),
        name: z.string(),
        sku: z.string(),
        unit_price: moneyAnswer,
        quantity: z.int(),
        subtotal: moneyAnswer,
        discount: moneyAnswer,
        total: moneyAnswer,
        available: z
          .boolean()
          .openapi({ description: 'Whether that many units can be had right now.' }),
      })
      .openapi('CartItem'),
  ),
  coupons: z.array(z.string()),
  item_count: z.int(),
  shipping_method: z.string(),
  estimated: z.boolean().openapi({
    description: 'Nobody has chosen a shipping method yet; the amount is the default one’s.',
  }),
  totals: totalsAnswer,
  quote_hash: z.string(),
};

export const cartAnswer = z.object(cart).openapi('Cart');

export const quoteAnswer = z
  .object({
    ...cart,
    explanation: z.array(
      z
        .object({ step: z.string(), rule: z.string(), text: z.string(), amount: moneyAnswer })
        .openapi('PricingStep'),
    ),
  })
  .openapi('Quote');
