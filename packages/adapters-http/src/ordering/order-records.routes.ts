import type {
  OrderHistoryView,
  OrderNote,
  OrderReader,
  OrderRecords,
  WriteOrderNote,
} from '@kastoma/application/ordering';
import { formatInstant, type OrderId } from '@kastoma/domain/core';
import { isAllowed } from '@kastoma/domain/identity';

import { pageOnlyQuery } from '../core/core.schemas.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';
import { ownerSeenBy } from './order-access.ts';
import { historyAnswer, orderNoteAnswer, orderNoteBody } from './order-records.schemas.ts';
import { orderParams } from './orders.schemas.ts';

export type OrderRecordUseCases = {
  readonly orderRecords: OrderRecords;
  readonly writeOrderNote: WriteOrderNote;
};

const ofOrder = { tag: 'Orders', params: orderParams } as const;
const reads = {
  ...ofOrder,
  method: 'get',
  permission: 'orders.follow',
  alsoFor: 'orders.read_all',
  guestToken: 'order',
  query: pageOnlyQuery,
} as const;

/** What has become of an order, and what was written down about it. */
export function orderRecordRoutes({
  orderRecords,
  writeOrderNote,
}: OrderRecordUseCases): readonly Endpoint[] {
  return [
    listEndpoint({
      ...reads,
      path: '/orders/{id}/history',
      summary: 'Read every change of an order with who made it and when, the oldest first',
      message: 'Changes of the order',
      answer: historyAnswer,
      present: presentChange,
      handle: ({ params, query, ...asking }) =>
        readerOf(asking, params.id).asyncAndThen((reader) =>
          orderRecords.history(params.id, reader, toPageRequest(query)),
        ),
    }),
    listEndpoint({
      ...reads,
      path: '/orders/{id}/notes',
      summary: 'Read what was written down about an order; internal notes are for staff',
      message: 'Notes on the order',
      answer: orderNoteAnswer,
      present: presentNote,
      handle: ({ params, query, ...asking }) =>
        readerOf(asking, params.id).asyncAndThen((reader) =>
          orderRecords.notes(params.id, reader, toPageRequest(query)),
        ),
    }),
    endpoint({
      ...ofOrder,
      method: 'post',
      path: '/orders/{id}/notes',
      summary: 'Write something down about an order',
      permission: 'orders.manage',
      body: orderNoteBody,
      idempotencyKey: 'accepted',
      status: 201,
      message: 'Note written',
      answer: orderNoteAnswer,
      present: presentNote,
      handle: ({ params, body, context }) =>
        writeOrderNote.execute({ orderId: params.id, ...body }, context),
    }),
  ];
}

function readerOf(asking: Parameters<typeof ownerSeenBy>[0], id: OrderId) {
  const isStaff = isAllowed(asking.actor, 'orders.read_all');
  return ownerSeenBy(asking, id, 'orders.read_all').map((customerId): OrderReader => ({
    customerId,
    isStaff,
  }));
}

function presentChange({ type, at, ...change }: OrderHistoryView) {
  const [, name = type] = type.split('.');
  return { ...change, change: name, at: formatInstant(at) };
}

function presentNote({ id, orderId, author, text, internal, at }: OrderNote) {
  return { id, order_id: orderId, author, text, internal, written_at: formatInstant(at) };
}
