import type { OrderItemId } from '../core/ids.value.ts';
import { fulfilledUnits, type Fulfilment } from './fulfilment.value.ts';
import type { OrderRefund, OrderRefundLine, Refund } from './refund.value.ts';

type Units = {
  readonly items: readonly { readonly id: OrderItemId; readonly quantity: number }[];
  readonly fulfilments: readonly Fulfilment[];
  readonly refunds: readonly Pick<OrderRefund, 'lines'>[];
};

/** Units of each item that are still to leave: ordered, not gone, and not paid back before they left. */
export function unitsToShip(order: Units): ReadonlyMap<OrderItemId, number> {
  const gone = fulfilledUnits(order.fulfilments);
  const withheld = withheldUnits(order.refunds);
  return new Map(
    order.items.map(({ id, quantity }) => [
      id,
      quantity - (gone.get(id) ?? 0) - (withheld.get(id) ?? 0),
    ]),
  );
}

/** How many units of each item do not leave any more, since they were paid back. */
export function withheldUnits(
  refunds: readonly Pick<OrderRefund, 'lines'>[],
): ReadonlyMap<string, number> {
  return sumOf(refunds, ({ withheld }) => withheld);
}

/**
 * Says of each line how many of its units do not leave any more. A refund takes what has not left first; one for units
 * that came back takes what has left first.
 */
export function withhold(
  order: Units,
  lines: Refund<OrderItemId>['lines'],
  isForReturn: boolean,
): readonly OrderRefundLine[] {
  const toShip = unitsToShip(order);
  const gone = fulfilledUnits(order.fulfilments);
  const goneAndPaidBack = sumOf(order.refunds, ({ quantity, withheld }) => quantity - withheld);
  return lines.map((line) => {
    const { itemId, quantity } = line;
    const outside = (gone.get(itemId) ?? 0) - (goneAndPaidBack.get(itemId) ?? 0);
    const withheld = isForReturn
      ? Math.max(0, quantity - outside)
      : Math.min(quantity, toShip.get(itemId) ?? 0);
    return { ...line, withheld };
  });
}

function sumOf(
  refunds: readonly Pick<OrderRefund, 'lines'>[],
  count: (line: OrderRefundLine) => number,
): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const line of refunds.flatMap(({ lines }) => lines))
    units.set(line.itemId, (units.get(line.itemId) ?? 0) + count(line));
  return units;
}
