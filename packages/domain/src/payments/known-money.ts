import { defect } from '../core/defect.ts';
import type { Instant } from '../core/instant.value.ts';
import { Money } from '../core/money.value.ts';
import { joined, type MovedMoney } from './moved-money.value.ts';
import { amountOf, isOpen, type PaymentOperation } from './payment-operation.ts';
import type { PaymentState } from './payment.state.ts';

/** What has moved at least, since a provider has said yes to as much: true even where it tells no totals. */
export function establishedBy({ amount, moved, operations }: PaymentState): MovedMoney {
  const of = (kind: PaymentOperation['kind']) =>
    moneyOf(amountOf(operations, kind, 'succeeded'), amount);
  const established: MovedMoney = {
    authorized: of('authorize'),
    captured: of('capture'),
    refunded: of('refund'),
    isReleased: operations.some(
      ({ kind, outcome }) => kind === 'void' && outcome.name === 'succeeded',
    ),
  };
  return joined(moved, established).match(
    (known) => known,
    () => defect('The operations of a payment are in another currency than the payment.'),
  );
}

/**
 * Operations that what has moved answers: nobody needs to be asked any more whether money was promised that was, or
 * let go that was. Of captures and refunds totals say no such thing: somebody else may have moved as much.
 */
export function answeredBy(
  moved: MovedMoney,
  operations: readonly PaymentOperation[],
  at: Instant,
): readonly PaymentOperation[] {
  return operations.map((operation) => {
    const outcome = outcomeBy(moved, operation, at);
    return outcome === null ? operation : { ...operation, token: null, outcome };
  });
}

function outcomeBy(
  moved: MovedMoney,
  operation: PaymentOperation,
  at: Instant,
): PaymentOperation['outcome'] | null {
  if (!isOpen(operation)) return null;
  if (operation.kind === 'void') return moved.isReleased ? { name: 'succeeded', at } : null;
  if (operation.kind !== 'authorize') return null;
  if (moved.authorized.minorUnits > 0n) return { name: 'succeeded', at };
  return moved.isReleased ? { name: 'declined', reason: 'released', at } : null;
}

/** So much in the currency of another amount; nothing where it is less than that. */
export function moneyOf(minorUnits: bigint, { currency }: Money): Money {
  return Money.of(minorUnits > 0n ? minorUnits : 0n, currency).match(
    (money) => money,
    () => defect('The amounts of a payment are beyond all money.'),
  );
}
