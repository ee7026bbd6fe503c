import { z } from '@hono/zod-openapi';

import { IMPORT_STATUSES } from '@kastoma/application/catalog';
import { PRODUCT_STATUSES } from '@kastoma/domain/catalog';

import { orNull, timeAnswer } from '../core/core.schemas.ts';
import { cursorKey, feedQuery } from '../core/cursors.ts';
import { tagQuery } from './product-list.schemas.ts';

export const LARGEST_IMPORT_BYTES = 1_073_741_824;
export const CSV_TYPE = 'text/csv';
export const NDJSON_TYPE = 'application/x-ndjson';
export const IMPORT_TYPES = [CSV_TYPE, NDJSON_TYPE];

export const importQuery = z.object({
  dry_run: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .openapi({
      type: 'boolean',
      description: 'Checks everything, reports it, and changes nothing.',
    }),
});

export const importParams = z.object({ id: z.guid() });

export const importsQuery = z.object(
  feedQuery({ '-created_at': z.tuple([cursorKey.instant, cursorKey.id]) }),
);

export const reportQuery = z.object(feedQuery({ line: z.tuple([cursorKey.wholeNumber]) }));

export const fileFormatQuery = z.object({ format: z.enum(['csv', 'ndjson']).default('csv') });

export const exportQuery = fileFormatQuery.extend({
  status: z.enum(PRODUCT_STATUSES).optional(),
  category: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .openapi({ description: 'The slug or the id of a category, for what stands in it.' }),
  category_tree: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .openapi({ description: 'The same with all categories below it.' }),
  in_stock: z.enum(['true', 'false']).optional(),
  tag: tagQuery.optional(),
});

export const importAnswer = z
  .object({
    id: z.guid(),
    format: z.enum(['csv', 'ndjson']),
    dry_run: z.boolean(),
    status: z.enum(IMPORT_STATUSES),
    total_rows: z.int(),
    done_rows: z.int(),
    counts: z.object({
      created: z.int(),
      updated: z.int(),
      unchanged: z.int(),
      failed_rows: z.int(),
    }),
    started_by: z.string(),
    created_at: timeAnswer,
    finished_at: orNull(timeAnswer),
  })
  .openapi('Import');

export const importProblemAnswer = z
  .object({
    line: z.int(),
    sku: z.string().nullable(),
    column: z.string().nullable(),
    code: z.string(),
    message: z.string(),
  })
  .openapi('ImportProblem');
