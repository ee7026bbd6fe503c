import { z } from '@hono/zod-openapi';
import { Result } from 'neverthrow';

import {
  parseCountry,
  parseCustomerGroup,
  parseId,
  parseTag,
  Rate,
  type CategoryId,
  type FieldPath,
  type ProductId,
  type PromotionId,
} from '@kastoma/domain/core';
import { PROMOTION_CLASSES, THRESHOLD_BASES } from '@kastoma/domain/pricing';

import {
  moneyAnswer,
  moneyField,
  orNull,
  pageQuery,
  readBy,
  searchQuery,
  textField,
  timeAnswer,
  timeField,
  currencyField,
} from '../core/core.schemas.ts';
import type { KnownError } from '../core/problems.ts';

const percentageField = textField
  .openapi({ example: '8.875', description: 'Of a hundred, as decimal text.' })
  .transform(readBy((text: string) => Rate.parsePercentage(text)));
const countField = z.number().openapi({ type: 'integer', minimum: 1 });
const optionalCountField = z
  .number()
  .nullish()
  .openapi({ type: ['integer', 'null'], minimum: 1 });

const MOST_ENTRIES = 1_000;

/** A list of texts that are read one by one, once it is known that they are not too many. */
function listReadBy<Output, E extends KnownError>(
  text: z.ZodString,
  parse: (text: string, path: FieldPath) => Result<Output, E>,
) {
  const readAll = (texts: readonly string[]): Result<Output[], E & { path: FieldPath }> =>
    Result.combine(
      texts.map((entry, index) =>
        parse(entry, [index]).mapErr((error) => ({ ...error, path: [index] })),
      ),
    );
  return z.array(text).max(MOST_ENTRIES).transform(readBy(readAll));
}

const idField = textField.openapi({ format: 'uuid' });
const things = {
  product_ids: listReadBy(idField, parseId<ProductId>).nullish(),
  category_ids: listReadBy(idField, parseId<CategoryId>).nullish(),
  tags: listReadBy(textField.openapi({ example: 'sale' }), parseTag).nullish(),
};

const targetField = z
  .strictObject(things)
  .nullish()
  .openapi({ description: 'Whatever is in one of the lists; left out, everything.' });

const eligibleUnits = {
  target: targetField,
  maximum_units_per_variant: optionalCountField,
};

const effectField = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('percentage'),
    percentage: percentageField,
    ...eligibleUnits,
  }),
  z.strictObject({
    type: z.literal('fixed_amount'),
    amount: moneyField,
    spread: z.enum(['across', 'per_unit']),
    ...eligibleUnits,
  }),
  z.strictObject({
    type: z.literal('buy_x_get_y'),
    buy: countField,
    get: countField,
    percentage: percentageField,
    ...eligibleUnits,
  }),
  z.strictObject({ type: z.literal('free_shipping'), target: targetField }),
  z
    .strictObject({
      type: z.literal('shipping_discount'),
      percentage: percentageField.optional(),
      amount: moneyField.optional(),
      target: targetField,
    })
    .refine(
      ({ percentage, amount }) => (percentage === undefined) !== (amount === undefined),
      'Either a percentage or an amount is wanted.',
    ),
]);

const conditionsField = z.strictObject({
  ...things,
  minimum_subtotal: moneyField.nullish().openapi({ description: 'Reaching it is enough.' }),
  basis: z.enum(THRESHOLD_BASES).nullish().openapi({
    description:
      'Of the minimum subtotal: after earlier discounts, or before any; running unless told.',
  }),
  minimum_quantity: optionalCountField,
  price_range: z
    .strictObject({ from: moneyField.nullish(), to: moneyField.nullish() })
    .nullish()
    .openapi({ description: 'Of unit prices before any discount, both ends included.' }),
  customer_groups: listReadBy(
    textField.openapi({ example: 'friends' }),
    parseCustomerGroup,
  ).nullish(),
  first_order: z.boolean().nullish(),
  currency: currencyField.nullish(),
  shipping_countries: listReadBy(textField.openapi({ example: 'GB' }), parseCountry).nullish(),
});

const limitsField = z.strictObject({
  total: optionalCountField.openapi({ description: 'Uses by everybody together.' }),
  per_customer: optionalCountField,
  maximum_discount: moneyField.nullish().openapi({ description: 'On one order.' }),
  maximum_repeats: optionalCountField,
});

const terms = {
  class: z.enum(PROMOTION_CLASSES).nullish().openapi({
    description: 'Left out: line with a target or a buy X get Y, else order.',
  }),
  effects: z.array(effectField).optional(),
  effect: effectField.optional().openapi({ description: 'Short for effects with this one.' }),
  conditions: conditionsField.nullish(),
  limits: limitsField.nullish(),
  starts_at: timeField.nullish(),
  ends_at: timeField.nullish().openapi({ description: 'From this moment on it is over.' }),
  active: z.boolean().optional(),
  priority: z
    .number()
    .optional()
    .openapi({ type: 'integer', description: 'The higher one goes first; 0 unless told.' }),
  exclusive: z.boolean().optional(),
  combines_with: z.array(z.enum(PROMOTION_CLASSES)).optional(),
  gives_uses_back: z
    .boolean()
    .optional()
    .openapi({ description: 'Whether a cancelled order gives its use back; it does unless told.' }),
};

const nameField = textField.openapi({ example: 'A tenth off' });

function eitherEffectOrEffects(body: { effect?: unknown; effects?: unknown }): boolean {
  return body.effect === undefined || body.effects === undefined;
}

const NOT_BOTH = { path: ['effect'], message: 'Either effect or effects is wanted, not both.' };

/** A promotion that is made together with its coupon. */
export const promotionField = z
  .strictObject({ name: nameField, ...terms })
  .refine(eitherEffectOrEffects, NOT_BOTH);

export const createPromotionBody = z
  .strictObject({
    name: nameField,
    ...terms,
    automatic: z.boolean().default(true).openapi({
      description: 'Applies without a code until it has its first coupon. False: it waits for one.',
    }),
  })
  .refine(eitherEffectOrEffects, NOT_BOTH);

export const revisePromotionBody = z
  .strictObject({ name: nameField.optional(), ...terms })
  .refine(eitherEffectOrEffects, NOT_BOTH)
  .openapi({
    description:
      'What is left out stays. Of conditions and limits so does each that is left out, and one that is null goes.',
  });

export type PromotionBody = z.output<typeof promotionField>;
export type RevisePromotionBody = z.output<typeof revisePromotionBody>;
export type EffectBody = z.output<typeof effectField>;

export const promotionParams = z.object({
  id: z.string().transform(readBy(parseId<PromotionId>)),
});

export const promotionsQuery = z.object({
  ...pageQuery,
  active: z.enum(['true', 'false']).optional(),
  automatic: z.enum(['true', 'false']).optional(),
  search: searchQuery.optional().openapi({ description: 'A part of the name.' }),
});

const thingsAnswer = {
  product_ids: z.array(z.string()).optional(),
  category_ids: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
};
const targetAnswer = z.object(thingsAnswer).optional();
const unitsAnswer = {
  target: targetAnswer,
  maximum_units_per_variant: z.int().optional(),
};
const effectAnswer = z
  .union([
    z.object({ type: z.literal('percentage'), percentage: z.string(), ...unitsAnswer }),
    z.object({
      type: z.literal('fixed_amount'),
      amount: moneyAnswer,
      spread: z.enum(['across', 'per_unit']),
      ...unitsAnswer,
    }),
    z.object({
      type: z.literal('buy_x_get_y'),
      buy: z.int(),
      get: z.int(),
      percentage: z.string(),
      ...unitsAnswer,
    }),
    z.object({ type: z.literal('free_shipping'), target: targetAnswer }),
    z.object({
      type: z.literal('shipping_discount'),
      percentage: z.string(),
      target: targetAnswer,
    }),
    z.object({
      type: z.literal('shipping_discount'),
      amount: moneyAnswer,
      target: targetAnswer,
    }),
  ])
  .openapi('PromotionEffect');

export const promotionAnswer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    class: z.enum(PROMOTION_CLASSES),
    effects: z.array(effectAnswer),
    conditions: z.object({
      ...thingsAnswer,
      minimum_subtotal: moneyAnswer.optional(),
      basis: z.enum(THRESHOLD_BASES).optional(),
      minimum_quantity: z.int().optional(),
      price_range: z
        .object({ from: moneyAnswer.optional(), to: moneyAnswer.optional() })
        .optional(),
      customer_groups: z.array(z.string()).optional(),
      first_order: z.boolean().optional(),
      currency: z.string().optional(),
      shipping_countries: z.array(z.string()).optional(),
    }),
    limits: z.object({
      total: z.int().optional(),
      per_customer: z.int().optional(),
      maximum_discount: moneyAnswer.optional(),
      maximum_repeats: z.int().optional(),
    }),
    starts_at: orNull(timeAnswer),
    ends_at: orNull(timeAnswer),
    active: z.boolean(),
    automatic: z.boolean().openapi({ description: 'Applies without a code.' }),
    priority: z.int(),
    exclusive: z.boolean(),
    combines_with: z.array(z.enum(PROMOTION_CLASSES)),
    gives_uses_back: z.boolean(),
    version: z.int(),
    created_at: timeAnswer,
    updated_at: timeAnswer,
  })
  .openapi('Promotion');
