import { err, ok, safeTry } from 'neverthrow';

import type { WebhookDeliveryId, WebhookEndpointId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { NotificationsUnitOfWork } from './notifications.unit-of-work.ts';

type Dependencies = { readonly unitOfWork: NotificationsUnitOfWork; readonly clock: Clock };

/** Sends a message once more, under the same id and with the same bytes; one that waits is sent at once. */
export class ReplayWebhookDelivery {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(endpointId: WebhookEndpointId, id: WebhookDeliveryId, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ endpoints, deliveries }) =>
      safeTry(async function* () {
        const { state } = yield* endpoints.find(endpointId);
        const replayed = yield* deliveries.replay(endpointId, id, clock.now());
        if (!state.active) return err({ code: 'notifications.webhook_endpoint_inactive' as const });
        return ok(replayed);
      }),
    );
  }
}
