import type { Instant, PaymentOperationId } from '@kastoma/domain/core';
import type { Payment } from '@kastoma/domain/payments';

import type {
  ClaimedOperation,
  OperationClaim,
  OperationQueue,
  OperationsStanding,
} from '../../payments/operation-queue.port.ts';
import type { Memory, QueuedOperation } from './in-memory-store.ts';

export class InMemoryOperationQueue implements OperationQueue {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async claim(id: PaymentOperationId, now: Instant, until: Instant): Promise<OperationClaim> {
    const payment = this.#paymentOf(id);
    if (payment === undefined) return { name: 'not_found' };
    const queued = this.#memory.tables.queuedOperations.get(id);
    if (queued === undefined) return { name: 'settled', paymentId: payment.state.id };
    if (!isFree(queued, now)) return { name: 'in_flight' };
    return { name: 'claimed', operation: this.#take(id, payment, queued, until) };
  }

  async claimDue(
    limit: number,
    now: Instant,
    until: Instant,
  ): Promise<readonly ClaimedOperation[]> {
    return [...this.#memory.tables.queuedOperations]
      .filter(([, queued]) => (queued.nextAttemptAt ?? Infinity) <= now && isFree(queued, now))
      .toSorted(([, a], [, b]) => Number(a.nextAttemptAt) - Number(b.nextAttemptAt))
      .slice(0, limit)
      .flatMap(([id, queued]) => {
        const payment = this.#paymentOf(id);
        return payment === undefined
          ? []
          : [this.#take(id as PaymentOperationId, payment, queued, until)];
      });
  }

  async postpone(
    { id, attempts }: ClaimedOperation,
    _reason: string,
    until: Instant | null,
  ): Promise<void> {
    const { queuedOperations } = this.#memory.tables;
    if (queuedOperations.get(id)?.attempts === attempts)
      queuedOperations.set(id, { attempts, claimedUntil: null, nextAttemptAt: until });
  }

  async requeue(id: PaymentOperationId, now: Instant): Promise<void> {
    const { queuedOperations } = this.#memory.tables;
    if (queuedOperations.get(id)?.nextAttemptAt === null)
      queuedOperations.set(id, { attempts: 1, claimedUntil: null, nextAttemptAt: now });
  }

  async standing(): Promise<OperationsStanding> {
    const { queuedOperations, payments } = this.#memory.tables;
    const requested = [...payments.values()].flatMap(({ state }) =>
      state.operations
        .filter(({ id }) => queuedOperations.has(id))
        .map(({ requestedAt }) => requestedAt),
    );
    const abandoned = [...queuedOperations.values()].filter((it) => it.nextAttemptAt === null);
    const kept = [...payments.values()].filter(({ toGiveBack }) => toGiveBack?.notBefore === null);
    return {
      oldestOpenAt: requested.toSorted((a, b) => a - b)[0] ?? null,
      stuck: abandoned.length + kept.length,
    };
  }

  #paymentOf(id: string): Payment | undefined {
    return [...this.#memory.tables.payments.values()].find(({ state }) =>
      state.operations.some((operation) => operation.id === id),
    );
  }

  #take(
    id: PaymentOperationId,
    { state }: Payment,
    queued: QueuedOperation,
    until: Instant,
  ): ClaimedOperation {
    const attempts = queued.attempts + 1;
    this.#memory.tables.queuedOperations.set(id, { ...queued, attempts, claimedUntil: until });
    return { id, paymentId: state.id, attempts };
  }
}

function isFree({ claimedUntil }: QueuedOperation, now: Instant): boolean {
  return claimedUntil === null || claimedUntil <= now;
}
