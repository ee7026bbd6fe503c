import type { InvalidAccessToken } from '@kastoma/application/identity';
import type {
  AddressBookFull,
  AddressNotFound,
  DefaultAddressNeeded,
  EmailTaken,
  InvalidAvatar,
  InvalidBirthDate,
  InvalidCredentials,
  InvalidEmailAddress,
  InvalidLocale,
  LastAdministrator,
  OneTimeTokenRefused,
  RefreshTokenReplayed,
  SessionEnded,
  SessionNotFound,
  TooManyAttempts,
  TooManyGroups,
  UserNotFound,
  WeakPassword,
  WrongPassword,
} from '@kastoma/domain/identity';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '@kastoma/domain/identity';

import type { ProblemMap } from '../core/problem-map.ts';

export type IdentityError =
  | AddressBookFull
  | AddressNotFound
  | DefaultAddressNeeded
  | InvalidAvatar
  | InvalidBirthDate
  | InvalidLocale
  | LastAdministrator
  | TooManyGroups
  | EmailTaken
  | InvalidAccessToken
  | InvalidCredentials
  | InvalidEmailAddress
  | OneTimeTokenRefused
  | RefreshTokenReplayed
  | SessionEnded
  | SessionNotFound
  | TooManyAttempts
  | UserNotFound
  | WeakPassword
  | WrongPassword;

const PASSWORD_REASONS = {
  too_short: `A password has at least ${SHORTEST_PASSWORD} characters.`,
  too_long: `A password has at most ${LONGEST_PASSWORD} characters.`,
  not_unicode: 'A password is well-formed Unicode text.',
  known:
    'Many people have this password, or it was stolen somewhere: it is among the first that others try. A few words that are yours alone are better.',
  predictable:
    'A pattern such as this is soon guessed. A few words that are yours alone are better.',
  contains_email: 'A password does not contain the e-mail address: others try that first.',
  contains_name: 'A password does not contain your name: others try that first.',
} as const satisfies Record<WeakPassword['reason'], string>;

const BIRTH_DATE_REASONS = {
  malformed: 'A birth date is a day that exists, such as "1985-12-10".',
  too_early: 'A birth date is from 1900 on.',
  in_the_future: 'This day has not come yet.',
} as const satisfies Record<InvalidBirthDate['reason'], string>;

const BEARER = { 'WWW-Authenticate': 'Bearer' };

export const IDENTITY_PROBLEMS: ProblemMap<IdentityError> = {
  'identity.address_book_full': {
    status: 409,
    describe: ({ maximum }) => `An address book holds at most ${maximum} addresses.`,
    detail: ({ maximum }) => ({ maximum }),
  },
  'identity.address_not_found': { status: 404, describe: () => 'There is no such address.' },
  'identity.default_address_needed': {
    status: 422,
    describe: () => 'There is always a default. Make another address the default instead.',
  },
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
  'identity.invalid_avatar': {
    status: 422,
    describe: () => 'A picture is named by a web address that begins with https://.',
  },
  'identity.invalid_birth_date': {
    status: 422,
    describe: ({ reason }) => BIRTH_DATE_REASONS[reason],
    detail: ({ reason }) => ({ reason }),
    field: 'birth_date',
  },
  'identity.invalid_credentials': {
    status: 401,
    describe: () => 'E-mail address and password do not belong together.',
    headers: () => BEARER,
  },
  'identity.invalid_email': { status: 422, describe: () => 'It is not an e-mail address.' },
  'identity.one_time_token_refused': {
    status: 422,
    describe: () =>
      'The token was used, replaced by a newer one, or is too old. Ask for a new one.',
    field: 'token',
  },
  'identity.invalid_locale': {
    status: 422,
    describe: () => 'A language is named by a tag of BCP 47, such as "en" or "pt-BR".',
  },
  'identity.last_administrator': {
    status: 409,
    describe: () => 'This is the last administrator. Make somebody else one first.',
  },
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
  'identity.session_not_found': {
    status: 404,
    describe: () => 'You have no such session, or it is over.',
  },
  'identity.too_many_attempts': {
    status: 429,
    describe: ({ retryAfterSeconds }) =>
      `Too many attempts. Try again in ${retryAfterSeconds} seconds.`,
    headers: ({ retryAfterSeconds }) => ({ 'Retry-After': String(retryAfterSeconds) }),
  },
  'identity.too_many_groups': {
    status: 422,
    describe: ({ maximum }) => `Somebody is in at most ${maximum} groups.`,
    detail: ({ maximum }) => ({ maximum }),
  },
  'identity.user_not_found': { status: 404, describe: () => 'There is no such account.' },
  'identity.weak_password': {
    status: 422,
    describe: ({ reason }) => PASSWORD_REASONS[reason],
    detail: ({ reason, strength }) => ({ reason, ...(strength === null ? {} : { strength }) }),
  },
  'identity.wrong_password': {
    status: 422,
    describe: () => 'It is not the present password.',
  },
};
