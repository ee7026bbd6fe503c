import type { Password, PasswordHash } from '@kastoma/domain/identity';

import type { PasswordHasher } from '../../identity/password-hasher.port.ts';

/** Hashes nothing, and remembers how often it would have worked hard. */
export class FakePasswordHasher implements PasswordHasher {
  hashes = 0;
  verifications = 0;

  async hash(password: Password): Promise<PasswordHash> {
    this.hashes += 1;
    return hashOf(password);
  }

  async verify(attempt: string, hash: PasswordHash): Promise<boolean> {
    this.verifications += 1;
    return hashOf(attempt) === hash;
  }

  async verifyNothing(): Promise<false> {
    this.verifications += 1;
    return false;
  }
}

function hashOf(password: string): PasswordHash {
  return `hash of ${password}` as PasswordHash;
}
