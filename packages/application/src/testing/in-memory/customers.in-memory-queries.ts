import type { UserId } from '@kastoma/domain/core';

import type { Customers } from '../../ordering/customers.port.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryCustomers implements Customers {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async exists(customerId: UserId): Promise<boolean> {
    return this.#memory.tables.users.get(customerId)?.state.erasedAt === null;
  }

  async groupsOf(customerIds: readonly UserId[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const { users } = this.#memory.tables;
    return new Map(
      customerIds
        .map((id) => [id, users.get(id)?.state.groups ?? []] as const)
        .filter(([, groups]) => groups.length > 0),
    );
  }
}
