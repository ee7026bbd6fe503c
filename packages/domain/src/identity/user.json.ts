import type { Result } from 'neverthrow';

import { ROLES } from '../core/actor.value.ts';
import { parseCustomerGroup } from '../core/customer-group.value.ts';
import { parseId, type UserId } from '../core/ids.value.ts';
import {
  listOf,
  nullOr,
  objectOf,
  oneOf,
  readFlag,
  readText,
  textThat,
  type MalformedJson,
} from '../core/json-reader.ts';
import { parsePhone } from '../core/phone.value.ts';
import { readInstant, readVersion } from '../core/value-readers.ts';
import { parseAvatar } from './avatar.value.ts';
import { parseBirthDate } from './birth-date.value.ts';
import { parseEmailAddress } from './email-address.value.ts';
import { parseLocale } from './locale.value.ts';
import type { PasswordHash } from './password.value.ts';
import { User } from './user.aggregate.ts';
import type { UserState } from './user.state.ts';

const readUser = objectOf<Omit<UserState, 'passwordHash'> & { readonly version: number }>({
  version: readVersion,
  id: textThat((text) => parseId<UserId>(text)),
  email: textThat(parseEmailAddress),
  firstName: readText,
  lastName: readText,
  phone: nullOr(textThat((text) => parsePhone(text))),
  locale: nullOr(textThat(parseLocale)),
  birthDate: nullOr(textThat(parseBirthDate)),
  avatar: nullOr(textThat(parseAvatar)),
  marketingConsentAt: nullOr(readInstant),
  role: oneOf(ROLES),
  groups: listOf(textThat(parseCustomerGroup)),
  emailVerified: readFlag,
  tokenVersion: readVersion,
  createdAt: readInstant,
  deactivatedAt: nullOr(readInstant),
  erasedAt: nullOr(readInstant),
});

/** Reads an account from any value; the hash of its password is kept elsewhere. */
export function parseUser(json: unknown, passwordHash: PasswordHash): Result<User, MalformedJson> {
  return readUser(json, []).map(({ version, ...shown }) =>
    User.restore({ ...shown, passwordHash }, version),
  );
}
