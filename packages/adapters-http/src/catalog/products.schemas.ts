import { z } from '@hono/zod-openapi';

import { PRODUCT_STATUSES } from '@kastoma/domain/catalog';
import { parseCurrency, parseId, type ProductId } from '@kastoma/domain/core';

import {
  moneyAnswer,
  orNull,
  pageQuery,
  readBy,
  textField,
  timeAnswer,
} from '../core/core.schemas.ts';
import { categoryIdField, categoryReference, idOrSlugParams } from './catalog.schemas.ts';
import { imageAnswer } from './images.schemas.ts';
import {
  attributesField,
  createVariantBody,
  statedVariant,
  variantAnswer,
} from './variants.schemas.ts';

const tagsField = z
  .array(textField)
  .max(1_000)
  .openapi({
    example: ['new', 'gift'],
    description:
      'What promotions know it by: at most 50 different ones of 40 characters, kept in lower case and sorted.',
  });
const seoField = z
  .strictObject({ title: textField.nullish(), description: textField.nullish() })
  .openapi({ description: 'For search engines, where it is not the name and the description.' });
const optionsField = z
  .array(z.strictObject({ name: textField, values: z.array(textField).max(1_000) }))
  .max(100)
  .openapi({
    example: [{ name: 'Size', values: ['S', 'M'] }],
    description:
      'The axes along which the variants differ, at most 5. Each variant then names one value of each, and no two the same.',
  });

export const createProductBody = z.strictObject({
  name: textField.openapi({ example: 'Enamel mug' }),
  slug: textField.optional(),
  description: textField.default(''),
  category_id: categoryIdField.nullish(),
  attributes: attributesField.default({}),
  tags: tagsField.default([]),
  seo: seoField.nullish(),
  options: optionsField.default([]),
  status: z.enum(PRODUCT_STATUSES).default('published'),
  variants: z.array(createVariantBody).max(1_000),
});

const variantsField = z.array(statedVariant).max(1_000).openapi({
  description:
    'All that there are from now on, in this order. One is known by its id, or else by its SKU; what is left out of it goes.',
});

export const changeProductBody = z.strictObject({
  name: textField.optional(),
  slug: textField.optional().openapi({ description: 'The old one leads to the product, too.' }),
  description: textField.optional(),
  category_id: categoryIdField.nullish(),
  attributes: attributesField.optional(),
  tags: tagsField.optional(),
  seo: seoField.nullish(),
  options: optionsField.optional(),
  status: z.enum(PRODUCT_STATUSES).optional(),
  variants: variantsField.optional(),
});

/** What is left out is none; slug, status and variants stay. */
export const replaceProductBody = changeProductBody.extend({ name: textField });

export type ChangeProductBody = z.output<typeof changeProductBody>;
export type ReplaceProductBody = z.output<typeof replaceProductBody>;

export const currencyQuery = textField
  .openapi({ example: 'EUR', description: "The one that prices are in; left out, the store's." })
  .transform(readBy(parseCurrency))
  .optional();
export const inCurrencyQuery = z.object({ currency: currencyQuery });
export const pageInCurrencyQuery = z.object({ ...pageQuery, currency: currencyQuery });

const productIdField = textField.openapi({ format: 'uuid' }).transform(readBy(parseId<ProductId>));
export const relatedParams = idOrSlugParams.extend({ relatedId: productIdField });
export const setRelatedBody = z.strictObject({
  product_ids: z.array(productIdField).max(1_000).openapi({
    description: 'In the order in which they are shown, at most 50; never the product itself.',
  }),
});
export const addRelatedBody = z.strictObject({ product_id: productIdField });

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
  rating: z.object({ average: z.number().nullable(), count: z.int() }).openapi('Rating', {
    description:
      'Of the approved reviews: the average to two digits, and how many they are. Null while there is none.',
  }),
  primary_image: orNull(imageAnswer),
};

const highlights = z.object({ name: z.string(), description: z.string().nullable() }).openapi({
  example: { name: '<mark>Enamel</mark> mug', description: null },
  description:
    'Where `highlight` asked for it: the texts as HTML that holds nothing but `<mark>` around the words of the search.',
});

export const listingAnswer = z
  .object({ ...listing, highlights: highlights.optional() })
  .openapi('ProductListing');

export const productAnswer = z
  .object({
    ...listing,
    price: orNull(moneyAnswer).openapi({
      description: 'Null where no variant is for sale in the currency that was asked for.',
    }),
    description: z.string(),
    attributes: z.record(z.string(), z.unknown()),
    seo: z.object({ title: z.string().nullable(), description: z.string().nullable() }),
    options: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
    variants: z.array(variantAnswer),
    images: z.array(imageAnswer),
    related: z.array(z.object(listing)),
    version: z.int(),
    published_at: timeAnswer.nullable(),
    created_at: timeAnswer,
    updated_at: timeAnswer,
  })
  .openapi('Product');
