import { createHash, randomBytes } from 'node:crypto';

import type { TokenSecrets } from '@kastoma/application/identity';
import type { TokenHash } from '@kastoma/domain/identity';

/** 256 random bits need no slow hash: nobody can try them all. */
export class RandomTokenSecrets implements TokenSecrets {
  next(): string {
    return randomBytes(32).toString('base64url');
  }

  hash(secret: string): TokenHash {
    return createHash('sha256').update(secret).digest('base64url') as TokenHash;
  }
}
