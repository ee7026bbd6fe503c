import { ok, type Result } from 'neverthrow';

import type { TooManyAttempts } from '@kastoma/domain/identity';

import type { Clock } from '../core/clock.port.ts';
import type { RateLimit, RateLimiter } from '../core/rate-limiter.port.ts';
import { networkOf } from './client-network.ts';
import { tooManyAttempts } from './too-many-attempts.ts';

/** From one network: nobody guesses 256 bits, but a try takes work. */
export const TOKEN_USES: RateLimit = { attempts: 100, windowSeconds: 3_600 };

/** Counts a try to use a token that was sent by mail. */
export async function admitTokenUse(
  clientAddress: string,
  { rateLimiter, clock }: { readonly rateLimiter: RateLimiter; readonly clock: Clock },
): Promise<Result<void, TooManyAttempts>> {
  const key = `one-time-token:${networkOf(clientAddress)}`;
  const verdict = await rateLimiter.take(key, TOKEN_USES, clock.now());
  return verdict.allowed ? ok() : tooManyAttempts(verdict);
}
