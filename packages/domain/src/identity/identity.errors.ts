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
/** The password was right, and the account wants a code besides. */
export type SecondFactorRequired = { readonly code: 'identity.second_factor_required' };
/** The role may do nothing else before it has one. */
export type SecondFactorEnrolmentRequired = {
  readonly code: 'identity.second_factor_enrolment_required';
};
/** The password was right, and the code was not: wrong, too old, or used before. The caller is not told which. */
export type InvalidSecondFactor = { readonly code: 'identity.invalid_second_factor' };
/** The code that somebody who is signed in typed to prove who asks. */
export type WrongSecondFactorCode = {
  readonly code: 'identity.wrong_second_factor_code';
  /** Where it was typed. */
  readonly path: FieldPath;
};
/** None at all, or none in the state that was asked for. */
export type SecondFactorNotFound = { readonly code: 'identity.second_factor_not_found' };
/** The shop does not have the key (any more) that its secret is encrypted with. Recovery codes are good all the same. */
export type SecondFactorUnreadable = { readonly code: 'identity.second_factor_unreadable' };
/** It is to be switched off before another one is enrolled. */
export type SecondFactorActive = { readonly code: 'identity.second_factor_active' };
/** One's own is switched off with password and code, and not by one's rights over others. */
export type OwnSecondFactor = { readonly code: 'identity.own_second_factor' };
