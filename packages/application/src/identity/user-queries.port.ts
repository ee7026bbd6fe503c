import type { Role } from '@kastoma/domain/core';
import type { User } from '@kastoma/domain/identity';

import type { Page, PageRequest } from '../core/page.ts';

/** Null where it does not matter. */
export type UserFilter = {
  /** A part of the address or of a name, in any case. */
  readonly search: string | null;
  readonly role: Role | null;
  /** Whether somebody may sign in to it. */
  readonly active: boolean | null;
};

export interface UserQueries {
  /** The accounts, the latest first; erased ones are nobody's. */
  list(filter: UserFilter, page: PageRequest): Promise<Page<User>>;
}
