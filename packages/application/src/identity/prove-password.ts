import { err, ok, type Result } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import {
  normalizePassword,
  type TooManyAttempts,
  type User,
  type WrongPassword,
} from '@kastoma/domain/identity';

import type { Clock } from '../core/clock.port.ts';
import type { RateLimit, RateLimiter } from '../core/rate-limiter.port.ts';
import { forgetAttempts, keysOf, takeAttempt, type CountedKey } from './counted-attempts.ts';
import type { PasswordHasher } from './password-hasher.port.ts';

/**
 * Wrong passwords of whoever is signed in to one account, whatever asks for it: the more there
 * were, the longer the next one has to wait. A success forgets them.
 */
export const WRONG_PASSWORDS = [
  { attempts: 10, windowSeconds: 300 },
  { attempts: 20, windowSeconds: 3_600 },
  { attempts: 40, windowSeconds: 86_400 },
] as const satisfies readonly RateLimit[];

export type PasswordProofPorts = {
  readonly passwordHasher: PasswordHasher;
  readonly rateLimiter: RateLimiter;
  readonly clock: Clock;
};

/** Whoever finds a device that is signed in does not know it. An attempt is taken before the check, since many may come at once. */
export async function provePassword(
  { state }: User,
  password: string,
  { passwordHasher, rateLimiter, clock }: PasswordProofPorts,
  path: WrongPassword['path'] = ['password'],
): Promise<Result<void, TooManyAttempts | WrongPassword>> {
  const keys = proofKeys(state.id);
  const admitted = await takeAttempt(keys, rateLimiter, clock.now());
  if (admitted.isErr()) return err(admitted.error);
  if (!(await passwordHasher.verify(normalizePassword(password), state.passwordHash)))
    return err({ code: 'identity.wrong_password', path });
  await forgetAttempts(keys, rateLimiter);
  return ok();
}

/** To be told once somebody has set a new password by mail: what was tried was the old one. */
export async function forgiveWrongPasswords(
  userId: UserId,
  rateLimiter: RateLimiter,
): Promise<void> {
  await forgetAttempts(proofKeys(userId), rateLimiter);
}

function proofKeys(userId: UserId): readonly CountedKey[] {
  return keysOf(`password-proof:${userId}`, WRONG_PASSWORDS);
}
