import type { z } from '@hono/zod-openapi';
import { okAsync, ResultAsync } from 'neverthrow';

import {
  csvOf,
  CSV_HEADER,
  ndjsonOf,
  readCsv,
  readNdjson,
  type ExportFilter,
  type ImportQueries,
  type ProductExport,
  type ReceiveImport,
} from '@kastoma/application/catalog';

import { toFeedRequest } from '../core/cursors.ts';
import { endpoint, fileEndpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { uploadField } from '../core/read-upload.ts';
import { presentImport, presentImportProblem, reportFile } from './imports.presenters.ts';
import {
  CSV_TYPE,
  exportQuery,
  fileFormatQuery,
  IMPORT_TYPES,
  importAnswer,
  importParams,
  importProblemAnswer,
  importQuery,
  importsQuery,
  LARGEST_IMPORT_BYTES,
  NDJSON_TYPE,
  reportQuery,
} from './imports.schemas.ts';

export type ImportUseCases = {
  readonly receiveImport: ReceiveImport;
  readonly importQueries: ImportQueries;
  readonly productExport: ProductExport;
};

const own = { tag: 'Imports', permission: 'catalog.manage' } as const;
const showsImport = { answer: importAnswer, present: presentImport } as const;

export function importRoutes(useCases: ImportUseCases): readonly Endpoint[] {
  const { receiveImport, importQueries, productExport } = useCases;
  return [
    endpoint({
      ...own,
      ...showsImport,
      method: 'post',
      path: '/products/import',
      summary: 'Import products, prices and stock from a file, which is read while it arrives',
      query: importQuery,
      upload: { largestBytes: LARGEST_IMPORT_BYTES, types: IMPORT_TYPES },
      body: uploadField,
      status: 202,
      message: 'File received',
      handle: ({ body, query, context }) => {
        const format = body.type === CSV_TYPE ? 'csv' : 'ndjson';
        const rows = format === 'csv' ? readCsv(body.bytes) : readNdjson(body.bytes);
        return receiveImport.execute({ format, dryRun: query.dry_run, rows }, context);
      },
    }),
    fileEndpoint({
      ...own,
      method: 'get',
      path: '/products/export',
      summary: 'Export products, prices and stock as a file that an import takes back',
      query: exportQuery,
      manifold: { repeatable: ['tag'] },
      types: IMPORT_TYPES,
      holdsConnection: true,
      message: 'Products',
      handle: ({ query }) =>
        okAsync({
          ...typeOf(query.format),
          name: `products.${query.format}`,
          parts: exportFile(productExport, query.format, toExportFilter(query)),
        }),
    }),
    listEndpoint({
      ...own,
      method: 'get',
      path: '/imports',
      summary: 'List imports, the newest first',
      query: importsQuery,
      message: 'Imports',
      answer: importAnswer,
      present: presentImport,
      handle: ({ query }) => ResultAsync.fromSafePromise(importQueries.list(toFeedRequest(query))),
    }),
    endpoint({
      ...own,
      ...showsImport,
      method: 'get',
      path: '/imports/{id}',
      summary: 'Read how far an import is',
      params: importParams,
      status: 200,
      message: 'Import',
      handle: ({ params }) => importQueries.find(params.id),
    }),
    listEndpoint({
      ...own,
      method: 'get',
      path: '/imports/{id}/report',
      summary: 'List what was wrong in an import, by its line',
      params: importParams,
      query: reportQuery,
      message: 'Report',
      answer: importProblemAnswer,
      present: presentImportProblem,
      handle: ({ params, query }) => importQueries.report(params.id, toFeedRequest(query)),
    }),
    fileEndpoint({
      ...own,
      method: 'get',
      path: '/imports/{id}/report/file',
      summary: 'Read the whole report of an import as a file',
      params: importParams,
      query: fileFormatQuery,
      types: IMPORT_TYPES,
      message: 'Report',
      handle: ({ params, query: { format } }) =>
        importQueries.find(params.id).map(({ id }) => ({
          ...typeOf(format),
          name: `import-${id}.${format}`,
          parts: reportFile(importQueries, id, format),
        })),
    }),
  ];
}

function typeOf(format: 'csv' | 'ndjson') {
  return { type: format === 'csv' ? `${CSV_TYPE}; charset=utf-8` : NDJSON_TYPE };
}

function toExportFilter(query: z.output<typeof exportQuery>): ExportFilter {
  return {
    status: query.status ?? null,
    category: query.category ?? null,
    categoryTree: query.category_tree ?? null,
    inStock: query.in_stock === undefined ? null : query.in_stock === 'true',
    tags: query.tag ?? [],
  };
}

async function* exportFile(
  products: ProductExport,
  format: 'csv' | 'ndjson',
  filter: ExportFilter,
): AsyncGenerator<string> {
  if (format === 'csv') yield CSV_HEADER;
  const write = format === 'csv' ? csvOf : ndjsonOf;
  for await (const some of products.read(filter)) yield some.map(write).join('');
}
