import { addsUp } from './frozen-price.value.ts';
import { fulfilledUnits } from './fulfilment.value.ts';
import { fulfilmentStatusOf, type FulfilmentStatus } from './order-standing.ts';
import type { OrderStatusName } from './order-status.value.ts';
import type { OrderState } from './order.state.ts';
import type { RefundedPart } from './refund.value.ts';
import { Refundable } from './refundable.value.ts';
import { unitsToShip } from './units-to-ship.ts';

export type ContradictoryPart = 'amounts' | 'fulfilments' | 'status' | 'refunds';

/** How much may have left in each state. */
const SHIPPED_IN = {
  pending: ['unfulfilled'],
  confirmed: ['unfulfilled'],
  processing: ['unfulfilled', 'partially_fulfilled'],
  shipped: ['fulfilled'],
  delivered: ['fulfilled'],
  cancelled: ['unfulfilled'],
} as const satisfies Record<OrderStatusName, readonly FulfilmentStatus[]>;

/** The first part of a state that no order of this life can have; null when all of it fits together. */
export function findContradiction(state: OrderState): ContradictoryPart | null {
  if (state.items.length === 0 || !addsUp(state)) return 'amounts';
  if (!areOfTheOrder(state)) return 'fulfilments';
  const shipped: readonly FulfilmentStatus[] = SHIPPED_IN[state.status.name];
  if (!shipped.includes(fulfilmentStatusOf(state))) return 'status';
  return areWithinWhatWasPaid(state) ? null : 'refunds';
}

function areOfTheOrder(state: OrderState): boolean {
  const { items, fulfilments } = state;
  const bought = new Map<string, number>(items.map(({ id, quantity }) => [id, quantity]));
  return (
    fulfilments.every(
      ({ lines }) =>
        lines.length > 0 &&
        new Set(lines.map(({ itemId }) => itemId)).size === lines.length &&
        lines.every(({ quantity }) => quantity >= 1),
    ) &&
    [...fulfilledUnits(fulfilments)].every(([id, quantity]) => quantity <= (bought.get(id) ?? 0)) &&
    [...unitsToShip(state).values()].every((left) => left >= 0)
  );
}

function areWithinWhatWasPaid(state: OrderState): boolean {
  const whole = Refundable.of(state).unwrapOr(null);
  return (
    state.refunds.every(isItsParts) &&
    state.refunds.reduce((before, refund) => before?.less(refund) ?? null, whole) !== null
  );
}

function isItsParts({ amount, tax, lines, shipping }: OrderState['refunds'][number]): boolean {
  const parts: readonly RefundedPart[] = shipping === null ? lines : [...lines, shipping];
  const sum = (pick: (part: RefundedPart) => bigint) =>
    parts.reduce((total, part) => total + pick(part), 0n);
  return (
    (amount.minorUnits > 0n || lines.some(({ quantity }) => quantity > 0)) &&
    amount.minorUnits >= 0n &&
    lines.every(({ quantity, withheld }) => withheld >= 0 && withheld <= quantity) &&
    amount.minorUnits === sum((part) => part.amount.minorUnits) &&
    tax.minorUnits === sum((part) => part.tax.minorUnits) &&
    new Set(lines.map(({ itemId }) => itemId)).size === lines.length
  );
}
