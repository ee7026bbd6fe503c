import { randomBytes, timingSafeEqual } from 'node:crypto';

import type { Result } from 'neverthrow';

import type { OwnedSecret, SecondFactorSecrets } from '@kastoma/application/identity';
import type { UserId } from '@kastoma/domain/core';
import {
  ONE_TIME_PASSWORD,
  RECOVERY_ALPHABET,
  RECOVERY_CODE_LENGTH,
  type OneTimePassword,
  type RecoveryCode,
  type SealedSecret,
  type SecondFactorUnreadable,
} from '@kastoma/domain/identity';

import { oneTimePassword, toBase32 } from './one-time-passwords.ts';
import type { SealBroken, SecretSealer } from './secret-sealer.ts';

/** As long as the hash (RFC 4226, 4): 160 bits. */
const SECRET_BYTES = 20;

/** Secrets of authenticator apps, which leave this class sealed, or once as they are shown. */
export class SealedSecondFactorSecrets implements SecondFactorSecrets {
  readonly #sealer: SecretSealer;

  constructor(sealer: SecretSealer) {
    this.#sealer = sealer;
  }

  next(owner: UserId): { readonly secret: SealedSecret; readonly shown: string } {
    const secret = randomBytes(SECRET_BYTES);
    return { secret: this.#seal(secret, owner), shown: toBase32(secret) };
  }

  stepOf(
    password: OneTimePassword,
    of: OwnedSecret,
    steps: readonly number[],
  ): Result<number | null, SecondFactorUnreadable> {
    const typed = Buffer.from(password);
    return this.#open(of)
      .mapErr((): SecondFactorUnreadable => ({ code: 'identity.second_factor_unreadable' }))
      .map((secret) => {
        // Each is compared, whichever it is: `filter` does not stop at the first.
        const matching = steps.filter((step) => isSame(typed, passwordAt(secret, step)));
        return matching.at(-1) ?? null;
      });
  }

  reseal(of: OwnedSecret): SealedSecret | null {
    if (!this.#sealer.isOld(of.secret)) return null;
    return this.#open(of).match(
      (secret): SealedSecret | null => this.#seal(secret, of.owner),
      () => null,
    );
  }

  /** 32 letters, 256 values of a byte: none comes more often. */
  nextRecoveryCode(): RecoveryCode {
    const letters = Array.from(randomBytes(RECOVERY_CODE_LENGTH), (byte) =>
      RECOVERY_ALPHABET.charAt(byte % RECOVERY_ALPHABET.length),
    );
    return letters.join('') as RecoveryCode;
  }

  #seal(secret: Buffer, owner: UserId): SealedSecret {
    return this.#sealer.seal(secret, owner) as SealedSecret;
  }

  #open({ secret, owner }: OwnedSecret): Result<Buffer, SealBroken> {
    return this.#sealer.open(secret, owner);
  }
}

function passwordAt(secret: Buffer, step: number): Buffer {
  return Buffer.from(oneTimePassword(secret, step, ONE_TIME_PASSWORD.digits));
}

function isSame(typed: Buffer, expected: Buffer): boolean {
  return typed.length === expected.length && timingSafeEqual(typed, expected);
}
