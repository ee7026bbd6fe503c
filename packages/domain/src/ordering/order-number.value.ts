import type { Instant } from '../core/instant.value.ts';

/** What people call an order: `KAS-2026-000123`, the year in UTC and a number that only grows. */
export type OrderNumber = string & { readonly __brand: 'OrderNumber' };

export function orderNumberOf(sequence: bigint, placedAt: Instant): OrderNumber {
  const year = new Date(placedAt).getUTCFullYear();
  return `KAS-${year}-${sequence.toString().padStart(6, '0')}` as OrderNumber;
}
