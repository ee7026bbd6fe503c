import { z } from '@hono/zod-openapi';

import { PRODUCT_ORDERINGS } from '@kastoma/application/catalog';
import { PRODUCT_STATUSES } from '@kastoma/domain/catalog';
import { parseId, type CategoryId } from '@kastoma/domain/core';

import {
  moneyAnswer,
  moneyField,
  orNull,
  pageQuery,
  readBy,
  searchQuery,
  textField,
  timeAnswer,
} from '../core/core.schemas.ts';

const categoryIdField = textField
  .openapi({ format: 'uuid' })
  .transform(readBy(parseId<CategoryId>));
const attributesField = z.record(z.string(), z.unknown());

export const idOrSlugParams = z.object({
  idOrSlug: z.string().min(1).openapi({ description: 'An id or a slug.' }),
});

export const createProductBody = z.strictObject({
  name: textField.openapi({ example: 'Enamel mug' }),
  slug: textField.optional(),
  description: textField.default(''),
  category_id: categoryIdField.nullish(),
  attributes: attributesField.default({}),
  tags: z
    .array(textField)
    .max(1_000)
    .default([])
    .openapi({
      example: ['new', 'gift'],
      description:
        'What promotions know it by: at most 50 different ones of 40 characters, kept in lower case and sorted.',
    }),
  status: z.enum(PRODUCT_STATUSES).default('published'),
  variants: z
    .array(
      z.strictObject({
        sku: textField.openapi({ example: 'MUG-BLUE' }),
        name: textField.nullish(),
        price: moneyField,
        compare_at_price: moneyField.nullish(),
        minimum_price: moneyField.nullish().openapi({
          description: 'No promotion brings a unit below it. At most the price.',
        }),
        attributes: attributesField.nullish(),
        stock: z
          .number()
          .nullish()
          .openapi({ type: 'integer', minimum: 0, description: 'Left out, none.' }),
        weight_grams: z.number().nullish().openapi({ type: 'integer', minimum: 0 }),
        tax_class: textField.nullish(),
      }),
    )
    .max(1_000),
});

const priceQuery = z
  .string()
  .max(40)
  .regex(/^\d+(?:\.\d+)?$/, 'An amount such as 19.99 is wanted.')
  .optional()
  .openapi({
    example: '19.99',
    description: "In the store's currency; the bound is part of the range.",
  });

export const productsQuery = z.object({
  ...pageQuery,
  search: searchQuery.optional().openapi({
    description: 'Words, each of which the name or a SKU contains; the first ten count.',
  }),
  category: searchQuery.optional().openapi({ description: "A category's id or slug." }),
  min_price: priceQuery,
  max_price: priceQuery,
  in_stock: z.enum(['true', 'false']).optional(),
  ordering: z.enum(PRODUCT_ORDERINGS).default('-created_at'),
});

export const createCategoryBody = z.strictObject({
  name: textField.openapi({ example: 'Kitchen' }),
  slug: textField.optional(),
  parent_id: categoryIdField.nullish(),
  description: textField.default(''),
});

const categoryReference = z.object({ id: z.uuid(), slug: z.string(), name: z.string() });
const imageAnswer = z.object({ url: z.string(), alt: z.string() }).openapi('Image');

const listing = {
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  status: z.enum(PRODUCT_STATUSES),
  price: moneyAnswer,
  compare_at_price: orNull(moneyAnswer),
  sku: z.string(),
  category: categoryReference.nullable(),
  tags: z.array(z.string()),
  in_stock: z.boolean(),
  rating: z
    .object({ average: z.number().nullable(), count: z.int() })
    .openapi('Rating', { description: 'Null while nobody has rated it.' }),
  primary_image: orNull(imageAnswer),
};

export const listingAnswer = z.object(listing).openapi('ProductListing');

export const productAnswer = z
  .object({
    ...listing,
    description: z.string(),
    attributes: z.record(z.string(), z.unknown()),
    variants: z.array(
      z
        .object({
          id: z.uuid(),
          sku: z.string(),
          name: z.string().nullable(),
          price: moneyAnswer,
          compare_at_price: orNull(moneyAnswer),
          minimum_price: orNull(moneyAnswer).openapi({
            description: 'No promotion brings a unit below it. Shown to staff alone.',
          }),
          in_stock: z.boolean(),
          attributes: z.record(z.string(), z.unknown()),
          weight_grams: z.int().nullable(),
          tax_class: z.string(),
        })
        .openapi('Variant'),
    ),
    images: z.array(imageAnswer),
    related: z.array(z.object(listing)),
    version: z.int(),
    created_at: timeAnswer,
    updated_at: timeAnswer,
  })
  .openapi('Product');

export const categoryAnswer = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    parent_id: z.uuid().nullable(),
    product_count: z.int(),
    version: z.int(),
  })
  .openapi('Category');
