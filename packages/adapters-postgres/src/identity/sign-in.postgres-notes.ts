import { ResultAsync } from 'neverthrow';

import type { SignInNotes } from '@kastoma/application/identity';
import type { SignInEvent } from '@kastoma/domain/identity';

import type { Outbox } from '../core/outbox.ts';

export class PostgresSignInNotes implements SignInNotes {
  readonly #outbox: Outbox;

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  add(note: SignInEvent): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#outbox.record([note]));
  }
}
