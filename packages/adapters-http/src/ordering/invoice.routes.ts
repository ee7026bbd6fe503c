import type { OrderQueries } from '@kastoma/application/ordering';

import { fileEndpoint, type Endpoint } from '../core/endpoint.ts';
import { INVOICE_POLICY, invoicePage } from './invoice.page.ts';
import { ownerSeenBy } from './order-access.ts';
import { orderParams } from './orders.schemas.ts';

const PAGE_TYPE = 'text/html';

/** What people print of an order. */
export function invoiceRoutes({
  orderQueries,
}: {
  readonly orderQueries: Pick<OrderQueries, 'find'>;
}): readonly Endpoint[] {
  return [
    fileEndpoint({
      method: 'get',
      path: '/orders/{id}/invoice',
      tag: 'Orders',
      summary: "Read the invoice of one of one's orders, or of a guest's by its token, as a page",
      permission: 'orders.follow',
      alsoFor: 'orders.read_all',
      guestToken: 'order',
      params: orderParams,
      types: [PAGE_TYPE],
      message: 'Invoice, to be printed or kept as a PDF',
      handle: ({ params, actor, shown }) =>
        ownerSeenBy({ actor, shown }, params.id, 'orders.read_all')
          .asyncAndThen((customerId) => orderQueries.find(params.id, customerId))
          .map((order) => ({
            type: `${PAGE_TYPE}; charset=utf-8`,
            name: `${order.number}.html`,
            parts: [invoicePage(order)],
            contentSecurityPolicy: INVOICE_POLICY,
          })),
    }),
  ];
}
