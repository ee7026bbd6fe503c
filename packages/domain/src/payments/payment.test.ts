import { describe, expect, test } from 'vitest';

import { parseCurrency } from '../core/currency.value.ts';
import type { OrderId, PaymentId, PaymentOperationId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Money } from '../core/money.value.ts';
import { nothingMoved, type MovedMoney } from './moved-money.value.ts';
import { Payment } from './payment.aggregate.ts';

const at = (milliseconds: number) => milliseconds as Instant;
const operation = (name: string) => name as PaymentOperationId;
const USD = parseCurrency('USD')._unsafeUnwrap();
const usd = (cents: number) => Money.of(BigInt(cents), USD)._unsafeUnwrap();
const euros = Money.of(1n, parseCurrency('EUR')._unsafeUnwrap())._unsafeUnwrap();

const amount = usd(2599);
const payment = Payment.request({
  id: 'payment' as PaymentId,
  orderId: 'order' as OrderId,
  method: 'manual',
  amount,
  at: at(1_000),
});

/** By a provider that promises before it pays. */
const byCard = Payment.restore({ ...payment.state, method: 'test' }, 1);

const moved = (cents: Partial<Record<'authorized' | 'captured' | 'refunded', number>>) => {
  const { authorized = 0, captured = 0, refunded = 0 } = cents;
  return {
    ...nothingMoved(USD),
    authorized: usd(authorized),
    captured: usd(captured),
    refunded: usd(refunded),
  };
};
const told = (given: Payment, report: MovedMoney) =>
  given.learn({ reference: 'pi_1', moved: report }, at(2_000))._unsafeUnwrap();
const authorized = told(byCard, moved({ authorized: 2599 }));
const paid = told(byCard, moved({ authorized: 2599, captured: 2599 }));

describe('a payment', () => {
  test('is asked for, and pending until the money is there', () => {
    expect(payment.version).toBe(1);
    expect(payment.status).toBe('pending');
    expect(payment.state).toEqual({
      id: 'payment',
      orderId: 'order',
      method: 'manual',
      amount,
      reference: null,
      moved: nothingMoved(USD),
      operations: [],
      abandonedAt: null,
      createdAt: 1_000,
    });
  });

  test('is announced with the amount as it travels', () => {
    expect(payment.pending).toEqual([
      {
        type: 'payments.payment_requested',
        schemaVersion: 1,
        aggregateId: 'payment',
        aggregateVersion: 1,
        occurredAt: 1_000,
        payload: {
          paymentId: 'payment',
          orderId: 'order',
          method: 'manual',
          amount: { amount: '25.99', currency: 'USD' },
        },
      },
    ]);
  });

  test('cannot be changed', () => {
    expect(Object.isFrozen(payment)).toBe(true);
    expect(Object.isFrozen(payment.state)).toBe(true);
  });

  test.each([
    ['pending', moved({})],
    ['authorized', moved({ authorized: 2599 })],
    ['paid', moved({ authorized: 2599, captured: 2599 })],
    ['paid', moved({ authorized: 2599, captured: 100 })],
    ['partially_refunded', moved({ captured: 2599, refunded: 1 })],
    ['refunded', moved({ captured: 2599, refunded: 2599 })],
    ['voided', { ...moved({ authorized: 2599 }), isReleased: true }],
  ])('is %s by what has moved', (status, report) => {
    expect(told(byCard, report).status).toBe(status);
  });
});

describe('asking for a promise', () => {
  const asked = byCard.authorize(operation('a'), 'tok_visa', at(1_500))._unsafeUnwrap();

  test('asks for the whole amount under a key of its own, and tells so', () => {
    expect(asked.state.operations).toEqual([
      {
        id: 'a',
        kind: 'authorize',
        amount,
        token: 'tok_visa',
        refundId: null,
        outcome: { name: 'open' },
        requestedAt: 1_500,
      },
    ]);
    expect(asked.pending.at(-1)).toMatchObject({
      type: 'payments.operation_requested',
      aggregateVersion: 2,
      payload: { operationId: 'a', operation: 'authorize', orderId: 'order' },
    });
  });

  test('is done once: whoever was refused makes another payment', () => {
    expect(asked.authorize(operation('b'), null, at(1_600))._unsafeUnwrapErr()).toEqual({
      code: 'payments.step_not_possible',
      operation: 'authorize',
      status: 'pending',
    });
    const no = { name: 'declined', reason: 'insufficient_funds' } as const;
    const refused = asked.settle(operation('a'), no, at(1_700))._unsafeUnwrap();
    expect(refused.status).toBe('failed');
    expect(refused.pending.at(-1)).toMatchObject({
      type: 'payments.operation_declined',
      payload: { operationId: 'a', operation: 'authorize', reason: 'insufficient_funds' },
    });
    expect(refused.state.operations[0]?.token).toBeNull();
    expect(refused.authorize(operation('b'), null, at(1_800)).isErr()).toBe(true);
  });

  test('is over where money was promised or the order cannot be kept', () => {
    expect(authorized.authorize(operation('b'), null, at(1_600)).isErr()).toBe(true);
    const abandoned = byCard.abandon(at(1_600));
    expect(abandoned.authorize(operation('b'), null, at(1_700)).isErr()).toBe(true);
    expect(payment.authorize(operation('b'), null, at(1_700)).isErr()).toBe(true);
  });
});

describe('capturing', () => {
  test('takes all that was promised, or a part, and never more than is left', () => {
    expect(authorized.capturable).toEqual(amount);
    const part = authorized.capture(operation('c'), usd(2000), at(3_000))._unsafeUnwrap();
    expect(part.capturable).toEqual(usd(599));
    expect(part.capture(operation('d'), usd(600), at(3_000))._unsafeUnwrapErr()).toEqual({
      code: 'payments.amount_too_large',
      operation: 'capture',
      most: { amount: '5.99', currency: 'USD' },
    });
    const rest = part.capture(operation('d'), null, at(3_000))._unsafeUnwrap();
    expect(rest.state.operations.at(-1)?.amount).toEqual(usd(599));
    expect(rest.capture(operation('e'), null, at(3_000)).isErr()).toBe(true);
  });

  test('of money in hand needs no promise, of any other it does', () => {
    expect(payment.capturable).toEqual(amount);
    expect(byCard.capture(operation('c'), null, at(3_000))._unsafeUnwrapErr()).toMatchObject({
      code: 'payments.step_not_possible',
      status: 'pending',
    });
  });

  test.each([usd(0), usd(-1)])('does not take %o', (nothing) => {
    expect(payment.capture(operation('c'), nothing, at(3_000))._unsafeUnwrapErr()).toEqual({
      code: 'payments.amount_not_positive',
    });
  });

  test('takes no other currency', () => {
    expect(payment.capture(operation('c'), euros, at(3_000))._unsafeUnwrapErr()).toMatchObject({
      code: 'core.currency_mismatch',
    });
  });

  test('that was refused leaves what was promised to be captured again', () => {
    const no = { name: 'declined', reason: 'expired' } as const;
    const asked = authorized.capture(operation('c'), null, at(3_000))._unsafeUnwrap();
    const refused = asked.settle(operation('c'), no, at(3_100))._unsafeUnwrap();
    expect(refused.capturable).toEqual(amount);
    expect(refused.status).toBe('authorized');
  });
});

describe('letting go', () => {
  test('is asked for while nothing came in and nobody is capturing', () => {
    const asked = authorized.void(operation('v'), at(3_000))._unsafeUnwrap();
    expect(asked.void(operation('w'), at(3_000)).isErr()).toBe(true);
    expect(paid.void(operation('v'), at(3_000)).isErr()).toBe(true);
    const capturing = authorized.capture(operation('c'), null, at(3_000))._unsafeUnwrap();
    expect(capturing.void(operation('v'), at(3_000)).isErr()).toBe(true);
    expect(byCard.void(operation('v'), at(3_000)).isErr()).toBe(true);
  });

  test('leaves nothing to capture', () => {
    const released = told(authorized, { ...moved({}), isReleased: true });
    expect(released.capturable).toEqual(usd(0));
    expect(released.pending.at(-1)).toMatchObject({ type: 'payments.payment_voided' });
  });
});

describe('refunding', () => {
  test('gives back what came in, and counts what is on its way back already', () => {
    const half = paid.refund(operation('r'), usd(1300), at(3_000))._unsafeUnwrap();
    expect(half.refundable).toEqual(usd(1299));
    expect(half.refund(operation('s'), usd(1300), at(3_000))._unsafeUnwrapErr()).toMatchObject({
      code: 'payments.amount_too_large',
      most: { amount: '12.99' },
    });
    expect(half.refund(operation('s'), usd(1299), at(3_000)).isOk()).toBe(true);
  });

  test('is not possible where nothing came in', () => {
    expect(authorized.refund(operation('r'), usd(1), at(3_000))._unsafeUnwrapErr()).toMatchObject({
      code: 'payments.step_not_possible',
      operation: 'refund',
    });
  });
});

describe('an answer to an operation', () => {
  const asked = paid.refund(operation('r'), usd(100), at(3_000))._unsafeUnwrap();

  test('counts once', () => {
    const done = asked.settle(operation('r'), { name: 'succeeded' }, at(3_100))._unsafeUnwrap();
    expect(done.settle(operation('r'), { name: 'succeeded' }, at(9_000))._unsafeUnwrap()).toBe(
      done,
    );
    const no = { name: 'declined', reason: 'late' } as const;
    expect(done.settle(operation('r'), no, at(9_000))._unsafeUnwrap()).toBe(done);
  });

  test('that is a success after a refusal is believed: the money has moved', () => {
    const no = { name: 'declined', reason: 'timeout' } as const;
    const refused = asked.settle(operation('r'), no, at(3_100))._unsafeUnwrap();
    const done = refused.settle(operation('r'), { name: 'succeeded' }, at(3_200))._unsafeUnwrap();
    expect(done.state.operations.at(-1)?.outcome).toEqual({ name: 'succeeded', at: 3_200 });
  });

  test('that nobody asked for is no answer', () => {
    expect(
      asked.settle(operation('x'), { name: 'succeeded' }, at(3_100))._unsafeUnwrapErr(),
    ).toEqual({ code: 'payments.operation_not_found' });
  });
});

describe('a provider that tells no totals', () => {
  test('is believed as far as it said yes', () => {
    const part = payment.capture(operation('c'), usd(2000), at(3_000))._unsafeUnwrap();
    const paidInHand = part
      .settle(operation('c'), { name: 'succeeded' }, at(3_100))
      ._unsafeUnwrap();
    expect(paidInHand.status).toBe('paid');
    expect(paidInHand.state.moved).toMatchObject({ captured: usd(2000), refunded: usd(0) });
    expect(paidInHand.pending.map(({ type }) => type)).toEqual([
      'payments.payment_requested',
      'payments.operation_requested',
      'payments.payment_authorized',
      'payments.payment_captured',
    ]);
    const back = paidInHand.refund(operation('r'), usd(500), at(3_200))._unsafeUnwrap();
    const returned = back.settle(operation('r'), { name: 'succeeded' }, at(3_300))._unsafeUnwrap();
    expect(returned.status).toBe('partially_refunded');
    expect(returned.refundable).toEqual(usd(1500));
  });
});

describe('a report that comes before the answer', () => {
  test('answers what was asked about the promise, and leaves captures and refunds to be asked again', () => {
    const asked = byCard.authorize(operation('a'), 'tok_visa', at(1_500))._unsafeUnwrap();
    const heard = told(asked, moved({ authorized: 2599 }));
    expect(heard.state.operations).toMatchObject([{ token: null, outcome: { name: 'succeeded' } }]);
    const late = heard.settle(operation('a'), { name: 'succeeded' }, at(9_000));
    expect(late._unsafeUnwrap()).toBe(heard);
    const capturing = heard.capture(operation('c'), null, at(3_000))._unsafeUnwrap();
    const captured = told(capturing, moved({ authorized: 2599, captured: 2599 }));
    expect(captured.state.operations.at(-1)?.outcome.name).toBe('open');
  });

  test('of a part that was captured lets the rest go without calling the payment void', () => {
    const part = told(authorized, { ...moved({ captured: 100 }), isReleased: true });
    expect(part.status).toBe('paid');
    expect(part.capturable).toEqual(usd(0));
    expect(part.pending.map(({ type }) => type)).not.toContain('payments.payment_voided');
  });
});

test('a payment knows what of it is stored', () => {
  expect(payment.storedVersion).toBe(0);
  const asked = byCard.authorize(operation('a'), null, at(1_500))._unsafeUnwrap();
  expect([asked.storedVersion, asked.version]).toEqual([1, 2]);
});

describe('a payment whose order cannot be kept', () => {
  const no = { name: 'declined', reason: 'card' } as const;

  test('gives back what came in, and lets go what was promised', () => {
    expect(paid.abandon(at(4_000)).toGiveBack).toEqual({
      kind: 'refund',
      amount,
      notBefore: 4_000,
    });
    expect(authorized.abandon(at(4_000)).toGiveBack).toEqual({
      kind: 'void',
      amount,
      notBefore: 4_000,
    });
    expect(byCard.abandon(at(4_000)).toGiveBack).toBeNull();
    expect(paid.toGiveBack).toBeNull();
  });

  test('gives back what comes in later as well', () => {
    const abandoned = byCard.abandon(at(4_000));
    const late = told(abandoned, moved({ authorized: 2599, captured: 2599 }));
    expect(late.toGiveBack).toEqual({ kind: 'refund', amount, notBefore: 4_000 });
  });

  test('gives nothing back twice, and waits for what is under way', () => {
    const abandoned = paid.abandon(at(4_000));
    expect(abandoned.abandon(at(5_000))).toBe(abandoned);
    const giving = abandoned.refund(operation('r'), amount, at(4_000))._unsafeUnwrap();
    expect(giving.toGiveBack).toBeNull();
    const capturing = authorized.capture(operation('c'), null, at(3_000))._unsafeUnwrap();
    expect(capturing.abandon(at(4_000)).toGiveBack).toBeNull();
    const refused = giving.settle(operation('r'), no, at(5_000))._unsafeUnwrap();
    expect(refused.toGiveBack).toEqual({ kind: 'refund', amount, notBefore: 65_000 });
  });

  test('lets go once', () => {
    const voiding = authorized.abandon(at(4_000)).void(operation('v'), at(4_000))._unsafeUnwrap();
    expect(voiding.toGiveBack).toBeNull();
  });

  test('asks a provider that refuses later and later, and in the end no more', () => {
    let held = paid.abandon(at(4_000));
    const due: (number | null | undefined)[] = [];
    for (let refusal = 1; refusal <= 8; refusal += 1) {
      const id = operation(`r${refusal}`);
      const asked = held.refund(id, amount, at(5_000))._unsafeUnwrap();
      held = asked.settle(id, no, at(5_000))._unsafeUnwrap();
      due.push(held.toGiveBack?.notBefore);
    }
    const minutes = [1, 2, 4, 8, 16, 32, 64].map((minute) => 5_000 + minute * 60_000);
    expect(due).toEqual([...minutes, null]);
    expect(held.toGiveBack?.amount).toEqual(amount);
  });

  test('takes back what it may still be promised, as soon as the provider has a name for it', () => {
    const asked = byCard.authorize(operation('a'), null, at(3_000))._unsafeUnwrap();
    expect(asked.void(operation('v'), at(3_500)).isErr()).toBe(true);
    const abandoned = asked.abandon(at(4_000));
    expect(abandoned.toGiveBack).toBeNull();
    const named = told(abandoned, moved({}));
    expect(named.toGiveBack).toEqual({ kind: 'void', amount, notBefore: 4_000 });
    const voiding = named.void(operation('v'), at(4_100))._unsafeUnwrap();
    const done = voiding.settle(operation('v'), { name: 'succeeded' }, at(4_200))._unsafeUnwrap();
    expect(done.status).toBe('voided');
    expect(done.state.operations.map(({ outcome }) => outcome.name)).toEqual([
      'declined',
      'succeeded',
    ]);
  });

  test('that nobody has paid is void, and one without anything to pay is paid', () => {
    expect(payment.abandon(at(4_000)).status).toBe('voided');
    const free = Payment.request({
      id: 'free' as PaymentId,
      orderId: 'order' as OrderId,
      method: 'manual',
      amount: usd(0),
      at: at(1_000),
    });
    expect(free.status).toBe('paid');
  });

  test('captures nothing any more', () => {
    expect(authorized.abandon(at(4_000)).capture(operation('c'), null, at(5_000)).isErr()).toBe(
      true,
    );
  });
});

test('a report in another currency is not believed', () => {
  const report = { ...moved({}), refunded: euros };
  expect(byCard.learn({ reference: 'pi_1', moved: report }, at(2_000))._unsafeUnwrapErr()).toEqual({
    code: 'core.currency_mismatch',
    expected: 'USD',
    actual: 'EUR',
  });
});
