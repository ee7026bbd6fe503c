import { describe, expect, test } from 'vitest';

import type { OrderId, PaymentId, PaymentOperationId, RefundId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Money } from '../core/money.value.ts';
import { Payment } from './payment.aggregate.ts';

const at = (milliseconds: number) => milliseconds as Instant;
const operation = (id: string) => id as PaymentOperationId;
const usd = (amount: string) => Money.parse({ amount, currency: 'USD' })._unsafeUnwrap();
const NO = { name: 'declined', reason: 'no' } as const;
const YES = { name: 'succeeded' } as const;
const refundId = 'refund' as RefundId;

const authorized = Payment.request({
  id: 'payment' as PaymentId,
  orderId: 'order' as OrderId,
  method: 'test',
  amount: usd('20.00'),
  at: at(1),
})
  .authorize(operation('promise'), null, at(2))
  .andThen((payment) => payment.settle(operation('promise'), YES, at(3)))
  ._unsafeUnwrap();
const captured = authorized
  .capture(operation('take'), null, at(4))
  .andThen((payment) => payment.settle(operation('take'), YES, at(5)))
  ._unsafeUnwrap();
const refused = captured
  .refund(operation('back'), usd('8.00'), at(6), refundId)
  .andThen((payment) => payment.settle(operation('back'), NO, at(7)))
  ._unsafeUnwrap();

describe('asking anew', () => {
  test('pays the same refund out under another key', () => {
    const again = refused.askAgain(operation('back'), operation('again'), at(8))._unsafeUnwrap();
    expect(again.state.operations.at(-1)).toMatchObject({
      id: 'again',
      kind: 'refund',
      amount: usd('8.00'),
      refundId,
      outcome: { name: 'open' },
    });
    const twice = again.askAgain(operation('back'), operation('twice'), at(9));
    expect(twice._unsafeUnwrapErr().code).toBe('payments.step_not_possible');
  });

  test('takes money that was refused the first time, or lets it go', () => {
    const notTaken = authorized
      .capture(operation('a'), usd('5.00'), at(4))
      .andThen((payment) => payment.settle(operation('a'), NO, at(5)))
      ._unsafeUnwrap();
    const taken = notTaken.askAgain(operation('a'), operation('b'), at(6))._unsafeUnwrap();
    expect(taken.state.operations.at(-1)).toMatchObject({ kind: 'capture', amount: usd('5.00') });
    const notLetGo = authorized
      .void(operation('a'), at(4))
      .andThen((payment) => payment.settle(operation('a'), NO, at(5)))
      ._unsafeUnwrap();
    const letGo = notLetGo.askAgain(operation('a'), operation('b'), at(6))._unsafeUnwrap();
    expect(letGo.state.operations.at(-1)).toMatchObject({ kind: 'void' });
  });

  test('is not possible for a promise, for what went well, and for what nobody asked', () => {
    const unpromised = Payment.request({ ...authorized.state, at: at(1) })
      .authorize(operation('p'), null, at(2))
      .andThen((payment) => payment.settle(operation('p'), NO, at(3)))
      ._unsafeUnwrap();
    const codeOf = (payment: Payment, id: string) =>
      payment.askAgain(operation(id), operation('new'), at(8))._unsafeUnwrapErr().code;
    expect(codeOf(unpromised, 'p')).toBe('payments.step_not_possible');
    expect(codeOf(captured, 'take')).toBe('payments.step_not_possible');
    expect(codeOf(captured, 'nothing')).toBe('payments.operation_not_found');
  });
});

describe('settling by hand', () => {
  test('is told of, with what it was about', () => {
    const settled = refused.settleByHand(operation('back'), 'succeeded', at(8))._unsafeUnwrap();
    expect(settled.state.moved.refunded).toEqual(usd('8.00'));
    const told = settled.pending.slice(refused.pending.length);
    expect(told).toMatchObject([
      {
        type: 'payments.operation_settled_by_hand',
        payload: { operationId: 'back', operation: 'refund', outcome: 'succeeded' },
      },
      { type: 'payments.payment_refunded', payload: { total: usd('8.00').toJSON() } },
    ]);
  });

  test('of a refusal of anything but a refund is not possible, nor of what is not there', () => {
    const notTaken = authorized
      .capture(operation('a'), null, at(4))
      .andThen((payment) => payment.settle(operation('a'), NO, at(5)))
      ._unsafeUnwrap();
    for (const outcome of ['succeeded', 'declined'] as const)
      expect(notTaken.settleByHand(operation('a'), outcome, at(6))._unsafeUnwrapErr().code).toBe(
        'payments.step_not_possible',
      );
    expect(notTaken.settleByHand(operation('z'), 'declined', at(6))._unsafeUnwrapErr().code).toBe(
      'payments.operation_not_found',
    );
  });
});
