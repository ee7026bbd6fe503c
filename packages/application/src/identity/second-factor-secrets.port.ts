import type { Result } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import type {
  OneTimePassword,
  RecoveryCode,
  SealedSecret,
  SecondFactorUnreadable,
} from '@kastoma/domain/identity';

/** A secret as it is kept, and whose it is: sealed for somebody else it does not open. */
export type OwnedSecret = { readonly secret: SealedSecret; readonly owner: UserId };

/** What only whoever holds the shop's encryption key can do with the secrets of authenticator apps. */
export interface SecondFactorSecrets {
  /** A new one, as it is kept, and in base32 as it is shown once. */
  next(owner: UserId): { readonly secret: SealedSecret; readonly shown: string };
  /** Of these steps the latest whose password it is, or null. Takes as long whichever it is. */
  stepOf(
    password: OneTimePassword,
    of: OwnedSecret,
    steps: readonly number[],
  ): Result<number | null, SecondFactorUnreadable>;
  /** The same secret, which was read just now, under today's key; null where it is under that already. */
  reseal(of: OwnedSecret): SealedSecret | null;
  nextRecoveryCode(): RecoveryCode;
}
