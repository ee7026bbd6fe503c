import type { Audience } from '@kastoma/application/catalog';
import type { Actor } from '@kastoma/domain/core';
import { isAllowed } from '@kastoma/domain/identity';

/** Those who keep the catalogue see drafts and the archive as well. */
export function audienceOf(actor: Actor): Audience {
  return isAllowed(actor, 'catalog.manage') ? 'staff' : 'shoppers';
}
