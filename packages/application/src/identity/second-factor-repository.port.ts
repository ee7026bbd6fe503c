import type { ResultAsync } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import type { SecondFactor, SecondFactorNotFound } from '@kastoma/domain/identity';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';

/** An account has one second factor at most. */
export interface SecondFactorRepository {
  /** Held until the transaction ends: whoever comes with a code for it meanwhile waits, and then reads what it has become. */
  hold(userId: UserId): ResultAsync<SecondFactor, SecondFactorNotFound>;
  /** Stores it with its events. A new one takes the place of one that was never confirmed, and of no other. */
  save(factor: SecondFactor): ResultAsync<void, ConcurrentUpdate>;
  /** Forgets it, and keeps its events. */
  remove(factor: SecondFactor): ResultAsync<void, ConcurrentUpdate>;
}

/** Looking it up outside a transaction. */
export interface SecondFactorReader {
  find(userId: UserId): ResultAsync<SecondFactor, SecondFactorNotFound>;
}
