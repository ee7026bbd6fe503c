import fc from 'fast-check';

import { Money } from '../core/money.value.ts';
import type { Refund, RefundedPart } from '../ordering/refund.value.ts';
import type { RefundRequest } from '../ordering/refundable.value.ts';

/** A share of what will be left by then, in thousandths; null asks for none of it. */
type Share = number | null;

/** What somebody will ask for, whatever is left by then: a request that is within what is left. */
export type RefundWish = {
  /** Of the units of each line; lines beyond these are left alone. */
  readonly units: readonly Share[];
  /** Of what the units leave of the goods. */
  readonly amount: Share;
  readonly shipping: Share | 'all';
};

const anyShare: fc.Arbitrary<Share> = fc.oneof(
  fc.constantFrom(null, null, 0, 1_000),
  fc.integer({ min: 0, max: 1_000 }),
);

export function anyRefundWish(): fc.Arbitrary<RefundWish> {
  return fc.record({
    units: fc.array(anyShare, { maxLength: 4 }),
    amount: anyShare,
    shipping: fc.oneof(anyShare, fc.constant('all' as const)),
  });
}

/** The wish as a request for some of what is left. */
export function requestOf(wish: RefundWish, rest: Refund): RefundRequest {
  const lines = rest.lines.flatMap(({ itemId, quantity }, index) => {
    const share = wish.units[index] ?? null;
    const units = share === null ? 0 : Math.floor((quantity * share) / 1_000);
    return units === 0 ? [] : [{ itemId, quantity: units }];
  });
  const untouched = rest.lines.filter(({ itemId }) =>
    lines.every((line) => line.itemId !== itemId),
  );
  return {
    lines,
    amount: wish.amount === null ? undefined : shareOf(sumOf(untouched, rest), wish.amount),
    shipping:
      wish.shipping === null || wish.shipping === 'all'
        ? (wish.shipping ?? undefined)
        : shareOf(rest.shipping?.amount ?? Money.zero(rest.amount.currency), wish.shipping),
  };
}

function sumOf(parts: readonly RefundedPart[], { amount }: RefundedPart): Money {
  const sum = parts.reduce((total, part) => total + part.amount.minorUnits, 0n);
  return Money.of(sum, amount.currency)._unsafeUnwrap();
}

function shareOf(whole: Money, thousandths: number): Money {
  const minorUnits = (whole.minorUnits * BigInt(thousandths)) / 1_000n;
  return Money.of(minorUnits, whole.currency)._unsafeUnwrap();
}
