import type { UserId, WebhookEndpointId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { PublicEventType } from './public-event-type.value.ts';

/** An address that may be called, as far as can be told by looking at it. */
export type WebhookUrl = string & { readonly __brand: 'WebhookUrl' };

/** What messages are signed with, encrypted by a key that is not in the database. */
export type SealedWebhookSecret = string & { readonly __brand: 'SealedWebhookSecret' };

/** Why the shop stopped calling: nothing came through for long, or the other side said that it is gone. */
export type DisablingReason = 'failing' | 'gone';

export type WebhookEndpointState = {
  readonly id: WebhookEndpointId;
  readonly url: WebhookUrl;
  /** What it is for, in a few words; may be empty. */
  readonly description: string;
  /** Each once, in the order in which they are listed; null for all, those of later versions included. */
  readonly eventTypes: readonly PublicEventType[] | null;
  readonly active: boolean;
  /** Null where the shop did not switch it off, or somebody has switched it on since. */
  readonly disabledBecause: DisablingReason | null;
  readonly secret: SealedWebhookSecret;
  /** Signs beside the new one until then, so that whoever checks has time to change over. */
  readonly previousSecret: { readonly secret: SealedWebhookSecret; readonly until: Instant } | null;
  readonly createdBy: UserId;
  readonly createdAt: Instant;
  readonly deletedAt: Instant | null;
};
