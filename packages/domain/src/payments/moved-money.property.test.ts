import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseCurrency } from '../core/currency.value.ts';
import type { OrderId, PaymentId, PaymentOperationId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Money } from '../core/money.value.ts';
import { isSame, joined, type MovedMoney } from './moved-money.value.ts';
import { Payment } from './payment.aggregate.ts';

const RUNS = { numRuns: 200 };
const USD = parseCurrency('USD')._unsafeUnwrap();
const usd = (minorUnits: number) => Money.of(BigInt(minorUnits), USD)._unsafeUnwrap();
const now = 1_000 as Instant;

const join = (one: MovedMoney, other: MovedMoney) => joined(one, other)._unsafeUnwrap();
const anyAmount = fc.integer({ min: 0, max: 5_000 }).map(usd);
/** What a provider may say: what went back had come in, and what came in had been promised. */
const anyReport: fc.Arbitrary<MovedMoney> = fc
  .record({
    authorized: anyAmount,
    captured: anyAmount,
    refunded: anyAmount,
    isReleased: fc.boolean(),
  })
  .map((report) => join(report, report));

describe('what several reports say together', () => {
  test('is the same in whatever order and however often they come', () => {
    fc.assert(
      fc.property(anyReport, anyReport, anyReport, (a, b, c) => {
        expect(isSame(join(a, a), a)).toBe(true);
        expect(isSame(join(a, b), join(b, a))).toBe(true);
        expect(isSame(join(join(a, b), c), join(a, join(b, c)))).toBe(true);
        const { authorized, captured, refunded } = join(join(a, b), c);
        expect(refunded.minorUnits <= captured.minorUnits).toBe(true);
        expect(captured.minorUnits <= authorized.minorUnits).toBe(true);
      }),
      RUNS,
    );
  });

  test('leaves a payment that heard them the same, too', () => {
    const twiceAndShuffled = fc
      .array(anyReport, { minLength: 1, maxLength: 5 })
      .chain((reports) =>
        fc.tuple(
          fc.constant(reports),
          fc.shuffledSubarray([...reports, ...reports], { minLength: 2 * reports.length }),
        ),
      );
    fc.assert(
      fc.property(twiceAndShuffled, ([once, again]) => {
        const [one, other] = [hear(once), hear(again)];
        expect(isSame(one.state.moved, other.state.moved)).toBe(true);
        expect(one.status).toBe(other.status);
        expect(one.refundable).toEqual(other.refundable);
      }),
      RUNS,
    );
  });
});

test('however many refunds are asked for, no more is under way and back than came in', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.array(fc.tuple(fc.integer({ min: -10, max: 3_000 }), fc.boolean()), { maxLength: 12 }),
      (captured, wishes) => {
        let payment = hear([
          {
            authorized: usd(captured),
            captured: usd(captured),
            refunded: usd(0),
            isReleased: false,
          },
        ]);
        let back = 0n;
        for (const [index, [cents, succeeds]] of wishes.entries()) {
          const id = `refund-${index}` as PaymentOperationId;
          const asked = payment.refund(id, usd(cents), now);
          if (asked.isErr()) continue;
          const answer = succeeds
            ? ({ name: 'succeeded' } as const)
            : ({ name: 'declined', reason: 'no' } as const);
          if (succeeds) back += BigInt(cents);
          payment = asked.value.settle(id, answer, now)._unsafeUnwrap();
          const moved = { ...payment.state.moved, refunded: usd(Number(back)) };
          if (succeeds) payment = payment.learn({ reference: 'p', moved }, now)._unsafeUnwrap();
        }
        expect(back <= BigInt(captured)).toBe(true);
        expect(payment.refundable.minorUnits).toBe(BigInt(captured) - back);
      },
    ),
    RUNS,
  );
});

function hear(reports: readonly MovedMoney[]): Payment {
  const asked = Payment.request({
    id: 'payment' as PaymentId,
    orderId: 'order' as OrderId,
    method: 'manual',
    amount: usd(5_000),
    at: now,
  });
  return reports.reduce(
    (payment, moved) => payment.learn({ reference: 'p', moved }, now)._unsafeUnwrap(),
    asked,
  );
}
