import { err, ok, okAsync, safeTry, type ResultAsync } from 'neverthrow';

import { defect, Money, type PaymentOperationId } from '@kastoma/domain/core';
import type { Payment } from '@kastoma/domain/payments';

import type { IdGenerator } from '../../core/id-generator.port.ts';
import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import type { PaymentRepository } from '../../payments/payment-repository.port.ts';
import type { OrderPayouts, PayoutWish, RefundExceedsCaptured } from '../order-payouts.port.ts';
import type { RefundPayout } from '../refund-view.ts';
import { payoutsOf } from './refund-payouts.ts';

/** Refunds as the payments context pays them out. */
export class RequestedPayouts implements OrderPayouts {
  readonly #payments: PaymentRepository;
  readonly #ids: IdGenerator;

  constructor(payments: PaymentRepository, ids: IdGenerator) {
    this.#payments = payments;
    this.#ids = ids;
  }

  request(
    wish: PayoutWish,
  ): ResultAsync<readonly RefundPayout[], RefundExceedsCaptured | ConcurrentUpdate> {
    if (wish.amount.minorUnits === 0n) return okAsync([]);
    const [payments, ids] = [this.#payments, this.#ids];
    return safeTry(async function* () {
      const all = yield* payments.ofOrder(wish.orderId);
      const holding = all.filter(({ state }) => state.abandonedAt === null);
      const held = holding.reduce((sum, { refundable }) => sum + refundable.minorUnits, 0n);
      if (held < wish.amount.minorUnits) return err(exceeds(wish, held));
      const asked: Payment[] = [];
      let left = wish.amount.minorUnits;
      for (const payment of holding) {
        const part = left < payment.refundable.minorUnits ? left : payment.refundable.minorUnits;
        left -= part;
        if (part === 0n) continue;
        const asking = askedFor(payment, part, ids.next<PaymentOperationId>(), wish);
        yield* payments.save(asking);
        asked.push(asking);
      }
      return ok(asked.flatMap((payment) => payoutsOf(payment, wish.refundId)));
    });
  }
}

function askedFor(
  payment: Payment,
  part: bigint,
  id: PaymentOperationId,
  { refundId, amount, at }: PayoutWish,
): Payment {
  return Money.of(part, amount.currency)
    .andThen((asked) => payment.refund(id, asked, at, refundId))
    .match(
      (asking) => asking,
      ({ code }) => defect(`What the payment ${payment.state.id} holds cannot go back: ${code}.`),
    );
}

function exceeds({ amount }: PayoutWish, held: bigint): RefundExceedsCaptured {
  const left = Money.of(held, amount.currency).unwrapOr(amount);
  return { code: 'ordering.refund_exceeds_captured', requested: amount, left };
}
