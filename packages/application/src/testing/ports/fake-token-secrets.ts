import type { TokenHash } from '@kastoma/domain/identity';

import type { TokenSecrets } from '../../identity/token-secrets.port.ts';

/** Secrets that anybody could guess. */
export class FakeTokenSecrets implements TokenSecrets {
  #last = 0;

  next(): string {
    this.#last += 1;
    return `secret-${this.#last}`;
  }

  hash(secret: string): TokenHash {
    return `hash of ${secret}` as TokenHash;
  }
}
