import type {
  ClaimedOperation,
  OperationClaim,
  OperationQueue,
  OperationsStanding,
} from '@kastoma/application/payments';
import type { Instant, PaymentId, PaymentOperationId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';

type ClaimRow = { id: PaymentOperationId; payment_id: PaymentId; attempts: number };

export class PostgresOperationQueue implements OperationQueue {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async claim(id: PaymentOperationId, now: Instant, until: Instant): Promise<OperationClaim> {
    const [claimed] = await this.#sql<ClaimRow[]>`
      update payments.operations
      set attempts = attempts + 1, claimed_until = ${toTimestamp(until)}
      where id = ${id} and outcome = 'open'
        and (claimed_until is null or claimed_until <= ${toTimestamp(now)})
      returning id, payment_id, attempts
    `;
    if (claimed !== undefined) return { name: 'claimed', operation: toClaimed(claimed) };
    const [found] = await this.#sql<{ payment_id: PaymentId; outcome: string }[]>`
      select payment_id, outcome from payments.operations where id = ${id}
    `;
    if (found === undefined) return { name: 'not_found' };
    return found.outcome === 'open'
      ? { name: 'in_flight' }
      : { name: 'settled', paymentId: found.payment_id };
  }

  async claimDue(
    limit: number,
    now: Instant,
    until: Instant,
  ): Promise<readonly ClaimedOperation[]> {
    const claimed = await this.#sql<ClaimRow[]>`
      update payments.operations
      set attempts = attempts + 1, claimed_until = ${toTimestamp(until)}
      where id in (
        select id from payments.operations
        where outcome = 'open' and next_attempt_at <= ${toTimestamp(now)}
          and (claimed_until is null or claimed_until <= ${toTimestamp(now)})
        order by next_attempt_at
        limit ${limit}
        for update skip locked
      )
      returning id, payment_id, attempts
    `;
    return claimed.map(toClaimed);
  }

  async postpone(
    { id, attempts }: ClaimedOperation,
    reason: string,
    until: Instant | null,
  ): Promise<void> {
    await this.#sql`
      update payments.operations
      set
        claimed_until = null,
        next_attempt_at = ${until === null ? null : toTimestamp(until)},
        last_error = ${reason.slice(0, 200)}
      where id = ${id} and outcome = 'open' and attempts = ${attempts}
    `;
  }

  /** Begun once at least: whoever asks again looks first. */
  async requeue(id: PaymentOperationId, now: Instant): Promise<void> {
    await this.#sql`
      update payments.operations
      set attempts = 1, claimed_until = null, next_attempt_at = ${toTimestamp(now)}
      where id = ${id} and outcome = 'open' and next_attempt_at is null
    `;
  }

  async standing(): Promise<OperationsStanding> {
    const [row] = await this.#sql<{ oldest_open_at: Date | null; stuck: number }[]>`
      select
        (select min(requested_at) from payments.operations where outcome = 'open') as oldest_open_at,
        (
          (select count(*) from payments.operations where outcome = 'open' and next_attempt_at is null)
          + (select count(*) from payments.payments where give_back_at = 'infinity')
        )::integer as stuck
    `;
    const oldest = row?.oldest_open_at ?? null;
    return {
      oldestOpenAt: oldest === null ? null : fromTimestamp(oldest),
      stuck: row?.stuck ?? 0,
    };
  }
}

function toClaimed({ id, payment_id: paymentId, attempts }: ClaimRow): ClaimedOperation {
  return { id, paymentId, attempts };
}
