import { okAsync, type ResultAsync } from 'neverthrow';

import type { SignInEvent } from '@kastoma/domain/identity';

import type { SignInNotes } from '../../identity/sign-in-notes.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';

export class InMemorySignInNotes implements SignInNotes {
  readonly #outbox: InMemoryOutbox;

  constructor(outbox: InMemoryOutbox) {
    this.#outbox = outbox;
  }

  add(note: SignInEvent): ResultAsync<void, never> {
    this.#outbox.record([note]);
    return okAsync();
  }
}
