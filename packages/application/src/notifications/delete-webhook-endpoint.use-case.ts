import { safeTry } from 'neverthrow';

import type { WebhookEndpointId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { NotificationsUnitOfWork } from './notifications.unit-of-work.ts';

export type DeleteWebhookEndpointCommand = {
  readonly id: WebhookEndpointId;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = { readonly unitOfWork: NotificationsUnitOfWork; readonly clock: Clock };

/** Calls it never again; what was still to be sent is not. */
export class DeleteWebhookEndpoint {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ id, expectedVersion }: DeleteWebhookEndpointCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ endpoints }) =>
      safeTry(async function* () {
        const before = yield* endpoints.find(id);
        yield* checkVersion(before.version, expectedVersion);
        return endpoints.save(before.delete(clock.now()));
      }),
    );
  }
}
