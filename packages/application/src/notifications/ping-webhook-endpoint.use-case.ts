import { err, ok, safeTry } from 'neverthrow';

import type { WebhookDeliveryId, WebhookEndpointId } from '@kastoma/domain/core';
import { PING_TYPE } from '@kastoma/domain/notifications';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { NotificationsUnitOfWork } from './notifications.unit-of-work.ts';
import type { WebhookDeliveryView } from './webhook-deliveries.port.ts';
import { messageFor } from './webhook-message.ts';

type Dependencies = {
  readonly unitOfWork: NotificationsUnitOfWork;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Sends an endpoint something to see whether it listens, on the way that all messages go. */
export class PingWebhookEndpoint {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(endpointId: WebhookEndpointId, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ endpoints, deliveries }) =>
      safeTry(async function* () {
        const { state } = yield* endpoints.find(endpointId);
        if (!state.active) return err({ code: 'notifications.webhook_endpoint_inactive' as const });
        const [id, now] = [ids.next<WebhookDeliveryId>(), clock.now()];
        const { correlationId } = context;
        const told = { id, type: PING_TYPE, occurredAt: now, correlationId, data: {} };
        const message = messageFor(told, { id, endpointId }, now);
        yield* deliveries.add([message]);
        const { body: _, ...shown } = message;
        const standing = { status: 'pending', attempts: 0, dueAt: now, lastAttempt: null } as const;
        return ok<WebhookDeliveryView>({ ...shown, ...standing });
      }),
    );
  }
}
