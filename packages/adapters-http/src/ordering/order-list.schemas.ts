import { z } from '@hono/zod-openapi';

import { EVERY_ORDER, ORDER_ORDERINGS, type OrderFilter } from '@kastoma/application/ordering';
import { parseId, type Currency, type UserId } from '@kastoma/domain/core';
import { parseEmailAddress } from '@kastoma/domain/identity';
import { FULFILMENT_STATUSES, ORDER_STATUSES, PAYMENT_STATUSES } from '@kastoma/domain/ordering';

import { fileFormatQuery } from '../catalog/imports.schemas.ts';
import { largestAtMost, smallestAtLeast } from '../core/amount-bounds.ts';
import { currencyField, readBy, textField, timeField } from '../core/core.schemas.ts';
import { checkCursor, cursorKey, pageOrFeedQuery } from '../core/cursors.ts';

const amountQuery = z
  .string()
  .max(40)
  .regex(/^\d+(?:\.\d+)?$/, 'An amount such as 19.99 is wanted.')
  .optional()
  .openapi({
    example: '19.99',
    description: 'In the currency, which has to be named; the bound is part of the range.',
  });

const byTime = z.tuple([cursorKey.instant, cursorKey.id]);
const byTotal = z.tuple([cursorKey.amount, cursorKey.id]);
const places = { '-placed_at': byTime, placed_at: byTime, '-total': byTotal, total: byTotal };

const filters = {
  status: z.enum(ORDER_STATUSES).optional(),
  payment_status: z.enum(PAYMENT_STATUSES).optional(),
  fulfilment_status: z.enum(FULFILMENT_STATUSES).optional(),
  customer: textField.transform(readBy(parseId<UserId>)).optional(),
  email: textField
    .transform(readBy(parseEmailAddress))
    .optional()
    .openapi({ description: 'Given with the order, or of the account of its customer.' }),
  number: z.string().max(40).optional().openapi({ example: 'KAS-2026-000123' }),
  placed_after: timeField.optional().openapi({ description: 'At that time or later.' }),
  placed_before: timeField.optional().openapi({ description: 'Before that time.' }),
  currency: currencyField.optional(),
  min_total: amountQuery,
  max_total: amountQuery,
  ordering: z.enum(ORDER_ORDERINGS).default('-placed_at'),
};
type Bounded = {
  readonly currency?: Currency | undefined;
  readonly min_total?: string | undefined;
  readonly max_total?: string | undefined;
};

function namesCurrency(query: Bounded): boolean {
  return (
    query.currency !== undefined || (query.min_total === undefined && query.max_total === undefined)
  );
}

const CURRENCY_WANTED = { path: ['currency'], error: 'An amount is one in a currency: name it.' };

export const ordersQuery = z
  .object({ ...pageOrFeedQuery(places), ...filters })
  .refine(namesCurrency, CURRENCY_WANTED)
  .superRefine((query, context) => checkCursor(query, query.ordering, context));

/** The same orders as a file. */
export const orderExportQuery = z
  .object({ ...fileFormatQuery.shape, ...filters })
  .refine(namesCurrency, CURRENCY_WANTED);

/** What the query asks for. */
export function toOrderFilter(
  query: Omit<z.output<typeof orderExportQuery>, 'format'>,
): OrderFilter {
  const { currency, min_total: minimum, max_total: maximum } = query;
  const totals =
    currency === undefined
      ? {}
      : {
          currency,
          minimumTotal: minimum === undefined ? null : smallestAtLeast(minimum, currency),
          maximumTotal: maximum === undefined ? null : largestAtMost(maximum, currency),
        };
  return {
    ...EVERY_ORDER,
    ...totals,
    status: query.status ?? null,
    paymentStatus: query.payment_status ?? null,
    fulfilmentStatus: query.fulfilment_status ?? null,
    customerId: query.customer ?? null,
    email: query.email ?? null,
    number: query.number?.trim().toUpperCase() ?? null,
    placedFrom: query.placed_after ?? null,
    placedBefore: query.placed_before ?? null,
    ordering: query.ordering,
  };
}
