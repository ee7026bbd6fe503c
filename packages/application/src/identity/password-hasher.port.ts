import type { ChosenPassword, PasswordHash } from '@kastoma/domain/identity';

export interface PasswordHasher {
  hash(password: ChosenPassword): Promise<PasswordHash>;
  /** `attempt` is what somebody typed, in the normal form. */
  verify(attempt: string, hash: PasswordHash): Promise<boolean>;
  /** The attempt that `hash` was found to be of, at today's strength; null where it is kept so already. */
  rehash(attempt: string, hash: PasswordHash): Promise<PasswordHash | null>;
  /** Costs as much as a real check and is never right: for an address that nobody has. */
  verifyNothing(attempt: string): Promise<false>;
}
