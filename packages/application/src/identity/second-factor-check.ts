import { err, ok, type Result } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import {
  readSecondFactorCode,
  type SecondFactor,
  type SecondFactorUnreadable,
  type TooManyAttempts,
  type User,
} from '@kastoma/domain/identity';

import type { Clock } from '../core/clock.port.ts';
import type { RateLimit, RateLimiter } from '../core/rate-limiter.port.ts';
import {
  forgetAttempts,
  giveBackAttempt,
  keysOf,
  takeAttempt,
  type CountedKey,
} from './counted-attempts.ts';
import type { SecondFactorSecrets } from './second-factor-secrets.port.ts';
import type { TokenSecrets } from './token-secrets.port.ts';

/** Wrong codes for one account, from everywhere. A new password by mail begins a new count. */
export const WRONG_CODES = [
  { attempts: 5, windowSeconds: 300 },
  { attempts: 20, windowSeconds: 86_400 },
] as const satisfies readonly RateLimit[];

/**
 * Wrong codes of the app for one account, which no new password forgives: whoever reads the
 * owner's mail sets as many as they like. Of a million codes three are good at a time, so a year
 * of trying finds one with a chance of 0.4 %. Recovery codes are not counted here: they cannot be
 * guessed, and let the owner in meanwhile.
 */
export const WRONG_APP_CODES: RateLimit = { attempts: 100, windowSeconds: 30 * 86_400 };

export type SecondFactorCheckPorts = {
  readonly rateLimiter: RateLimiter;
  readonly secondFactorSecrets: SecondFactorSecrets;
  readonly tokenSecrets: TokenSecrets;
  readonly clock: Clock;
};

/** Checks codes of second factors, and counts the wrong ones against the account. */
export class SecondFactorCheck {
  readonly #ports: SecondFactorCheckPorts;

  constructor(ports: SecondFactorCheckPorts) {
    this.#ports = ports;
  }

  /**
   * Does what takes a code, as an attempt of whoever has proved the password or is signed
   * in: a stranger's never count, so none can lock the owner out. It is taken before the
   * check, since many may come at once, and given back unless the code was wrong.
   */
  async count<T, E extends { readonly code: string }>(
    { state: { id } }: User,
    typed: string,
    work: () => PromiseLike<Result<T, E>>,
  ): Promise<Result<T, E | TooManyAttempts>> {
    const isOfApp = readSecondFactorCode(typed)?.kind !== 'recovery';
    return this.#count(isOfApp ? [...appKeys(id), ...codeKeys(id)] : codeKeys(id), work);
  }

  /** The same for the first code of a secret that was enrolled just now, which nobody has guessed at yet. */
  async countFirst<T, E extends { readonly code: string }>(
    { state: { id } }: User,
    work: () => PromiseLike<Result<T, E>>,
  ): Promise<Result<T, E | TooManyAttempts>> {
    const outcome = await this.#count(codeKeys(id), work);
    if (outcome.isOk()) await forgetAttempts(appKeys(id), this.#ports.rateLimiter);
    return outcome;
  }

  /** The factor with the code used up, or null where it is none of its codes (any more). */
  use(factor: SecondFactor, typed: string): Result<SecondFactor | null, SecondFactorUnreadable> {
    const { secondFactorSecrets, tokenSecrets, clock } = this.#ports;
    const code = readSecondFactorCode(typed);
    if (code === null) return ok(null);
    const at = clock.now();
    if (code.kind === 'recovery')
      return ok(factor.useRecoveryCode(tokenSecrets.hash(code.code), at));
    const owned = { secret: factor.state.secret, owner: factor.state.userId };
    return secondFactorSecrets.stepOf(code.password, owned, factor.openSteps(at)).map((step) => {
      if (step === null) return null;
      const used = factor.useStep(step);
      const resealed = secondFactorSecrets.reseal(owned);
      return resealed === null ? used : used.reseal(resealed);
    });
  }

  async #count<T, E extends { readonly code: string }>(
    keys: readonly CountedKey[],
    work: () => PromiseLike<Result<T, E>>,
  ): Promise<Result<T, E | TooManyAttempts>> {
    const { rateLimiter, clock } = this.#ports;
    const admitted = await takeAttempt(keys, rateLimiter, clock.now());
    if (admitted.isErr()) return err(admitted.error);
    let isWrong = false;
    try {
      const outcome = await work();
      isWrong = outcome.isErr() && isWrongCode(outcome.error);
      return outcome;
    } finally {
      if (!isWrong) await giveBackAttempt(keys, rateLimiter);
    }
  }
}

/**
 * To be told once somebody has set a new password by mail: whoever used the attempts up with the
 * old one does not know it. Changing a password forgives nothing: it takes nothing but the password.
 */
export async function forgiveWrongCodes(userId: UserId, rateLimiter: RateLimiter): Promise<void> {
  await forgetAttempts(codeKeys(userId), rateLimiter);
}

function codeKeys(userId: UserId): readonly CountedKey[] {
  return keysOf(`second-factor:${userId}`, WRONG_CODES);
}

function appKeys(userId: UserId): readonly CountedKey[] {
  return keysOf(`second-factor:${userId}`, [WRONG_APP_CODES]);
}

function isWrongCode({ code }: { readonly code: string }): boolean {
  return code === 'identity.invalid_second_factor' || code === 'identity.wrong_second_factor_code';
}
