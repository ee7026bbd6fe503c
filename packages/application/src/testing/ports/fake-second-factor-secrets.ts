import { err, ok, type Result } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import type {
  OneTimePassword,
  RecoveryCode,
  SealedSecret,
  SecondFactorUnreadable,
} from '@kastoma/domain/identity';

import type {
  OwnedSecret,
  SecondFactorSecrets,
} from '../../identity/second-factor-secrets.port.ts';

/** Secrets that are counted, and passwords that anybody could work out; `key` may be changed to another one, and `lostKey` named. */
export class FakeSecondFactorSecrets implements SecondFactorSecrets {
  key = 'key-1';
  lostKey: string | null = null;
  #last = 0;
  #lastRecoveryCode = 0;

  next(owner: UserId): { readonly secret: SealedSecret; readonly shown: string } {
    this.#last += 1;
    const shown = `SECRET${this.#last}`;
    return { secret: `${this.key} ${owner} ${shown}` as SealedSecret, shown };
  }

  /** What an app shows that was told this secret. */
  passwordOf(shown: string, step: number): OneTimePassword {
    const number = step * 1_000 + Number(shown.replace('SECRET', ''));
    return String(number % 1_000_000).padStart(6, '0') as OneTimePassword;
  }

  stepOf(
    password: OneTimePassword,
    of: OwnedSecret,
    steps: readonly number[],
  ): Result<number | null, SecondFactorUnreadable> {
    const { key, shown } = opened(of);
    if (key === this.lostKey) return err({ code: 'identity.second_factor_unreadable' });
    return ok(steps.findLast((step) => this.passwordOf(shown, step) === password) ?? null);
  }

  reseal(of: OwnedSecret): SealedSecret | null {
    const { key, shown } = opened(of);
    return key === this.key ? null : (`${this.key} ${of.owner} ${shown}` as SealedSecret);
  }

  nextRecoveryCode(): RecoveryCode {
    this.#lastRecoveryCode += 1;
    return String(this.#lastRecoveryCode).padStart(16, '0') as RecoveryCode;
  }
}

function opened({ secret, owner }: OwnedSecret): { readonly key: string; readonly shown: string } {
  const [key = '', sealedFor, shown = ''] = secret.split(' ');
  if (sealedFor !== owner) throw new Error('The secret was sealed for somebody else.');
  return { key, shown };
}
