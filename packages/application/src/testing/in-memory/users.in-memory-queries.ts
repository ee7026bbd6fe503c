import type { User } from '@kastoma/domain/identity';

import type { Page, PageRequest } from '../../core/page.ts';
import type { UserFilter, UserQueries } from '../../identity/user-queries.port.ts';
import { byKeys, descending, pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryUserQueries implements UserQueries {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async list({ search, role, active }: UserFilter, page: PageRequest): Promise<Page<User>> {
    const found = [...this.#memory.tables.users.values()]
      .filter(({ state }) => state.erasedAt === null)
      .filter(({ state }) => role === null || state.role === role)
      .filter((user) => active === null || user.isActive === active)
      .filter((user) => search === null || isFound(user, search.toLowerCase()));
    const latestFirst = descending(
      byKeys<User>(
        ({ state }) => state.createdAt,
        ({ state }) => state.id,
      ),
    );
    return pageOf(found.toSorted(latestFirst), page);
  }
}

/** A first and a last name may be searched for as they are said together. */
function isFound({ state: { email, firstName, lastName } }: User, words: string): boolean {
  return [email, `${firstName} ${lastName}`].some((text) => text.toLowerCase().includes(words));
}
