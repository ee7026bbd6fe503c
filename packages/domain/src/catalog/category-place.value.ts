import { err, ok, type Result } from 'neverthrow';

import type { CategoryId } from '../core/ids.value.ts';
import type { FieldPath } from '../core/text.value.ts';

/** Where a category stands: the way from the root down to it, itself included. */
export type CategoryPlace = readonly CategoryId[];

/** A category would stand below itself. */
export type CategoryCircle = {
  readonly code: 'catalog.category_circle';
  readonly path: FieldPath;
};
export type CategoryTooDeep = {
  readonly code: 'catalog.category_too_deep';
  readonly path: FieldPath;
  readonly maximum: number;
};

/** Categories have at most so many levels. */
const DEEPEST_CATEGORY = 20;

/** Whether a category, with those below it so many levels high, can stand below another one, or at the root. */
export function checkPlace(
  id: CategoryId,
  levels: number,
  parent: CategoryPlace | null,
): Result<void, CategoryCircle | CategoryTooDeep> {
  const path = ['parentId'];
  const above = parent ?? [];
  if (above.includes(id)) return err({ code: 'catalog.category_circle', path });
  return above.length + levels > DEEPEST_CATEGORY
    ? err({ code: 'catalog.category_too_deep', path, maximum: DEEPEST_CATEGORY })
    : ok();
}
