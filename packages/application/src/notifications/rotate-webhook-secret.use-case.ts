import { ok, safeTry } from 'neverthrow';

import type { Instant, WebhookEndpointId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { WebhookEndpointWithSecret } from './create-webhook-endpoint.use-case.ts';
import type { NotificationsUnitOfWork } from './notifications.unit-of-work.ts';
import type { WebhookSecrets } from './webhook-secrets.port.ts';

export type RotateWebhookSecretCommand = {
  readonly id: WebhookEndpointId;
  /** For so long the present secret signs as well; 0 where others know it. */
  readonly overlapHours: number;
};

type Dependencies = {
  readonly unitOfWork: NotificationsUnitOfWork;
  readonly webhookSecrets: WebhookSecrets;
  readonly clock: Clock;
};

const HOUR_MILLISECONDS = 60 * 60 * 1_000;

/** Has messages signed with a new secret, and for a while with the present one as well. */
export class RotateWebhookSecret {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ id, overlapHours }: RotateWebhookSecretCommand, context: CallContext) {
    const { unitOfWork, webhookSecrets, clock } = this.#dependencies;
    const { secret, shown } = webhookSecrets.next(id);
    return unitOfWork.run(context, ({ endpoints, endpointQueries }) =>
      safeTry(async function* () {
        const now = clock.now();
        const until = (now + overlapHours * HOUR_MILLISECONDS) as Instant;
        const before = yield* endpoints.find(id);
        yield* endpoints.save(before.rotateSecret(secret, until, now));
        const view = yield* endpointQueries.find(id);
        return ok<WebhookEndpointWithSecret>({ ...view, secret: shown });
      }),
    );
  }
}
