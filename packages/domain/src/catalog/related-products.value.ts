import { err, ok, type Result } from 'neverthrow';

import type { ProductId } from '../core/ids.value.ts';
import type { FieldPath } from '../core/text.value.ts';

export type InvalidRelated = {
  readonly code: 'catalog.invalid_related';
  readonly path: FieldPath;
  readonly reason: 'itself' | 'twice' | 'too_many';
};

const MOST_RELATED = 50;

/** Reads what goes with a product: at most 50 others, each once. */
export function parseRelated(
  ids: readonly ProductId[],
  productId: ProductId,
  path: FieldPath = ['productIds'],
): Result<readonly ProductId[], InvalidRelated> {
  const refuse = (reason: InvalidRelated['reason'], place: FieldPath) =>
    err({ code: 'catalog.invalid_related' as const, path: place, reason });
  if (ids.length > MOST_RELATED) return refuse('too_many', path);
  const itself = ids.indexOf(productId);
  if (itself !== -1) return refuse('itself', [...path, itself]);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  return twice === -1 ? ok([...ids]) : refuse('twice', [...path, twice]);
}
