import type { ResultAsync } from 'neverthrow';

import type { FieldPath } from '@kastoma/domain/core';
import type { WebhookUrl } from '@kastoma/domain/notifications';

export type WebhookAddressRefused = {
  readonly code: 'notifications.webhook_address_refused';
  readonly path: FieldPath;
  readonly reason: WebhookAddressProblem;
};

/** `inside`: it leads into a network that is not everybody's, or would by way of its name. */
export type WebhookAddressProblem =
  | 'malformed'
  | 'scheme'
  | 'credentials'
  | 'port'
  | 'inside'
  | 'unresolvable';

/** Which addresses the shop calls. What stands behind a name may change, so whoever calls looks again. */
export interface WebhookAddresses {
  check(text: string): ResultAsync<WebhookUrl, WebhookAddressRefused>;
}
