import type { OrderItemId } from '../core/ids.value.ts';
import { fulfilledUnits, type Fulfilment } from './fulfilment.value.ts';
import type { ReturnState } from './return.state.ts';

/** Units of each item that have left, and are neither back nor announced. */
export function returnableUnits(
  order: {
    readonly items: readonly { readonly id: OrderItemId }[];
    readonly fulfilments: readonly Fulfilment[];
  },
  returns: readonly ReturnState[],
): ReadonlyMap<OrderItemId, number> {
  const gone = fulfilledUnits(order.fulfilments);
  const coming = returns.flatMap(({ status, lines }) =>
    lines.map(({ itemId, quantity, received }) => ({
      itemId,
      units: { requested: quantity, received, cancelled: 0 }[status.name],
    })),
  );
  return new Map(
    order.items.map(({ id }) => {
      const back = coming.filter(({ itemId }) => itemId === id);
      return [id, back.reduce((left, { units }) => left - units, gone.get(id) ?? 0)];
    }),
  );
}

/** Units that are back. */
export function returnedUnits(returns: readonly Pick<ReturnState, 'lines'>[]): number {
  return returns.flatMap(({ lines }) => lines).reduce((sum, { received }) => sum + received, 0);
}
