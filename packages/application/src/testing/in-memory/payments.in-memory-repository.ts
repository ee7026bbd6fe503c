import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { Instant, OrderId, PaymentId, PaymentOperationId } from '@kastoma/domain/core';
import {
  isOpen,
  Payment,
  type OperationNotFound,
  type PaymentMethod,
  type PaymentNotFound,
} from '@kastoma/domain/payments';

import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import { OPERATION_LEASE_MILLISECONDS } from '../../payments/operation-queue.port.ts';
import type { PaymentReader, PaymentRepository } from '../../payments/payment-repository.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import type { Memory } from './in-memory-store.ts';

const NOT_FOUND: PaymentNotFound = { code: 'payments.payment_not_found' };
const TAKEN: ConcurrentUpdate = { code: 'core.concurrent_update' };

export class InMemoryPaymentReader implements PaymentReader {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  find(id: PaymentId): ResultAsync<Payment, PaymentNotFound> {
    const found = this.#memory.tables.payments.get(id);
    return found === undefined ? errAsync(NOT_FOUND) : okAsync(found);
  }
}

export class InMemoryPaymentRepository extends InMemoryPaymentReader implements PaymentRepository {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox;

  constructor(memory: Memory, outbox: InMemoryOutbox) {
    super(memory);
    this.#memory = memory;
    this.#outbox = outbox;
  }

  add(payment: Payment): ResultAsync<void, never> {
    return this.#store(payment);
  }

  save(payment: Payment): ResultAsync<void, ConcurrentUpdate> {
    const stands = this.#memory.tables.payments.get(payment.state.id);
    return stands?.version === payment.storedVersion ? this.#store(payment) : errAsync(TAKEN);
  }

  findByReference(method: PaymentMethod, reference: string): ResultAsync<Payment, PaymentNotFound> {
    const found = this.#all().find(
      ({ state }) => state.method === method && state.reference === reference,
    );
    return found === undefined ? errAsync(NOT_FOUND) : okAsync(found);
  }

  findByOperation(id: PaymentOperationId): ResultAsync<Payment, OperationNotFound> {
    const found = this.#all().find(({ state }) => state.operations.some((one) => one.id === id));
    return found === undefined
      ? errAsync({ code: 'payments.operation_not_found' })
      : okAsync(found);
  }

  ofOrder(orderId: OrderId): ResultAsync<readonly Payment[], never> {
    return okAsync(this.#all().filter(({ state }) => state.orderId === orderId));
  }

  findToGiveBack(now: Instant): ResultAsync<Payment, PaymentNotFound> {
    const found = this.#all().find(({ toGiveBack }) => {
      const due = toGiveBack?.notBefore ?? null;
      return due !== null && due <= now;
    });
    return found === undefined ? errAsync(NOT_FOUND) : okAsync(found);
  }

  #all(): readonly Payment[] {
    return [...this.#memory.tables.payments.values()];
  }

  #store({ state, version, pending }: Payment): ResultAsync<void, never> {
    const { payments, queuedOperations } = this.#memory.tables;
    payments.set(state.id, Payment.restore(state, version));
    for (const operation of state.operations) {
      if (!isOpen(operation)) queuedOperations.delete(operation.id);
      else if (!queuedOperations.has(operation.id))
        queuedOperations.set(operation.id, {
          attempts: 0,
          claimedUntil: null,
          nextAttemptAt: (operation.requestedAt + OPERATION_LEASE_MILLISECONDS) as Instant,
        });
    }
    this.#outbox.record(pending);
    return okAsync();
  }
}
