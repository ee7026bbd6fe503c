import type { UserId } from '@kastoma/domain/core';

import type { UserReader } from './user-repository.port.ts';

/** Reads one's own account. */
export class ViewProfile {
  readonly #users: UserReader;

  constructor(dependencies: { readonly users: UserReader }) {
    this.#users = dependencies.users;
  }

  execute(userId: UserId) {
    return this.#users.find(userId);
  }
}
