import type { Result } from 'neverthrow';

import type { EmailAddress, TooManyAttempts } from '@kastoma/domain/identity';

import type { Clock } from '../core/clock.port.ts';
import type { Pause } from '../core/pause.port.ts';
import type { RateLimit, RateLimiter } from '../core/rate-limiter.port.ts';
import { networkOf } from './client-network.ts';
import {
  forgetAttempts,
  giveBackAttempt,
  keysOf,
  takeAttempt,
  type CountedKey,
} from './counted-attempts.ts';

/** Failed attempts for one account from one network: the more there were, the longer the next one has to wait. */
export const FAILED_LOGINS = [
  { attempts: 10, windowSeconds: 60 },
  { attempts: 20, windowSeconds: 1_800 },
  { attempts: 30, windowSeconds: 10_800 },
] as const satisfies readonly RateLimit[];

/** Failed attempts from one network, whichever the account: one password tried on many accounts. */
export const FAILED_LOGINS_OF_NETWORK: RateLimit = { attempts: 100, windowSeconds: 300 };

/**
 * Successes for one account from one network: each leaves a session, events and an entry of the
 * audit behind. More than people and their programs need, and nobody else is kept out by them.
 */
export const SUCCESSFUL_LOGINS: RateLimit = { attempts: 300, windowSeconds: 3_600 };

/** Failed attempts for one account from everywhere. They never refuse: a stranger could lock the owner out. */
const FAILED_LOGINS_EVERYWHERE: RateLimit = { attempts: 1_000, windowSeconds: 3_600 };

/** So many failures everywhere slow nobody down. */
export const UNHURRIED_FAILURES = 20;
const PAUSE_PER_FAILURE_MILLISECONDS = 50;
export const LONGEST_PAUSE_MILLISECONDS = 3_000;

type Origin = { readonly email: EmailAddress; readonly clientAddress: string };

type Dependencies = {
  readonly rateLimiter: RateLimiter;
  readonly clock: Clock;
  readonly pause: Pause;
};

/**
 * Counts who tries to sign in as whom, and from where. Attempts are taken before the check,
 * since many may come at once, as a failure and as a success; what it was not is given back.
 * The account is its address as typed, so nobody learns whether there is one.
 */
export class LoginAttempts {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** Admits an attempt, after a pause where the account is tried from many networks, or says how long to wait. */
  async take(origin: Origin): Promise<Result<void, TooManyAttempts>> {
    const { rateLimiter, clock } = this.#dependencies;
    const keys = [networkKey(origin), ...accountKeys(origin), successKey(origin)];
    const admitted = await takeAttempt(keys, rateLimiter, clock.now());
    if (admitted.isOk()) await this.#slowDown(origin);
    return admitted;
  }

  /** It was no success. */
  async fail(origin: Origin): Promise<void> {
    await giveBackAttempt([successKey(origin)], this.#dependencies.rateLimiter);
  }

  /** After a success no failure is held against the account here, and it was none elsewhere. */
  async succeed(origin: Origin): Promise<void> {
    const { rateLimiter } = this.#dependencies;
    await giveBackAttempt([networkKey(origin), everywhereKey(origin)], rateLimiter);
    await forgetAttempts(accountKeys(origin), rateLimiter);
  }

  /** It was neither a success nor a failure: the password was right, and there is more to show. */
  async giveBack(origin: Origin): Promise<void> {
    const own = [networkKey(origin), ...accountKeys(origin), successKey(origin)];
    await giveBackAttempt([everywhereKey(origin), ...own], this.#dependencies.rateLimiter);
  }

  async #slowDown(origin: Origin): Promise<void> {
    const { rateLimiter, clock, pause } = this.#dependencies;
    const { key, limit } = everywhereKey(origin);
    const verdict = await rateLimiter.take(key, limit, clock.now());
    const earlier = verdict.allowed ? limit.attempts - verdict.remaining - 1 : limit.attempts;
    const milliseconds = (earlier - UNHURRIED_FAILURES) * PAUSE_PER_FAILURE_MILLISECONDS;
    if (milliseconds > 0) await pause.for(Math.min(milliseconds, LONGEST_PAUSE_MILLISECONDS));
  }
}

function networkKey({ clientAddress }: Origin): CountedKey {
  return { key: `login:${networkOf(clientAddress)}`, limit: FAILED_LOGINS_OF_NETWORK };
}

function accountKeys({ email, clientAddress }: Origin): readonly CountedKey[] {
  return keysOf(`login-of-account:${networkOf(clientAddress)}:${email}`, FAILED_LOGINS);
}

function successKey({ email, clientAddress }: Origin): CountedKey {
  return { key: `signed-in:${networkOf(clientAddress)}:${email}`, limit: SUCCESSFUL_LOGINS };
}

function everywhereKey({ email }: Origin): CountedKey {
  return { key: `login-everywhere:${email}`, limit: FAILED_LOGINS_EVERYWHERE };
}
