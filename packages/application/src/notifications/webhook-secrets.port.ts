import type { Result } from 'neverthrow';

import type { WebhookEndpointId } from '@kastoma/domain/core';
import type { SealedWebhookSecret } from '@kastoma/domain/notifications';

/** What is signed: the id and the time of a message with the bytes of its body. */
export type SignedContent = {
  readonly messageId: string;
  /** Of the attempt, in whole seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
};

/** The encryption key is gone under which a secret was sealed. */
export type WebhookSecretUnreadable = { readonly code: 'notifications.webhook_secret_unreadable' };

/** What only whoever holds the shop's encryption key can do with the secrets of endpoints. */
export interface WebhookSecrets {
  /** A new one, as it is kept, and as it is shown once. Sealed for one endpoint it does not open for another. */
  next(owner: WebhookEndpointId): { readonly secret: SealedWebhookSecret; readonly shown: string };
  /** The value of `webhook-signature`: one signature for each secret. */
  sign(
    content: SignedContent,
    secrets: readonly SealedWebhookSecret[],
    owner: WebhookEndpointId,
  ): Result<string, WebhookSecretUnreadable>;
}
