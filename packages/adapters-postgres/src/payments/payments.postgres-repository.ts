import { err, ok, ResultAsync } from 'neverthrow';
import type postgres from 'postgres';

import type { ConcurrentUpdate } from '@kastoma/application/core';
import {
  declineReasonOf,
  OPERATION_LEASE_MILLISECONDS,
  type PaymentReader,
  type PaymentRepository,
} from '@kastoma/application/payments';
import type { Instant, OrderId, PaymentId, PaymentOperationId } from '@kastoma/domain/core';
import {
  isOpen,
  type OperationNotFound,
  type Payment,
  type PaymentMethod,
  type PaymentNotFound,
  type PaymentOperation,
} from '@kastoma/domain/payments';

import type { Queryable } from '../core/database.ts';
import { LastWrites } from '../core/last-writes.ts';
import type { Outbox } from '../core/outbox.ts';
import { toTimestamp } from '../core/timestamp.ts';
import { inOrder, paymentsWithOperations, toPayments, type PaymentRow } from './payment-rows.ts';

export class PostgresPaymentReader implements PaymentReader {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  find(id: PaymentId): ResultAsync<Payment, PaymentNotFound> {
    return ResultAsync.fromSafePromise(read(this.#sql, [id])).andThen(firstOf);
  }
}

export class PostgresPaymentRepository implements PaymentRepository {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;
  readonly #last: LastWrites | null;

  /** With `last`, a new payment is written when the work ends. */
  constructor(sql: Queryable, outbox: Outbox, last: LastWrites | null = null) {
    this.#sql = sql;
    this.#outbox = outbox;
    this.#last = last;
  }

  add(payment: Payment): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#insert(payment));
  }

  save(payment: Payment): ResultAsync<void, ConcurrentUpdate> {
    return ResultAsync.fromSafePromise(this.#update(payment)).andThen((updated) =>
      updated ? ok() : err({ code: 'core.concurrent_update' as const }),
    );
  }

  find(id: PaymentId): ResultAsync<Payment, PaymentNotFound> {
    return this.#hold(this.#sql`where id = ${id} for update`).andThen(firstOf);
  }

  findByReference(method: PaymentMethod, reference: string): ResultAsync<Payment, PaymentNotFound> {
    return this.#hold(
      this.#sql`where method = ${method} and reference = ${reference} for update`,
    ).andThen(firstOf);
  }

  findByOperation(id: PaymentOperationId): ResultAsync<Payment, OperationNotFound> {
    const asked = this.#sql`select payment_id from payments.operations where id = ${id}`;
    return this.#hold(this.#sql`where id = (${asked}) for update`).andThen(([payment]) =>
      payment === undefined ? err({ code: 'payments.operation_not_found' as const }) : ok(payment),
    );
  }

  ofOrder(orderId: OrderId): ResultAsync<readonly Payment[], never> {
    return this.#hold(this.#sql`where order_id = ${orderId} order by id for update`);
  }

  findToGiveBack(now: Instant): ResultAsync<Payment, PaymentNotFound> {
    return this.#hold(this.#sql`
      where give_back_at <= ${toTimestamp(now)}
      order by give_back_at
      limit 1
      for update skip locked
    `).andThen(firstOf);
  }

  /** Two statements: operations are read after whoever held the payment before has committed. */
  #hold(clause: postgres.Fragment): ResultAsync<readonly Payment[], never> {
    return ResultAsync.fromSafePromise(this.#heldBy(clause));
  }

  async #heldBy(clause: postgres.Fragment): Promise<readonly Payment[]> {
    await this.#last?.sendBefore('payments.payments');
    const held = await this.#sql<{ id: PaymentId }[]>`select id from payments.payments ${clause}`;
    return read(
      this.#sql,
      held.map(({ id }) => id),
    );
  }

  /** One statement, whether a provider is to be asked or not: it is a part of placing an order. */
  async #insert(payment: Payment): Promise<void> {
    const { state, version, pending } = payment;
    const writes = this.#last ?? new LastWrites(this.#sql);
    const columns = {
      id: state.id,
      order_id: state.orderId,
      method: state.method,
      amount: state.amount.minorUnits,
      currency: state.amount.currency,
      created_at: toTimestamp(state.createdAt),
      version,
      ...changingColumns(payment),
    };
    writes.insert('payments.payments', [columns]);
    writes.insert('payments.operations', operationRows(payment));
    if (this.#last === null) await writes.send();
    await this.#outbox.record(pending);
  }

  async #update(payment: Payment): Promise<boolean> {
    const sql = this.#sql;
    const { state, version, storedVersion, pending } = payment;
    const { toGiveBack } = payment;
    const dueAt = toGiveBack?.notBefore ?? null;
    const givenUp = toGiveBack !== null && dueAt === null;
    const updated = await sql`
      update payments.payments
      set
        ${sql({ version, ...changingColumns(payment) })},
        give_back_at = case
          when ${givenUp} then 'infinity'::timestamptz
          else ${dueAt === null ? null : toTimestamp(dueAt)}::timestamptz
        end
      where id = ${state.id} and version = ${storedVersion}
    `;
    if (updated.count === 0) return false;
    if (state.operations.length > 0) await this.#operationsOf(payment);
    await this.#outbox.record(pending);
    return true;
  }

  /** New ones are written, and of known ones what they have come to; what is the same is left alone. */
  #operationsOf(payment: Payment) {
    const sql = this.#sql;
    const rows = operationRows(payment);
    return sql`
      insert into payments.operations ${sql(rows)}
      on conflict (id) do update
      set
        outcome = excluded.outcome, reason = excluded.reason, settled_at = excluded.settled_at,
        token = excluded.token, claimed_until = null, next_attempt_at = null
      where operations.outcome <> excluded.outcome
    `;
  }
}

async function read(sql: Queryable, ids: readonly PaymentId[]): Promise<readonly Payment[]> {
  if (ids.length === 0) return [];
  const rows = await sql<PaymentRow[]>`
    ${paymentsWithOperations(sql)} where payment.id = any(${[...ids]}::uuid[]) ${inOrder(sql)}
  `;
  return toPayments(rows);
}

function firstOf([payment]: readonly Payment[]) {
  return payment === undefined ? err({ code: 'payments.payment_not_found' as const }) : ok(payment);
}

function changingColumns({ state, status }: Payment) {
  const { moved, reference, operations, abandonedAt } = state;
  return {
    status,
    authorized: moved.authorized.minorUnits,
    captured: moved.captured.minorUnits,
    refunded: moved.refunded.minorUnits,
    is_released: moved.isReleased,
    reference,
    decline_reason: declineReasonOf(operations),
    abandoned_at: abandonedAt === null ? null : toTimestamp(abandonedAt),
  };
}

function operationRows({ state }: Payment) {
  return state.operations.map((operation, position) => ({
    payment_id: state.id,
    position,
    ...operationColumns(operation),
  }));
}

function operationColumns(operation: PaymentOperation) {
  const { id, kind, amount, token, refundId, outcome, requestedAt } = operation;
  const firstDueAt = (requestedAt + OPERATION_LEASE_MILLISECONDS) as Instant;
  return {
    id,
    kind,
    amount: amount.minorUnits,
    token,
    refund_id: refundId,
    outcome: outcome.name,
    reason: outcome.name === 'declined' ? outcome.reason : null,
    requested_at: toTimestamp(requestedAt),
    settled_at: outcome.name === 'open' ? null : toTimestamp(outcome.at),
    next_attempt_at: isOpen(operation) ? toTimestamp(firstDueAt) : null,
  };
}
