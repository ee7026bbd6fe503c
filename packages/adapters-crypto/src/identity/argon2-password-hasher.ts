import { hash, verify, type Options } from '@node-rs/argon2';

import type { PasswordHasher } from '@kastoma/application/identity';
import type { Password, PasswordHash } from '@kastoma/domain/identity';

/** Argon2id is the library's default (RFC 9106); 19 MiB, two passes and one lane are what OWASP recommends. */
const SETTINGS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of a password that nobody knows. A constant, so that the first unknown address costs no more than the next. */
export const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$GxEnJT9Vfukkdu2b8DGU0w$h2TrMU+OpjbgTftPhOZzB9cdG77vl4kQPkJ8XRnqYQQ';

/** Passwords as argon2id hashes in the PHC string format; the work is done off the event loop. */
export class Argon2PasswordHasher implements PasswordHasher {
  async hash(password: Password): Promise<PasswordHash> {
    return (await hash(password, SETTINGS)) as PasswordHash;
  }

  async verify(attempt: string, passwordHash: PasswordHash): Promise<boolean> {
    return verify(passwordHash, attempt, SETTINGS);
  }

  async verifyNothing(attempt: string): Promise<false> {
    await verify(NOBODYS_HASH, attempt, SETTINGS);
    return false;
  }
}
