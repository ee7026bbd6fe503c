import type { Instant } from '../core/instant.value.ts';
import type { Money } from '../core/money.value.ts';
import { mayVoid, refundableOf } from './payment-limits.ts';
import type { PaymentState } from './payment.state.ts';

/** What is to be asked of a provider, so that nobody's money is kept for an order that is not. */
export type MoneyToGiveBack = {
  readonly kind: 'void' | 'refund';
  readonly amount: Money;
  /** A provider that refused is asked again later, and after so many refusals no more: then it is for a person, and null. */
  readonly notBefore: Instant | null;
};

const MOST_REFUSALS = 8;
const FIRST_PAUSE_MILLISECONDS = 60_000;

/** What an abandoned payment still holds of somebody's money, and nobody is giving back yet; null where that is nothing. */
export function moneyToGiveBack(state: PaymentState): MoneyToGiveBack | null {
  const { abandonedAt, amount } = state;
  if (abandonedAt === null) return null;
  const notBefore = dueAt(state, abandonedAt);
  const refundable = refundableOf(state);
  if (refundable.minorUnits > 0n) return { kind: 'refund', amount: refundable, notBefore };
  return mayVoid(state) ? { kind: 'void', amount, notBefore } : null;
}

function dueAt({ operations }: PaymentState, abandonedAt: Instant): Instant | null {
  const refusals = operations
    .filter(({ kind }) => kind === 'void' || kind === 'refund')
    .map(({ outcome }) => (outcome.name === 'declined' ? outcome.at : 0))
    .filter((at) => at >= abandonedAt);
  if (refusals.length >= MOST_REFUSALS) return null;
  const last = refusals.at(-1);
  return last === undefined
    ? abandonedAt
    : ((last + FIRST_PAUSE_MILLISECONDS * 2 ** (refusals.length - 1)) as Instant);
}
