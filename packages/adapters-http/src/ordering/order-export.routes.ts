import { okAsync } from 'neverthrow';

import type { OrderExport, OrderFilter } from '@kastoma/application/ordering';

import { CSV_TYPE, IMPORT_TYPES, NDJSON_TYPE } from '../catalog/imports.schemas.ts';
import { fileEndpoint, type Endpoint } from '../core/endpoint.ts';
import { csvOfOrder, ndjsonOfOrder, ORDER_CSV_HEADER } from './order-export.presenter.ts';
import { orderExportQuery, toOrderFilter } from './order-list.schemas.ts';

export type OrderExportUseCases = { readonly orderExport: OrderExport };

export function orderExportRoutes({ orderExport }: OrderExportUseCases): readonly Endpoint[] {
  return [
    fileEndpoint({
      method: 'get',
      path: '/orders/export',
      tag: 'Orders',
      summary: 'Export orders as a file with a row for each item; filters are those of the list',
      permission: 'orders.read_all',
      query: orderExportQuery,
      types: IMPORT_TYPES,
      holdsConnection: true,
      message: 'Orders',
      handle: ({ query }) =>
        okAsync({
          type: query.format === 'csv' ? `${CSV_TYPE}; charset=utf-8` : NDJSON_TYPE,
          name: `orders.${query.format}`,
          parts: exportFile(orderExport, query.format, toOrderFilter(query)),
        }),
    }),
  ];
}

async function* exportFile(
  orders: OrderExport,
  format: 'csv' | 'ndjson',
  filter: OrderFilter,
): AsyncGenerator<string> {
  if (format === 'csv') yield ORDER_CSV_HEADER;
  const write = format === 'csv' ? csvOfOrder : ndjsonOfOrder;
  for await (const some of orders.read(filter)) yield some.map(write).join('');
}
