import type { InvalidAccessToken } from '@kastoma/application/identity';
import type {
  EmailTaken,
  InvalidCredentials,
  InvalidEmailAddress,
  RefreshTokenReplayed,
  SessionEnded,
  TooManyAttempts,
  UserNotFound,
  WeakPassword,
} from '@kastoma/domain/identity';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '@kastoma/domain/identity';

import type { ProblemMap } from '../core/problem-map.ts';

export type IdentityError =
  | EmailTaken
  | InvalidAccessToken
  | InvalidCredentials
  | InvalidEmailAddress
  | RefreshTokenReplayed
  | SessionEnded
  | TooManyAttempts
  | UserNotFound
  | WeakPassword;

const PASSWORD_REASONS = {
  too_short: `A password has at least ${SHORTEST_PASSWORD} characters.`,
  too_long: `A password has at most ${LONGEST_PASSWORD} characters.`,
  not_unicode: 'A password is well-formed Unicode text.',
} as const satisfies Record<WeakPassword['reason'], string>;

const BEARER = { 'WWW-Authenticate': 'Bearer' };

export const IDENTITY_PROBLEMS: ProblemMap<IdentityError> = {
  'identity.email_taken': {
    status: 409,
    describe: () => 'There is an account with this e-mail address already.',
    field: 'email',
  },
  'identity.invalid_access_token': {
    status: 401,
    describe: () => 'The access token is not valid, or no longer. Sign in again.',
    headers: () => ({ 'WWW-Authenticate': 'Bearer error="invalid_token"' }),
  },
  'identity.invalid_credentials': {
    status: 401,
    describe: () => 'E-mail address and password do not belong together.',
    headers: () => BEARER,
  },
  'identity.invalid_email': { status: 422, describe: () => 'It is not an e-mail address.' },
  'identity.refresh_token_replayed': {
    status: 401,
    describe: () => 'This refresh token was used before; its session is over. Sign in again.',
    headers: () => BEARER,
  },
  'identity.session_ended': {
    status: 401,
    describe: () => 'The session is over. Sign in again.',
    headers: () => BEARER,
  },
  'identity.too_many_attempts': {
    status: 429,
    describe: ({ retryAfterSeconds }) =>
      `Too many attempts. Try again in ${retryAfterSeconds} seconds.`,
    headers: ({ retryAfterSeconds }) => ({ 'Retry-After': String(retryAfterSeconds) }),
  },
  'identity.user_not_found': { status: 404, describe: () => 'There is no such account.' },
  'identity.weak_password': {
    status: 422,
    describe: ({ reason }) => PASSWORD_REASONS[reason],
    detail: ({ reason }) => ({ reason }),
  },
};
