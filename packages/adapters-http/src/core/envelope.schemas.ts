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

const paginationSchema = z
  .object({
    count: z.int().openapi({ description: 'A lower bound where it is not exact.' }),
    count_is_exact: z.boolean(),
    next: z.url().nullable(),
    previous: z.url().nullable(),
    page_size: z.int(),
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
