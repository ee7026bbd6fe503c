import { ok, safeTry } from 'neverthrow';

import type { WebhookDeliveryId } from '@kastoma/domain/core';

import type { CallContext } from '../../core/call-context.ts';
import type { Clock } from '../../core/clock.port.ts';
import type { IdGenerator } from '../../core/id-generator.port.ts';
import type { Subscriber } from '../../core/subscriber.ts';
import type { NotificationsTx } from '../notifications.unit-of-work.ts';
import { messageFor } from '../webhook-message.ts';
import { publicEventOf, type PublishedEvent } from './public-events.ts';

type Dependencies = { readonly ids: IdGenerator; readonly clock: Clock };

/** Writes down a message for each endpoint that is told of the event; it is sent later, and each on its own. */
export class PublishToWebhooks implements Subscriber<PublishedEvent, NotificationsTx> {
  readonly consumer = 'notifications.publish_to_webhooks';
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  readonly handle = (
    event: PublishedEvent,
    { endpoints, deliveries }: NotificationsTx,
    { correlationId }: CallContext,
    eventId: string,
  ) => {
    const { ids, clock } = this.#dependencies;
    const told = publicEventOf(event, eventId, correlationId);
    return safeTry<void, never>(async function* () {
      if (told === null) return ok();
      const listening = yield* endpoints.subscribedTo(told.type);
      if (listening.length === 0) return ok();
      const now = clock.now();
      const messages = listening.map((endpointId) =>
        messageFor(told, { id: ids.next<WebhookDeliveryId>(), endpointId }, now),
      );
      return deliveries.add(messages);
    });
  };
}
