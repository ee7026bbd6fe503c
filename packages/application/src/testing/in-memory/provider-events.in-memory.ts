import { okAsync, type ResultAsync } from 'neverthrow';

import type { Instant } from '@kastoma/domain/core';

import type {
  ProviderEventRetention,
  ProviderEvents,
} from '../../payments/provider-events.port.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryProviderEvents implements ProviderEvents, ProviderEventRetention {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  take(
    { provider, id }: Parameters<ProviderEvents['take']>[0],
    at: Instant,
  ): ResultAsync<boolean, never> {
    const { providerEvents } = this.#memory.tables;
    const name = JSON.stringify([provider, id]);
    const isNew = !providerEvents.has(name);
    if (isNew) providerEvents.set(name, at);
    return okAsync(isNew);
  }

  async forgetBefore(then: Instant): Promise<number> {
    const { providerEvents } = this.#memory.tables;
    const old = [...providerEvents].filter(([, receivedAt]) => receivedAt < then);
    for (const [name] of old) providerEvents.delete(name);
    return old.length;
  }
}
