import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Money } from '../core/money.value.ts';
import { anyRefundWish, requestOf } from '../testing/refund-wish.arbitrary.ts';
import { anyRefundableShares } from '../testing/refundable-shares.arbitrary.ts';
import type { Refund, RefundedPart } from './refund.value.ts';
import type { FrozenShares } from './refundable-shares.ts';
import { Refundable, type RefundRequest } from './refundable.value.ts';

const RUNS = { numRuns: 1_000 };
const anyWishes = fc.array(anyRefundWish(), { minLength: 1, maxLength: 8 });
const refundableOf = (shares: FrozenShares) => Refundable.of(shares)._unsafeUnwrap();

/** What was paid for each unit and how much of it is tax, one after the other: what runs stand for. */
function unitsOf({ items, prices }: FrozenShares): ReadonlyMap<string, [bigint, bigint][]> {
  return new Map(
    items.map(({ id, units }) => [
      id,
      units.flatMap(({ quantity, total, tax }) => {
        const paid = total.minorUnits + (prices === 'exclusive' ? tax.minorUnits : 0n);
        return Array.from({ length: quantity }, (): [bigint, bigint] => [paid, tax.minorUnits]);
      }),
    ]),
  );
}

function sumsOf(parts: readonly (readonly [bigint, bigint])[]): readonly [bigint, bigint] {
  return parts.reduce<readonly [bigint, bigint]>(([a, b], [c, d]) => [a + c, b + d], [0n, 0n]);
}

const amountsOf = (part: RefundedPart | null | undefined): [bigint, bigint] => [
  part?.amount.minorUnits ?? 0n,
  part?.tax.minorUnits ?? 0n,
];

/** Amounts of the whole, of shipping and of each line, with its units: what refunds and rests add up by. */
function countsOf(refunds: readonly Refund[]): Readonly<Record<string, readonly bigint[]>> {
  const lines = refunds.flatMap((refund) => refund.lines);
  const ids = [...new Set(lines.map(({ itemId }) => itemId))].toSorted();
  const ofLine = (id: string) => {
    const own = lines.filter(({ itemId }) => itemId === id);
    return [
      BigInt(own.reduce((sum, { quantity }) => sum + quantity, 0)),
      ...sumsOf(own.map(amountsOf)),
    ];
  };
  return {
    whole: sumsOf(refunds.map(amountsOf)),
    shipping: sumsOf(refunds.map(({ shipping }) => amountsOf(shipping))),
    ...Object.fromEntries(ids.map((id) => [id, ofLine(id)])),
  };
}

/** Grants the requests one after the other, as far as they come to anything. */
function grant(
  from: Refundable,
  requestFor: readonly ((rest: Refund) => RefundRequest)[],
): { refunds: readonly Refund[]; left: Refundable } {
  const refunds: Refund[] = [];
  let left = from;
  for (const request of requestFor) {
    const outcome = left.refund(request(left.rest));
    if (outcome.isErr()) {
      expect(outcome.error.code).toBe('ordering.refund_of_nothing');
      continue;
    }
    refunds.push(outcome.value.refund);
    left = outcome.value.left;
  }
  return { refunds, left };
}

const allOf = (rest: Refund): RefundRequest => ({
  lines: rest.lines
    .filter(({ quantity }) => quantity > 0)
    .map(({ itemId, quantity }) => ({ itemId, quantity })),
  shipping: 'all',
});

describe('what may be paid back', () => {
  test('is at first all that was paid for the units and for shipping, and their tax', () => {
    fc.assert(
      fc.property(anyRefundableShares(), (shares) => {
        const { rest } = refundableOf(shares);
        const units = [...unitsOf(shares).values()].map(sumsOf);
        const onTop = shares.prices === 'exclusive' ? (shares.shipping?.tax.minorUnits ?? 0n) : 0n;
        const shipping: [bigint, bigint] = [
          (shares.shipping?.total.minorUnits ?? 0n) + onTop,
          shares.shipping?.tax.minorUnits ?? 0n,
        ];
        expect(amountsOf(rest)).toEqual(sumsOf([...units, shipping]));
        expect(amountsOf(rest.shipping)).toEqual(shipping);
      }),
      RUNS,
    );
  });

  test('is paid back to the minor unit, whatever the refunds are that it is split into', () => {
    fc.assert(
      fc.property(anyRefundableShares(), anyWishes, (shares, wishes) => {
        const whole = refundableOf(shares);
        const some = wishes.map((wish) => (rest: Refund) => requestOf(wish, rest));
        const { refunds, left } = grant(whole, some);
        expect(countsOf([...refunds, left.rest])).toEqual(countsOf([whole.rest]));

        const last = grant(left, [allOf]);
        expect(countsOf([...refunds, ...last.refunds])).toMatchObject({
          whole: amountsOf(whole.rest),
          shipping: amountsOf(whole.rest.shipping),
        });
        expect(amountsOf(last.left.rest)).toEqual([0n, 0n]);
      }),
      RUNS,
    );
  });

  test('says of each refund what it is made of, and pays nobody less than nothing', () => {
    fc.assert(
      fc.property(anyRefundableShares(), anyWishes, (shares, wishes) => {
        const some = wishes.map((wish) => (rest: Refund) => requestOf(wish, rest));
        const whole = refundableOf(shares);
        const sign = whole.rest.amount.isNegative ? -1n : 1n;
        for (const refund of grant(whole, some).refunds) {
          const parts = [...refund.lines.map(amountsOf), amountsOf(refund.shipping)];
          expect(sumsOf(parts)).toEqual(amountsOf(refund));
          for (const [amount, tax] of parts) {
            expect(tax * sign).toBeGreaterThanOrEqual(0n);
            expect(amount * sign).toBeGreaterThanOrEqual(tax * sign);
          }
          const units = refund.lines.reduce((sum, { quantity }) => sum + quantity, 0);
          if (units === 0) expect(refund.amount.minorUnits * sign).toBeGreaterThan(0n);
        }
      }),
      RUNS,
    );
  });

  test('is for units what was paid for the next ones, in the order in which they are frozen', () => {
    const anySplit = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: 1, max: 3 })));
    fc.assert(
      fc.property(anyRefundableShares(), anySplit, (shares, split) => {
        const units = unitsOf(shares);
        let left = refundableOf(shares);
        for (const [index, quantity] of split) {
          const itemId = `item ${index}`;
          const next = units.get(itemId)?.splice(0, quantity) ?? [];
          if (next.length === 0) continue;
          const outcome = left.refund({ lines: [{ itemId, quantity: next.length }] });
          const [paid, tax] = sumsOf(next);
          const { refund, left: rest } = outcome._unsafeUnwrap();
          expect(amountsOf(refund)).toEqual([paid, tax]);
          left = rest;
        }
      }),
      RUNS,
    );
  });

  test('is for an amount spread over the lines by what is left of them, each within one of its exact share', () => {
    fc.assert(
      fc.property(
        anyRefundableShares([1n]),
        fc.integer({ min: 1, max: 1_000 }),
        (shares, share) => {
          const whole = refundableOf({ ...shares, shipping: null });
          const all = whole.rest.amount.minorUnits;
          const amount = (all * BigInt(share)) / 1_000n;
          fc.pre(amount > 0n);
          const money = Money.of(amount, shares.currency)._unsafeUnwrap();
          const { refund } = whole.refund({ amount: money })._unsafeUnwrap();
          expect(refund.amount).toEqual(money);
          for (const { itemId, quantity, ...part } of refund.lines) {
            const [paid, tax] = amountsOf(whole.rest.lines.find((line) => line.itemId === itemId));
            const [amountPart, taxPart] = amountsOf(part);
            const isNear = (difference: bigint, unit: bigint) =>
              difference > -unit && difference < unit;
            expect(isNear(amountPart * all - amount * paid, all)).toBe(true);
            expect(isNear(taxPart * paid - amountPart * tax, paid)).toBe(true);
            expect(quantity).toBe(0);
          }
        },
      ),
      RUNS,
    );
  });

  test('is spread evenly over the units of a line once an amount was paid back for it', () => {
    fc.assert(
      fc.property(anyRefundableShares([1n]), fc.integer({ min: 1, max: 999 }), (shares, share) => {
        const [item] = shares.items;
        fc.pre(item !== undefined && item.units.reduce((sum, run) => sum + run.quantity, 0) <= 50);
        const whole = refundableOf({
          ...shares,
          items: item === undefined ? [] : [item],
          shipping: null,
        });
        const amount = Money.of(
          (whole.rest.amount.minorUnits * BigInt(share)) / 1_000n,
          shares.currency,
        );
        fc.pre(amount._unsafeUnwrap().minorUnits > 0n);
        let { left } = whole.refund({ amount: amount._unsafeUnwrap() })._unsafeUnwrap();
        const goods: bigint[] = [];
        const taxes: bigint[] = [];
        for (const line of left.rest.lines) {
          for (let unit = 0; unit < line.quantity; unit += 1) {
            const outcome = left.refund({ lines: [{ itemId: line.itemId, quantity: 1 }] });
            if (outcome.isErr()) return;
            const [paid, tax] = amountsOf(outcome.value.refund);
            goods.push(shares.prices === 'exclusive' ? paid - tax : paid);
            taxes.push(tax);
            left = outcome.value.left;
          }
        }
        for (const amounts of [goods, taxes]) {
          expect(amounts).toEqual(amounts.toSorted((a, b) => Number(a - b)));
          expect((amounts.at(-1) ?? 0n) - (amounts[0] ?? 0n)).toBeLessThanOrEqual(1n);
        }
      }),
      RUNS,
    );
  });

  test('goes back to the customer who owes what it owes to the one who is owed', () => {
    const negated = (shares: FrozenShares): FrozenShares => {
      const other = ({ minorUnits, currency }: Money) =>
        Money.of(-minorUnits, currency)._unsafeUnwrap();
      const part = ({ total, tax }: { total: Money; tax: Money }) => ({
        total: other(total),
        tax: other(tax),
      });
      return {
        ...shares,
        items: shares.items.map(({ id, units }) => ({
          id,
          units: units.map((run) => ({ quantity: run.quantity, ...part(run) })),
        })),
        shipping: shares.shipping === null ? null : part(shares.shipping),
      };
    };
    fc.assert(
      fc.property(anyRefundableShares(), anyWishes, (shares, wishes) => {
        const some = wishes.map((wish) => (rest: Refund) => requestOf(wish, rest));
        const counts = countsOf(grant(refundableOf(shares), some).refunds);
        const opposite = countsOf(grant(refundableOf(negated(shares)), some).refunds);
        for (const [id, amounts] of Object.entries(counts)) {
          const [units, paid, tax] =
            id === 'whole' || id === 'shipping' ? [0n, ...amounts] : amounts;
          const expected = [-(paid ?? 0n), -(tax ?? 0n)];
          expect(opposite[id]).toEqual(
            id === 'whole' || id === 'shipping' ? expected : [units, ...expected],
          );
        }
      }),
      RUNS,
    );
  });

  test('does not depend on the order of the lines', () => {
    fc.assert(
      fc.property(anyRefundableShares(), anyRefundWish(), (shares, wish) => {
        const whole = refundableOf(shares);
        const request = requestOf(wish, whole.rest);
        const turned = refundableOf({ ...shares, items: shares.items.toReversed() });
        const counts = (outcome: ReturnType<Refundable['refund']>) =>
          outcome.map(({ refund, left }) => [countsOf([refund]), countsOf([left.rest])]);
        expect(counts(turned.refund(request))).toEqual(counts(whole.refund(request)));
      }),
      RUNS,
    );
  });

  test('is the same again when the refunds of before are read back', () => {
    fc.assert(
      fc.property(anyRefundableShares(), anyWishes, anyRefundWish(), (shares, wishes, next) => {
        const some = wishes.map((wish) => (rest: Refund) => requestOf(wish, rest));
        const { refunds, left } = grant(refundableOf(shares), some);
        const replayed = refunds.reduce<Refundable | null>(
          (before, refund) => before?.less(refund) ?? null,
          refundableOf(shares),
        );
        expect(replayed?.rest).toEqual(left.rest);
        const request = requestOf(next, left.rest);
        expect(replayed?.refund(request).map(({ refund }) => refund)).toEqual(
          left.refund(request).map(({ refund }) => refund),
        );
      }),
      RUNS,
    );
  });
});
