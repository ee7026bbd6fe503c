import { z } from '@hono/zod-openapi';

const errorSchema = z
  .object({
    code: z
      .string()
      .openapi({ example: 'ordering.out_of_stock', description: 'Stable; the wording is not.' }),
    message: z.string(),
    path: z.string().nullable().openapi({ example: 'lines.0.quantity' }),
    detail: z.record(z.string(), z.unknown()),
  })
  .openapi('Error');

const facetSchema = z
  .object({
    name: z.string().openapi({ example: 'attr.color' }),
    count_is_exact: z.boolean(),
    values: z.array(
      z.object({
        label: z.string(),
        query: z.record(z.string(), z.string()).openapi({
          example: { 'attr.color': 'red' },
          description: 'Parameters that leave these items alone in the list.',
        }),
        count: z.int(),
      }),
    ),
  })
  .openapi('Facet');

const paginationSchema = z
  .object({
    count: z
      .int()
      .nullable()
      .openapi({ description: 'A lower bound where it is not exact; null where nobody counts.' }),
    count_is_exact: z.boolean(),
    next: z.url().nullable(),
    previous: z.url().nullable(),
    page_size: z.int(),
    facets: z.array(facetSchema).optional().openapi({
      description:
        'Where `facets` asked for them: how many items of the whole list have which value.',
    }),
  })
  .openapi('Pagination');

export function successEnvelope(data: z.ZodType) {
  return z.object({
    success: z.literal(true),
    data,
    message: z.string(),
    errors: z.null(),
    pagination: z.null(),
  });
}

export function listEnvelope(item: z.ZodType) {
  return z.object({
    success: z.literal(true),
    data: z.array(item),
    message: z.string(),
    errors: z.null(),
    pagination: paginationSchema,
  });
}

export const failureEnvelope = z
  .object({
    success: z.literal(false),
    data: z.null(),
    message: z.string(),
    errors: z.array(errorSchema),
    pagination: z.null(),
  })
  .openapi('Failure');

export const problemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    path: z.string().nullable(),
    context: z.record(z.string(), z.unknown()),
    errors: z.array(errorSchema),
  })
  .openapi('ProblemDocument');
