export type EmailTaken = { readonly code: 'identity.email_taken' };
export type InvalidCredentials = { readonly code: 'identity.invalid_credentials' };
export type TooManyAttempts = {
  readonly code: 'identity.too_many_attempts';
  readonly retryAfterSeconds: number;
};
export type UserNotFound = { readonly code: 'identity.user_not_found' };
