import type { ResultAsync } from 'neverthrow';

import type { MailRequested } from '@kastoma/domain/identity';

/** Notes that somebody asked for a mail; it is written and sent later, where nobody waits for it. */
export interface MailRequests {
  add(request: MailRequested): ResultAsync<void, never>;
}
