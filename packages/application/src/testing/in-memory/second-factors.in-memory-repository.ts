import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import { SecondFactor, type SecondFactorNotFound } from '@kastoma/domain/identity';

import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import type {
  SecondFactorReader,
  SecondFactorRepository,
} from '../../identity/second-factor-repository.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemorySecondFactorReader implements SecondFactorReader {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  find(userId: UserId): ResultAsync<SecondFactor, SecondFactorNotFound> {
    return findIn(this.#memory, userId);
  }
}

export class InMemorySecondFactorRepository implements SecondFactorRepository {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox;

  constructor(memory: Memory, outbox: InMemoryOutbox) {
    this.#memory = memory;
    this.#outbox = outbox;
  }

  hold(userId: UserId): ResultAsync<SecondFactor, SecondFactorNotFound> {
    return findIn(this.#memory, userId);
  }

  save(factor: SecondFactor): ResultAsync<void, ConcurrentUpdate> {
    const { state, version, pending } = factor;
    const { secondFactors } = this.#memory.tables;
    const stands = secondFactors.get(state.userId);
    const mayBeSaved = version === 0 ? stands?.isActive !== true : isSame(stands, factor);
    if (!mayBeSaved) return errAsync({ code: 'core.concurrent_update' });
    secondFactors.set(state.userId, SecondFactor.restore(state, version + 1));
    this.#outbox.record(pending);
    return okAsync();
  }

  remove(factor: SecondFactor): ResultAsync<void, ConcurrentUpdate> {
    const { secondFactors } = this.#memory.tables;
    if (!isSame(secondFactors.get(factor.state.userId), factor))
      return errAsync({ code: 'core.concurrent_update' });
    secondFactors.delete(factor.state.userId);
    this.#outbox.record(factor.pending);
    return okAsync();
  }
}

function isSame(stands: SecondFactor | undefined, { state, version }: SecondFactor): boolean {
  return stands?.state.id === state.id && stands.version === version;
}

function findIn(
  { tables }: Memory,
  userId: UserId,
): ResultAsync<SecondFactor, SecondFactorNotFound> {
  const found = tables.secondFactors.get(userId);
  return found === undefined
    ? errAsync({ code: 'identity.second_factor_not_found' })
    : okAsync(found);
}
