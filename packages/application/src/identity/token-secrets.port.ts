import type { TokenHash } from '@kastoma/domain/identity';

/** Unguessable secrets, and the one-way form in which they are stored. */
export interface TokenSecrets {
  next(): string;
  hash(secret: string): TokenHash;
}
