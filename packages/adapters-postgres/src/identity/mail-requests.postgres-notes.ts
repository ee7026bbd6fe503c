import { ResultAsync } from 'neverthrow';

import type { MailRequests } from '@kastoma/application/identity';
import type { MailRequested } from '@kastoma/domain/identity';

import type { Outbox } from '../core/outbox.ts';

export class PostgresMailRequests implements MailRequests {
  readonly #outbox: Outbox;

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  add(request: MailRequested): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#outbox.record([request]));
  }
}
