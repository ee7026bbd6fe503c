import type { Result } from 'neverthrow';

import { ROLES } from '../core/actor.value.ts';
import { parseId, type UserId } from '../core/ids.value.ts';
import {
  listOf,
  objectOf,
  oneOf,
  readFlag,
  readText,
  textThat,
  type MalformedJson,
} from '../core/json-reader.ts';
import { readInstant, readVersion } from '../core/value-readers.ts';
import { parseEmailAddress } from './email-address.value.ts';
import type { PasswordHash } from './password.value.ts';
import { User, type UserState } from './user.aggregate.ts';

const readUser = objectOf<Omit<UserState, 'passwordHash'> & { readonly version: number }>({
  version: readVersion,
  id: textThat((text) => parseId<UserId>(text)),
  email: textThat(parseEmailAddress),
  firstName: readText,
  lastName: readText,
  role: oneOf(ROLES),
  groups: listOf(readText),
  emailVerified: readFlag,
  createdAt: readInstant,
});

/** Reads an account from any value; the hash of its password is kept elsewhere. */
export function parseUser(json: unknown, passwordHash: PasswordHash): Result<User, MalformedJson> {
  return readUser(json, []).map(({ version, ...shown }) =>
    User.restore({ ...shown, passwordHash }, version),
  );
}
