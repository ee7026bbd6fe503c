import { ResultAsync } from 'neverthrow';

import type { PaymentRepository } from '@kastoma/application/payments';
import type { Payment } from '@kastoma/domain/payments';

import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { toTimestamp } from '../core/timestamp.ts';

export class PostgresPaymentRepository implements PaymentRepository {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;

  constructor(sql: Queryable, outbox: Outbox) {
    this.#sql = sql;
    this.#outbox = outbox;
  }

  add(payment: Payment): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#insert(payment));
  }

  async #insert({ state, version, pending }: Payment): Promise<void> {
    await this.#sql`
      insert into payments.payments (id, order_id, method, amount, currency, status, created_at, version)
      values (
        ${state.id}, ${state.orderId}, ${state.method}, ${state.amount.minorUnits}, ${state.amount.currency},
        ${state.status}, ${toTimestamp(state.createdAt)}, ${version}
      )
    `;
    await this.#outbox.record(pending);
  }
}
