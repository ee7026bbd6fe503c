import { okAsync, type ResultAsync } from 'neverthrow';

import type { Payment } from '@kastoma/domain/payments';

import type { PaymentRepository } from '../../payments/payment-repository.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryPaymentRepository implements PaymentRepository {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox;

  constructor(memory: Memory, outbox: InMemoryOutbox) {
    this.#memory = memory;
    this.#outbox = outbox;
  }

  add(payment: Payment): ResultAsync<void, never> {
    this.#memory.tables.payments.set(payment.state.id, payment);
    this.#outbox.record(payment.pending);
    return okAsync();
  }
}
