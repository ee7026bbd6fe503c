import { ok, safeTry } from 'neverthrow';

import type { UserId, WebhookEndpointId } from '@kastoma/domain/core';
import { WebhookEndpoint, type PublicEventType } from '@kastoma/domain/notifications';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { NotificationsUnitOfWork } from './notifications.unit-of-work.ts';
import type { WebhookAddresses } from './webhook-addresses.port.ts';
import { viewWebhookEndpoint, type WebhookEndpointView } from './webhook-endpoint-queries.port.ts';
import type { WebhookSecrets } from './webhook-secrets.port.ts';

export type CreateWebhookEndpointCommand = {
  readonly url: string;
  readonly description: string;
  /** Null for all. */
  readonly eventTypes: readonly PublicEventType[] | null;
  readonly createdBy: UserId;
};

/** With the secret, which nobody can show again. */
export type WebhookEndpointWithSecret = WebhookEndpointView & { readonly secret: string };

type Dependencies = {
  readonly unitOfWork: NotificationsUnitOfWork;
  readonly webhookSecrets: WebhookSecrets;
  readonly webhookAddresses: WebhookAddresses;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Has a program of the merchant told from now on. */
export class CreateWebhookEndpoint {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ url: text, ...wishes }: CreateWebhookEndpointCommand, context: CallContext) {
    const { unitOfWork, webhookSecrets, webhookAddresses, ids, clock } = this.#dependencies;
    return safeTry(async function* () {
      const url = yield* webhookAddresses.check(text);
      const id = ids.next<WebhookEndpointId>();
      const { secret, shown } = webhookSecrets.next(id);
      const made = yield* WebhookEndpoint.create({ ...wishes, id, url, secret, at: clock.now() });
      yield* unitOfWork.run(context, ({ endpoints }) => endpoints.add(made));
      return ok<WebhookEndpointWithSecret>({ ...viewWebhookEndpoint(made, null), secret: shown });
    });
  }
}
