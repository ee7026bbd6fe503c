import type { TokenHash } from '@kastoma/domain/identity';

/** A key as it is looked up and checked. */
export type PresentedApiKey = {
  /** The part that is no secret. */
  readonly prefix: string;
  /** Of the whole key. */
  readonly hash: TokenHash;
};

/** The text of API keys, of which only the prefix and a hash are ever stored. */
export interface ApiKeySecrets {
  /** A new key that nobody can guess. */
  next(): PresentedApiKey & { readonly key: string };
  /** Null for a text that cannot be a key: cut off, mistyped, or something else. */
  read(text: string): PresentedApiKey | null;
  /** Whether two hashes are the same; it takes as long wherever they differ. */
  areSame(one: TokenHash, other: TokenHash): boolean;
}
