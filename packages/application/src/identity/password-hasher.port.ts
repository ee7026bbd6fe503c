import type { Password, PasswordHash } from '@kastoma/domain/identity';

export interface PasswordHasher {
  hash(password: Password): Promise<PasswordHash>;
  /** `attempt` is what somebody typed, in the normal form. */
  verify(attempt: string, hash: PasswordHash): Promise<boolean>;
  /** Costs as much as a real check and is never right: for an address that nobody has. */
  verifyNothing(attempt: string): Promise<false>;
}
