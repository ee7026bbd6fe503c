import type { ChosenPassword, PasswordHash } from '@kastoma/domain/identity';

import type { PasswordHasher } from '../../identity/password-hasher.port.ts';

/** Hashes nothing, takes "old hash of" for a weaker one, and remembers how often it would have worked hard. */
export class FakePasswordHasher implements PasswordHasher {
  hashes = 0;
  verifications = 0;

  async hash(password: ChosenPassword): Promise<PasswordHash> {
    this.hashes += 1;
    return hashOf(password);
  }

  async verify(attempt: string, hash: PasswordHash): Promise<boolean> {
    this.verifications += 1;
    return [hashOf(attempt), `old ${hashOf(attempt)}`].includes(hash);
  }

  async rehash(attempt: string, hash: PasswordHash): Promise<PasswordHash | null> {
    return hash.startsWith('old ') ? hashOf(attempt) : null;
  }

  async verifyNothing(): Promise<false> {
    this.verifications += 1;
    return false;
  }
}

function hashOf(password: string): PasswordHash {
  return `hash of ${password}` as PasswordHash;
}
