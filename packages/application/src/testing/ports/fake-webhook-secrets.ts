import { err, ok, type Result } from 'neverthrow';

import type { WebhookEndpointId } from '@kastoma/domain/core';
import type { SealedWebhookSecret } from '@kastoma/domain/notifications';

import type {
  SignedContent,
  WebhookSecrets,
  WebhookSecretUnreadable,
} from '../../notifications/webhook-secrets.port.ts';

/** Secrets that are counted, and signatures that anybody could work out; they are unreadable when the key is lost. */
export class FakeWebhookSecrets implements WebhookSecrets {
  isKeyLost = false;
  #last = 0;

  next(owner: WebhookEndpointId): { readonly secret: SealedWebhookSecret; readonly shown: string } {
    this.#last += 1;
    const shown = `whsec_${this.#last}`;
    return { secret: `sealed ${owner} ${shown}` as SealedWebhookSecret, shown };
  }

  sign(
    { messageId, timestamp }: SignedContent,
    secrets: readonly SealedWebhookSecret[],
    owner: WebhookEndpointId,
  ): Result<string, WebhookSecretUnreadable> {
    const isStrange = secrets.some((secret) => !secret.startsWith(`sealed ${owner} `));
    if (this.isKeyLost || isStrange)
      return err({ code: 'notifications.webhook_secret_unreadable' });
    const signatures = secrets.map(
      (secret) => `v1,${messageId}.${timestamp} by ${secret.split(' ')[2] ?? ''}`,
    );
    return ok(signatures.join(' '));
  }
}
