import type { Instant } from '@kastoma/domain/core';
import type { PaymentStatus } from '@kastoma/domain/ordering';

import type { PaymentStanding } from './order-payments.port.ts';

const SECURED: readonly PaymentStatus[] = ['authorized', 'paid', 'partially_refunded'];

/** Whether an order's money is there, or promised, and stays. */
export function isSecured(payments: readonly PaymentStanding[]): boolean {
  return payments.some(({ isAbandoned, status }) => !isAbandoned && SECURED.includes(status));
}

/** Whether nobody is to be waited for any more: money in hand may take its time, and a later attempt has its own. */
export function isOverdue(payments: readonly PaymentStanding[], since: Instant): boolean {
  return payments.every(
    ({ isAbandoned, method, createdAt }) =>
      isAbandoned || (method !== 'manual' && createdAt <= since),
  );
}
