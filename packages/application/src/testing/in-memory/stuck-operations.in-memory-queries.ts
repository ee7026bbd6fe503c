import type { Payment, PaymentOperation } from '@kastoma/domain/payments';

import type { Page, PageRequest } from '../../core/page.ts';
import type { StuckOperation, StuckOperations } from '../../payments/stuck-operations.port.ts';
import { byKeys, pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryStuckOperations implements StuckOperations {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async list(page: PageRequest): Promise<Page<StuckOperation>> {
    const found = [...this.#memory.tables.payments.values()].flatMap((payment) =>
      payment.state.operations
        .filter((operation) => this.#isStuck(payment, operation))
        .map((operation) => viewOf(payment, operation)),
    );
    const oldestFirst = byKeys<StuckOperation>(
      ({ requestedAt }) => requestedAt,
      ({ id }) => id,
    );
    return pageOf(found.toSorted(oldestFirst), page);
  }

  #isStuck({ state, toGiveBack }: Payment, operation: PaymentOperation): boolean {
    const { id, kind, refundId, outcome } = operation;
    if (outcome.name === 'open')
      return this.#memory.tables.queuedOperations.get(id)?.nextAttemptAt === null;
    if (outcome.name === 'succeeded' || (kind !== 'refund' && kind !== 'void')) return false;
    const ofRefund = state.operations.filter((other) => other.refundId === refundId);
    if (refundId !== null)
      return (
        state.abandonedAt === null &&
        ofRefund.at(-1) === operation &&
        ofRefund.every((it) => it.outcome.name === 'declined')
      );
    const givingBack = state.operations.filter(
      (other) => other.refundId === null && (other.kind === 'refund' || other.kind === 'void'),
    );
    return toGiveBack?.notBefore === null && givingBack.at(-1) === operation;
  }
}

function viewOf({ state }: Payment, operation: PaymentOperation): StuckOperation {
  const { id, kind, amount, outcome, refundId, requestedAt } = operation;
  return {
    id,
    paymentId: state.id,
    orderId: state.orderId,
    method: state.method,
    kind,
    amount,
    outcome: outcome.name === 'open' ? 'open' : 'declined',
    reason: outcome.name === 'declined' ? outcome.reason : null,
    refundId,
    requestedAt,
  };
}
