import type postgres from 'postgres';

import { isUuid } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';

/** The condition on a category that is meant by an id, in either case, or by a slug. */
export function namedBy(sql: Queryable, idOrSlug: string): postgres.Fragment {
  return isUuid(idOrSlug) ? sql`id = ${idOrSlug.toLowerCase()}` : sql`slug = ${idOrSlug}`;
}
