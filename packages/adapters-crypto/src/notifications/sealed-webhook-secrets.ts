import { createHmac, randomBytes } from 'node:crypto';

import { Result } from 'neverthrow';

import type {
  SignedContent,
  WebhookSecrets,
  WebhookSecretUnreadable,
} from '@kastoma/application/notifications';
import type { WebhookEndpointId } from '@kastoma/domain/core';
import type { SealedWebhookSecret } from '@kastoma/domain/notifications';

import type { SecretSealer } from '../identity/secret-sealer.ts';

/** By which scanners know a secret that was published by mistake. */
const MARK = 'whsec_';
/** As long as the hash; the specification wants 24 to 64. */
const SECRET_BYTES = 32;

/** Secrets of webhook endpoints (Standard Webhooks 1.0), which leave this class sealed, or once as they are shown. */
export class SealedWebhookSecrets implements WebhookSecrets {
  readonly #sealer: SecretSealer;

  constructor(sealer: SecretSealer) {
    this.#sealer = sealer;
  }

  next(owner: WebhookEndpointId): { readonly secret: SealedWebhookSecret; readonly shown: string } {
    const key = randomBytes(SECRET_BYTES);
    const secret = this.#sealer.seal(key, ownerName(owner)) as SealedWebhookSecret;
    return { secret, shown: `${MARK}${key.toString('base64')}` };
  }

  sign(
    { messageId, timestamp, body }: SignedContent,
    secrets: readonly SealedWebhookSecret[],
    owner: WebhookEndpointId,
  ): Result<string, WebhookSecretUnreadable> {
    const opened = secrets.map((secret) => this.#sealer.open(secret, ownerName(owner)));
    return Result.combine(opened)
      .mapErr((): WebhookSecretUnreadable => ({ code: 'notifications.webhook_secret_unreadable' }))
      .map((keys) =>
        keys.map((key) => `v1,${hmac(key, `${messageId}.${timestamp}.${body}`)}`).join(' '),
      );
  }
}

/** Other secrets of the shop are under the same key: none of them opens as one of these. */
function ownerName(owner: WebhookEndpointId): string {
  return `webhook endpoint ${owner}`;
}

function hmac(key: Buffer, content: string): string {
  return createHmac('sha256', key).update(content).digest('base64');
}
