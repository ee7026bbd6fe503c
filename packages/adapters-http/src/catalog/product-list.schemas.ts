import { z } from '@hono/zod-openapi';

import {
  PRODUCT_ORDERINGS,
  type AttributeFilter,
  type FacetName,
  type ProductOrdering,
} from '@kastoma/application/catalog';
import { PRODUCT_STATUSES } from '@kastoma/domain/catalog';
import { parseTag } from '@kastoma/domain/core';

import { readBy, searchQuery, timeField } from '../core/core.schemas.ts';
import { checkCursor, cursorKey, pageOrFeedQuery } from '../core/cursors.ts';
import type { FamilyMembers } from '../core/query-parameters.ts';
import { currencyQuery } from './products.schemas.ts';

const MOST_ATTRIBUTES = 10;
const MOST_VALUES = 20;
const MOST_FACETS = 10;
const LONGEST_NAME = 100;
const LONGEST_VALUE = 200;

/** Of a search: words as they stand, or the nearest ones. */
const step = z.int().min(0).max(1);
const rating = z.int().min(0).max(5_000);
const byText = z.tuple([step, cursorKey.text, cursorKey.id]);
const byAmount = z.tuple([step, cursorKey.amount, cursorKey.id]);
const byInstant = z.tuple([step, cursorKey.instant, cursorKey.id]);
const byRating = z.tuple([step, rating, cursorKey.id]);
const places = {
  relevance: z.tuple([step, z.int().min(0).max(2_147_483_647), cursorKey.id]),
  name: byText,
  '-name': byText,
  price: byAmount,
  '-price': byAmount,
  created_at: byInstant,
  '-created_at': byInstant,
  rating: byRating,
  '-rating': byRating,
};

const priceQuery = z
  .string()
  .max(40)
  .regex(/^\d+(?:\.\d+)?$/, 'An amount such as 19.99 is wanted.')
  .optional()
  .openapi({
    example: '19.99',
    description: 'In the currency of the list; the bound is part of the range.',
  });

const ratingQuery = z
  .string()
  .regex(/^(?:[0-4](?:\.\d{1,3})?|5(?:\.0{1,3})?)$/, 'A number of stars from 0 to 5 is wanted.')
  .transform((stars) => Math.round(Number(stars) * 1_000))
  .openapi({ type: 'string', example: '4', description: 'So many stars on average, or more.' });

export const tagQuery = z
  .array(z.string().transform(readBy((text: string) => parseTag(text, []))))
  .max(MOST_VALUES)
  .openapi({
    type: 'array',
    items: { type: 'string' },
    description: 'May be there more than once: one of them is enough.',
  });

/** `attr.<name>`, as the route gathers them. */
const attributesQuery = z
  .custom<FamilyMembers>((given) => Array.isArray(given), 'Attributes are named: attr.<name>.')
  .superRefine((members, context) => {
    const refuse = (name: string, message: string) =>
      context.addIssue({ code: 'custom', input: name, path: [name], message });
    for (const [name, values] of members) {
      if (name === '' || name.length > LONGEST_NAME)
        refuse(name, `A name of at most ${LONGEST_NAME} characters is wanted.`);
      if (values.length > MOST_VALUES) refuse(name, `At most ${MOST_VALUES} values are allowed.`);
      if (values.some((value) => value.length > LONGEST_VALUE))
        refuse(name, `At most ${LONGEST_VALUE} characters are allowed.`);
    }
    const [more] = members.slice(MOST_ATTRIBUTES);
    if (more !== undefined) refuse(more[0], `At most ${MOST_ATTRIBUTES} attributes are allowed.`);
  })
  .transform((members): readonly AttributeFilter[] =>
    members.map(([name, values]) => ({ name, values })),
  )
  .openapi({
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string' } },
    param: { name: 'attr', in: 'query', style: 'form', explode: true },
    description:
      'Parameters `attr.<name>`: what attributes or options have at least one of these values, each as often as wanted. For example `attr.color=red&attr.color=blue`.',
  });

const FACET = /^(?:category|price|in_stock|rating|attr\..{1,100})$/su;

const facetsQuery = z
  .string()
  .max(1_100)
  .transform((text) => [...new Set(text.split(',').filter((name) => name !== ''))])
  .pipe(
    z
      .array(
        z.custom<FacetName>(
          (name) => typeof name === 'string' && FACET.test(name),
          'One of these is wanted: category, price, in_stock, rating, attr.<name>.',
        ),
      )
      .max(MOST_FACETS),
  )
  .openapi({
    type: 'string',
    example: 'category,price,attr.color',
    description:
      'How many products have which category, price, in_stock, rating or attr.<name>: names with commas between them. A facet is not narrowed by its own filter.',
  });

const filters = {
  search: searchQuery.optional().openapi({
    description:
      'Words, each of which a name, a SKU, the category, an attribute, a tag or the description holds; of the last one the beginning is enough. The first ten count. Where nothing is found, the nearest words that products have are taken.',
  }),
  min_price: priceQuery,
  max_price: priceQuery,
  currency: currencyQuery,
  in_stock: z.enum(['true', 'false']).optional(),
  rating_min: ratingQuery.optional(),
  tag: tagQuery.optional(),
  attr: attributesQuery.optional(),
  created_after: timeField.optional().openapi({ description: 'At that time or later.' }),
  created_before: timeField.optional().openapi({ description: 'Before that time.' }),
  status: z
    .enum(PRODUCT_STATUSES)
    .optional()
    .openapi({ description: 'For staff: shoppers see what is published.' }),
  ordering: z.enum(PRODUCT_ORDERINGS).optional().openapi({
    description:
      'Left out, `relevance` where something is searched for, and the latest first otherwise.',
  }),
  facets: facetsQuery.optional(),
  highlight: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ description: 'Whether the words of the search are marked.' }),
};

const inCategories = {
  category: searchQuery.optional().openapi({ description: "A category's id or slug." }),
  category_tree: searchQuery.optional().openapi({
    description: "A category's id or slug: its products, and those of all categories below it.",
  }),
};

type Ordered = {
  readonly search?: string | undefined;
  readonly ordering?: ProductOrdering | undefined;
};

export function isSearching({ search }: Ordered): boolean {
  return search !== undefined && search.trim() !== '';
}

export function orderingOf(query: Ordered): ProductOrdering {
  return query.ordering ?? (isSearching(query) ? 'relevance' : '-created_at');
}

function checkOrdering(
  query: Ordered & Parameters<typeof checkCursor>[0],
  context: z.RefinementCtx,
): void {
  if (query.ordering === 'relevance' && !isSearching(query)) {
    const message = 'Without a search nothing is more relevant than anything else.';
    context.addIssue({ code: 'custom', input: query.ordering, path: ['ordering'], message });
  }
  checkCursor(query, orderingOf(query), context);
}

export const productsQuery = z
  .object({ ...pageOrFeedQuery(places), ...filters, ...inCategories })
  .superRefine(checkOrdering);

/** For a list that is a category's own. */
export const categoryProductsQuery = z
  .object({ ...pageOrFeedQuery(places), ...filters })
  .superRefine(checkOrdering);

/** What of both may be there more than once. */
export const manifoldFilters = { repeatable: ['tag'], families: ['attr'] };

export type ProductsQuery = z.output<typeof productsQuery>;
