import { ok, safeTry } from 'neverthrow';

import type { WebhookEndpointId } from '@kastoma/domain/core';
import type { WebhookEndpointChanges } from '@kastoma/domain/notifications';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { NotificationsUnitOfWork } from './notifications.unit-of-work.ts';
import type { WebhookAddresses } from './webhook-addresses.port.ts';

export type ChangeWebhookEndpointCommand = {
  readonly id: WebhookEndpointId;
  readonly changes: Omit<WebhookEndpointChanges, 'url'> & { readonly url?: string | undefined };
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = {
  readonly unitOfWork: NotificationsUnitOfWork;
  readonly webhookAddresses: WebhookAddresses;
  readonly clock: Clock;
};

/** Calls another address, tells of other things, or stops and begins again. */
export class ChangeWebhookEndpoint {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ id, changes, expectedVersion }: ChangeWebhookEndpointCommand, context: CallContext) {
    const { unitOfWork, webhookAddresses, clock } = this.#dependencies;
    const { url: text, ...others } = changes;
    return safeTry(async function* () {
      const url = text === undefined ? undefined : yield* webhookAddresses.check(text);
      return unitOfWork.run(context, ({ endpoints, endpointQueries }) =>
        safeTry(async function* () {
          const before = yield* endpoints.find(id);
          yield* checkVersion(before.version, expectedVersion);
          const changed = yield* before.change({ ...others, url }, clock.now());
          if (changed !== before) yield* endpoints.save(changed);
          return ok(yield* endpointQueries.find(id));
        }),
      );
    });
  }
}
