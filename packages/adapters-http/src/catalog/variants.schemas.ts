import { z } from '@hono/zod-openapi';

import { parseId, type VariantId } from '@kastoma/domain/core';

import { moneyAnswer, moneyField, orNull, readBy, textField } from '../core/core.schemas.ts';
import { idOrSlugParams } from './catalog.schemas.ts';

const SECRET = 'Shown to staff alone.';
const NO_PROMOTION_BELOW = 'No promotion brings a unit below it.';

export const variantParams = idOrSlugParams.extend({
  variantId: textField.openapi({ format: 'uuid' }).transform(readBy(parseId<VariantId>)),
});

export const attributesField = z.record(z.string(), z.unknown());

const priceShape = {
  compare_at_price: moneyField.nullish().openapi({
    description: 'What it cost before, or costs elsewhere.',
  }),
  minimum_price: moneyField.nullish().openapi({
    description: `${NO_PROMOTION_BELOW} At most the price.`,
  }),
};
const millimetres = z.number().openapi({ type: 'integer', minimum: 1, maximum: 100_000 });

/** All that is said of a variant but its SKU and price; null is as good as left out. */
const describedShape = {
  ...priceShape,
  name: textField.nullish(),
  prices: z
    .array(z.strictObject({ price: moneyField, ...priceShape }))
    .max(1_000)
    .nullish()
    .openapi({
      example: [{ price: { amount: '17.99', currency: 'EUR' } }],
      description:
        "In other currencies than the store's, one each. In others it is not for sale: nothing is converted.",
    }),
  cost: moneyField.nullish().openapi({
    description: "What a unit costs the merchant, in the store's currency.",
  }),
  options: z
    .array(z.strictObject({ name: textField, value: textField }))
    .max(100)
    .nullish()
    .openapi({
      example: [{ name: 'Size', value: 'S' }],
      description: "One value of each of the product's options.",
    }),
  barcode: textField.nullish().openapi({
    example: '4006381333931',
    description: 'GTIN-8, -12 (UPC-A), -13 (EAN, ISBN) or -14, with its check digit.',
  }),
  attributes: attributesField.nullish(),
  weight_grams: z.number().nullish().openapi({ type: 'integer', minimum: 0 }),
  dimensions: z
    .strictObject({ length: millimetres, width: millimetres, height: millimetres })
    .nullish()
    .openapi({
      example: { length: 120, width: 80, height: 95 },
      description: 'Of one unit as it is packed, in whole millimetres.',
    }),
  tax_class: textField.nullish(),
};

const variantShape = {
  sku: textField.openapi({ example: 'MUG-BLUE' }),
  price: moneyField,
  ...describedShape,
};

const newVariantShape = {
  ...variantShape,
  stock: z
    .number()
    .nullish()
    .openapi({ type: 'integer', minimum: 0, description: 'Left out, none.' }),
};

export const createVariantBody = z.strictObject(newVariantShape);
export const replaceVariantBody = z.strictObject(variantShape);
export const changeVariantBody = z.strictObject({
  sku: variantShape.sku.optional(),
  price: moneyField.optional(),
  ...describedShape,
});

/** In a list that is all there is: one is known by its id, or else by its SKU. */
export const statedVariant = z.strictObject({
  ...variantShape,
  id: textField
    .openapi({ format: 'uuid' })
    .transform(readBy(parseId<VariantId>))
    .optional(),
});

export type VariantBody = z.output<typeof replaceVariantBody>;
export type ChangeVariantBody = z.output<typeof changeVariantBody>;

const priceAnswer = {
  compare_at_price: orNull(moneyAnswer),
  minimum_price: orNull(moneyAnswer).openapi({ description: `${NO_PROMOTION_BELOW} ${SECRET}` }),
};

export const variantAnswer = z
  .object({
    id: z.uuid(),
    sku: z.string(),
    name: z.string().nullable(),
    price: orNull(moneyAnswer).openapi({
      description: 'Null where it is not for sale in the currency that was asked for.',
    }),
    ...priceAnswer,
    prices: z.array(z.object({ price: moneyAnswer, ...priceAnswer })),
    cost: orNull(moneyAnswer).openapi({ description: SECRET }),
    options: z.array(z.object({ name: z.string(), value: z.string() })),
    in_stock: z.boolean(),
    barcode: z.string().nullable(),
    attributes: z.record(z.string(), z.unknown()),
    weight_grams: z.int().nullable(),
    dimensions: z.object({ length: z.int(), width: z.int(), height: z.int() }).nullable(),
    tax_class: z.string(),
  })
  .openapi('Variant');
