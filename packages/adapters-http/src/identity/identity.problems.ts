import type { InvalidAccessToken } from '@kastoma/application/identity';
import type {
  AddressBookFull,
  AddressNotFound,
  ApiKeyNotFound,
  ApiKeyRevoked,
  DefaultAddressNeeded,
  EmailTaken,
  ExpiryInThePast,
  InvalidAvatar,
  InvalidBirthDate,
  InvalidCredentials,
  InvalidEmailAddress,
  InvalidLocale,
  InvalidSecondFactor,
  LastAdministrator,
  OneTimeTokenRefused,
  OwnSecondFactor,
  RefreshTokenReplayed,
  ScopeRequired,
  ScopesWidened,
  SecondFactorActive,
  SecondFactorEnrolmentRequired,
  SecondFactorNotFound,
  SecondFactorRequired,
  SecondFactorUnreadable,
  SessionEnded,
  SessionNotFound,
  TooManyAttempts,
  TooManyGroups,
  UserNotFound,
  WeakPassword,
  WrongPassword,
  WrongSecondFactorCode,
} from '@kastoma/domain/identity';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '@kastoma/domain/identity';

import type { ProblemMap } from '../core/problem-map.ts';

export type IdentityError =
  | AddressBookFull
  | AddressNotFound
  | ApiKeyNotFound
  | ApiKeyRevoked
  | DefaultAddressNeeded
  | InvalidAvatar
  | InvalidBirthDate
  | InvalidLocale
  | LastAdministrator
  | TooManyGroups
  | EmailTaken
  | ExpiryInThePast
  | InvalidAccessToken
  | InvalidCredentials
  | InvalidEmailAddress
  | InvalidSecondFactor
  | OneTimeTokenRefused
  | OwnSecondFactor
  | SecondFactorActive
  | SecondFactorEnrolmentRequired
  | SecondFactorNotFound
  | SecondFactorRequired
  | SecondFactorUnreadable
  | RefreshTokenReplayed
  | ScopeRequired
  | ScopesWidened
  | SessionEnded
  | SessionNotFound
  | TooManyAttempts
  | UserNotFound
  | WeakPassword
  | WrongPassword
  | WrongSecondFactorCode;

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
  'identity.api_key_not_found': { status: 404, describe: () => 'There is no such API key.' },
  'identity.api_key_revoked': {
    status: 409,
    describe: () => 'The key was revoked: nothing of it changes any more. Make a new one.',
  },
  'identity.default_address_needed': {
    status: 422,
    describe: () => 'There is always a default. Make another address the default instead.',
  },
  'identity.email_taken': {
    status: 409,
    describe: () => 'There is an account with this e-mail address already.',
    field: 'email',
  },
  'identity.expiry_in_the_past': {
    status: 422,
    describe: () => 'A key expires in the future, or not at all.',
  },
  'identity.invalid_access_token': {
    status: 401,
    describe: () => 'The access token or API key is not valid, or no longer.',
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
  'identity.invalid_second_factor': {
    status: 401,
    describe: () => 'The code is wrong, too old, or was used before. Take the next one.',
    headers: () => BEARER,
    field: 'code',
  },
  'identity.last_administrator': {
    status: 409,
    describe: () => 'This is the last administrator. Make somebody else one first.',
  },
  'identity.own_second_factor': {
    status: 409,
    describe: () => 'Switch your own second factor off with your password and a code.',
  },
  'identity.refresh_token_replayed': {
    status: 401,
    describe: () => 'This refresh token was used before; its session is over. Sign in again.',
    headers: () => BEARER,
  },
  'identity.scope_required': {
    status: 422,
    describe: () => 'A key is made for something: name at least one scope.',
  },
  'identity.scopes_widened': {
    status: 422,
    describe: () => 'A key never gets more than it was made for. Make a new one.',
    detail: ({ added }) => ({ added: [...added] }),
  },
  'identity.second_factor_active': {
    status: 409,
    describe: () => 'The second factor is on already. Switch it off to enrol another one.',
  },
  'identity.second_factor_enrolment_required': {
    status: 403,
    describe: () =>
      'Your role wants a second factor. Enrol one at auth/totp/enrol; until then only your account is open to you.',
  },
  'identity.second_factor_not_found': {
    status: 404,
    describe: () => 'There is no second factor to do this with, or its enrolment is too old.',
  },
  'identity.second_factor_required': {
    status: 401,
    describe: () => 'A code of your authenticator app, or a recovery code, is wanted as well.',
    headers: () => BEARER,
    field: 'code',
  },
  'identity.second_factor_unreadable': {
    status: 503,
    describe: () =>
      'Codes of authenticator apps cannot be checked at the moment. Take a recovery code.',
    headers: () => ({ 'Retry-After': '60' }),
    field: 'code',
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
  'identity.wrong_second_factor_code': {
    status: 422,
    describe: () => 'The code is wrong, too old, or was used before. Take the next one.',
  },
};
