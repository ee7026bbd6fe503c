import { err, ok, type Result } from 'neverthrow';

import type { FieldPath } from '../core/text.value.ts';

export type SelectedUnits<ItemId extends string = string> = {
  readonly itemId: ItemId;
  readonly quantity: number;
};

export type OrderItemNotFound = {
  readonly code: 'ordering.order_item_not_found';
  readonly path: FieldPath;
  readonly itemId: string;
};
/** One line an item: two of one item may be a mistake, and nobody can say which is meant. */
export type OrderItemRepeated = {
  readonly code: 'ordering.order_item_repeated';
  readonly path: FieldPath;
  readonly itemId: string;
};
/** Not a whole number above zero. */
export type InvalidUnits = { readonly code: 'ordering.invalid_units'; readonly path: FieldPath };
export type TooManyUnits = {
  readonly code: 'ordering.too_many_units';
  readonly path: FieldPath;
  readonly itemId: string;
  readonly requested: number;
  readonly left: number;
};
export type InvalidSelection = OrderItemNotFound | OrderItemRepeated | InvalidUnits | TooManyUnits;

/** Checks that the units exist and are still there; the error's path leads to the first line that is wrong. */
export function selectUnits<ItemId extends string>(
  lines: readonly SelectedUnits[],
  left: ReadonlyMap<ItemId, number>,
): Result<ReadonlyMap<ItemId, number>, InvalidSelection> {
  const selected = new Map<ItemId, number>();
  for (const [index, { itemId, quantity }] of lines.entries()) {
    const id = itemId as ItemId;
    const remaining = left.get(id);
    const path = ['lines', index, 'itemId'];
    if (remaining === undefined)
      return err({ code: 'ordering.order_item_not_found', path, itemId });
    if (selected.has(id)) return err({ code: 'ordering.order_item_repeated', path, itemId });
    const ofQuantity = ['lines', index, 'quantity'];
    if (!Number.isSafeInteger(quantity) || quantity < 1)
      return err({ code: 'ordering.invalid_units', path: ofQuantity });
    if (quantity > remaining)
      return err({
        code: 'ordering.too_many_units',
        path: ofQuantity,
        itemId,
        requested: quantity,
        left: remaining,
      });
    selected.set(id, quantity);
  }
  return ok(selected);
}
