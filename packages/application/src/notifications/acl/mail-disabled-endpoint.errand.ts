import { err, ok, safeTry } from 'neverthrow';

import type { UserId, WebhookEndpointId } from '@kastoma/domain/core';
import type { User, UserNotFound } from '@kastoma/domain/identity';
import type {
  DisablingReason,
  WebhookEndpointDisabled,
  WebhookEndpointNotFound,
} from '@kastoma/domain/notifications';

import type { CallContext } from '../../core/call-context.ts';
import { composeMail } from '../../core/mail-content.ts';
import type { Mailer } from '../../core/mailer.port.ts';
import { TOOK_TOO_LONG, type Errand, type NotHandled } from '../../core/subscriber.ts';
import type { UserReader } from '../../identity/user-repository.port.ts';
import type {
  WebhookEndpointQueries,
  WebhookEndpointView,
} from '../webhook-endpoint-queries.port.ts';

type Dependencies = {
  readonly endpointQueries: Pick<WebhookEndpointQueries, 'find'>;
  readonly users: Pick<UserReader, 'find'>;
  readonly mailer: Mailer;
};

const REASONS: Readonly<Record<DisablingReason, string>> = {
  failing: 'nothing that the shop sent to it came through for more than a day',
  gone: 'it answered that it is gone (410)',
};

/** Tells whoever made an endpoint by mail that the shop does not call it any more. */
export class MailDisabledEndpoint implements Errand<WebhookEndpointDisabled> {
  readonly consumer = 'notifications.mail_disabled_endpoint';
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  readonly handle = (
    { payload: { endpointId, userId, reason } }: WebhookEndpointDisabled,
    _context: CallContext,
    eventId: string,
    signal: AbortSignal,
  ) => {
    const { endpointQueries, users, mailer } = this.#dependencies;
    return safeTry<null, NotHandled>(async function* () {
      const endpoint = yield* endpointQueries
        .find(endpointId as WebhookEndpointId)
        .map((found): WebhookEndpointView | null => found)
        .orElse((_deleted: WebhookEndpointNotFound) => ok(null));
      const maker = yield* users
        .find(userId as UserId)
        .map((found): User | null => found)
        .orElse((_gone: UserNotFound) => ok(null));
      if (endpoint === null || maker === null || !maker.isActive) return ok(null);
      if (signal.aborted) return err(TOOK_TOO_LONG);
      const content = composeMail({
        subject: 'A webhook endpoint was switched off',
        paragraphs: [
          'Hello,',
          `the shop does not call the webhook endpoint at ${hostOf(endpoint.url)} any more: ${REASONS[reason]}.`,
          'Messages that were given up are kept for thirty days, and can be replayed once it is switched on again.',
        ],
      });
      await mailer.send({ id: `${eventId}.endpoint-disabled`, to: maker.state.email, ...content });
      return ok(null);
    });
  };
}

/** What follows it may hold a secret of the other side. */
function hostOf(url: string): string {
  return /^https?:\/\/([^/?#]+)/.exec(url)?.[1] ?? '';
}
