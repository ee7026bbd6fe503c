import { err, ok, type Result } from 'neverthrow';

import type { Instant } from '../core/instant.value.ts';

/** What people call an order: `KAS-2026-000123`, the year in UTC and a number that only grows. */
export type OrderNumber = string & { readonly __brand: 'OrderNumber' };

export function orderNumberOf(sequence: bigint, placedAt: Instant): OrderNumber {
  const year = new Date(placedAt).getUTCFullYear();
  return `KAS-${year}-${sequence.toString().padStart(6, '0')}` as OrderNumber;
}

export type MalformedOrderNumber = { readonly code: 'ordering.malformed_order_number' };

const ORDER_NUMBER = /^KAS-[0-9]{1,6}-[0-9]{6,19}$/;

export function parseOrderNumber(text: string): Result<OrderNumber, MalformedOrderNumber> {
  return ORDER_NUMBER.test(text)
    ? ok(text as OrderNumber)
    : err({ code: 'ordering.malformed_order_number' });
}
