import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { Location, LocationCodeTaken, LocationNotFound } from '@kastoma/domain/inventory';

import type { Page, PageRequest } from '../../core/page.ts';
import type { Locations } from '../../inventory/locations.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import { byKeys, pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryLocations implements Locations {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox | null;

  /** Without an outbox it is for reading alone. */
  constructor(memory: Memory, outbox: InMemoryOutbox | null = null) {
    this.#memory = memory;
    this.#outbox = outbox;
  }

  add(location: Location): ResultAsync<void, LocationCodeTaken> {
    const { id, code } = location.state;
    if (this.#all().some(({ state }) => state.code === code))
      return errAsync({ code: 'inventory.location_code_taken', path: ['code'] });
    this.#memory.tables.locations.set(id, location);
    this.#outbox?.record(location.pending);
    return okAsync();
  }

  find(code: string | null): ResultAsync<Location, LocationNotFound> {
    const found = this.#all().find(({ state }) =>
      code === null ? state.isDefault : state.code === code,
    );
    return found === undefined
      ? errAsync({ code: 'inventory.location_not_found' })
      : okAsync(found);
  }

  async list(page: PageRequest): Promise<Page<Location>> {
    const ordered = this.#all().toSorted(
      byKeys(
        ({ state }) => (state.isDefault ? 0 : 1),
        ({ state }) => state.code,
      ),
    );
    return pageOf(ordered, page);
  }

  #all(): readonly Location[] {
    return [...this.#memory.tables.locations.values()];
  }
}
