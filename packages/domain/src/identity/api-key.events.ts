import type { DomainEvent } from '../core/domain-event.ts';

/** Which key it is, and what it may do: never the secret or its hash, nor the name that people gave it. */
type Told = { readonly apiKeyId: string; readonly scopes: readonly string[] };

export type ApiKeyCreated = DomainEvent<
  'identity.api_key_created',
  Told & {
    /** Who made it. */
    readonly userId: string;
    /** Null for one that does not expire. */
    readonly expiresAt: string | null;
  }
>;

/** Which fields are new is told; the scopes are those from then on. */
export type ApiKeyChanged = DomainEvent<
  'identity.api_key_changed',
  Told & { readonly fields: readonly ('name' | 'scopes')[] }
>;

export type ApiKeyRevocation = DomainEvent<'identity.api_key_revoked', Told>;

export type ApiKeyEvent = ApiKeyCreated | ApiKeyChanged | ApiKeyRevocation;
