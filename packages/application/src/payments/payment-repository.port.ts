import type { ResultAsync } from 'neverthrow';

import type { Payment } from '@kastoma/domain/payments';

export interface PaymentRepository {
  /** Stores a new payment with its events. */
  add(payment: Payment): ResultAsync<void, never>;
}
