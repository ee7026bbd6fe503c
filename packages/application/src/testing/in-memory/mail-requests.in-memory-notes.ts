import { okAsync, type ResultAsync } from 'neverthrow';

import type { MailRequested } from '@kastoma/domain/identity';

import type { MailRequests } from '../../identity/mail-requests.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';

export class InMemoryMailRequests implements MailRequests {
  readonly #outbox: InMemoryOutbox;

  constructor(outbox: InMemoryOutbox) {
    this.#outbox = outbox;
  }

  add(request: MailRequested): ResultAsync<void, never> {
    this.#outbox.record([request]);
    return okAsync();
  }
}
