import { Category } from '@kastoma/domain/catalog';
import type { CategoryId, Instant } from '@kastoma/domain/core';

import { BUILT_AT, builderIds, nextNumber } from './builder-ids.ts';

type Wishes = {
  readonly name?: string;
  readonly slug?: string;
  readonly parentId?: CategoryId;
  readonly description?: string;
  readonly position?: number;
};

/** A category that was not stored yet; the slug differs each time. */
export function aCategory(wishes: Wishes = {}): Category {
  return Category.create({
    id: builderIds.next<CategoryId>(),
    name: wishes.name ?? 'Lamps',
    slug: wishes.slug ?? `lamps-${nextNumber()}`,
    parentId: wishes.parentId ?? null,
    description: wishes.description ?? '',
    position: wishes.position,
    at: BUILT_AT as Instant,
  })._unsafeUnwrap();
}
