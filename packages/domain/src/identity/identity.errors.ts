import type { FieldPath } from '../core/text.value.ts';

export type EmailTaken = { readonly code: 'identity.email_taken' };
export type InvalidCredentials = { readonly code: 'identity.invalid_credentials' };
/** None of one's own that is still open. */
export type SessionNotFound = { readonly code: 'identity.session_not_found' };
export type TooManyAttempts = {
  readonly code: 'identity.too_many_attempts';
  readonly retryAfterSeconds: number;
};
export type UserNotFound = { readonly code: 'identity.user_not_found' };
/** Unknown, used, expired, or replaced by a newer one: the caller is not told which. */
export type OneTimeTokenRefused = { readonly code: 'identity.one_time_token_refused' };
/** The password that was typed to prove who asks is not the account's. */
export type WrongPassword = {
  readonly code: 'identity.wrong_password';
  /** Where it was typed. */
  readonly path: FieldPath;
};
/** Somebody must be left who can let others in. */
export type LastAdministrator = { readonly code: 'identity.last_administrator' };
