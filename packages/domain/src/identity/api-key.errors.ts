import type { FieldPath } from '../core/text.value.ts';

export type ApiKeyNotFound = { readonly code: 'identity.api_key_not_found' };
/** Nothing of a revoked key changes any more. */
export type ApiKeyRevoked = { readonly code: 'identity.api_key_revoked' };
/** It would be of no use from its first moment on. */
export type ExpiryInThePast = {
  readonly code: 'identity.expiry_in_the_past';
  readonly path: FieldPath;
};
/** A key that may do nothing is no key. */
export type ScopeRequired = { readonly code: 'identity.scope_required'; readonly path: FieldPath };
/** Whoever got a key once, and whoever found it since, never gets more by it than it was made for. */
export type ScopesWidened = {
  readonly code: 'identity.scopes_widened';
  readonly path: FieldPath;
  /** What it was not made for. */
  readonly added: readonly string[];
};
