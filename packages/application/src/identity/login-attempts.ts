import { ok, type Result } from 'neverthrow';

import type { EmailAddress, TooManyAttempts } from '@kastoma/domain/identity';

import type { Clock } from '../core/clock.port.ts';
import type { Pause } from '../core/pause.port.ts';
import type { RateLimit, RateLimiter } from '../core/rate-limiter.port.ts';
import { networkOf } from './client-network.ts';
import { tooManyAttempts } from './too-many-attempts.ts';

/** Failed attempts for one account from one network: the more there were, the longer the next one has to wait. */
export const FAILED_LOGINS = [
  { attempts: 10, windowSeconds: 60 },
  { attempts: 20, windowSeconds: 1_800 },
  { attempts: 30, windowSeconds: 10_800 },
] as const satisfies readonly RateLimit[];

/** Failed attempts from one network, whichever the account: one password tried on many accounts. */
export const FAILED_LOGINS_OF_NETWORK: RateLimit = { attempts: 100, windowSeconds: 300 };

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
 * Counts who tries to sign in as whom, and from where. Attempts are taken before the
 * check, since many may come at once; a success gives them back. The account is its
 * address as typed, so nobody learns whether there is one.
 */
export class LoginAttempts {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** Admits an attempt, after a pause where the account is tried from many networks, or says how long to wait. */
  async take({ email, clientAddress }: Origin): Promise<Result<void, TooManyAttempts>> {
    const { rateLimiter, clock } = this.#dependencies;
    const now = clock.now();
    const network = networkKey(clientAddress);
    const ofNetwork = await rateLimiter.take(network, FAILED_LOGINS_OF_NETWORK, now);
    if (!ofNetwork.allowed) return tooManyAttempts(ofNetwork);
    const taken = [network];
    // The longest first: it is the one that says how long to wait.
    for (const limit of FAILED_LOGINS.toReversed()) {
      const key = accountKey(network, email, limit);
      const verdict = await rateLimiter.take(key, limit, now);
      if (!verdict.allowed) {
        await Promise.all(taken.map((each) => rateLimiter.giveBack(each)));
        return tooManyAttempts(verdict);
      }
      taken.push(key);
    }
    await this.#slowDown(email);
    return ok();
  }

  /** After a success nothing is held against the account here, and it was no failure elsewhere. */
  async forget({ email, clientAddress }: Origin): Promise<void> {
    const { rateLimiter } = this.#dependencies;
    const network = networkKey(clientAddress);
    await Promise.all([
      rateLimiter.giveBack(network),
      rateLimiter.giveBack(everywhereKey(email)),
      ...FAILED_LOGINS.map((limit) => rateLimiter.clear(accountKey(network, email, limit))),
    ]);
  }

  async #slowDown(email: EmailAddress): Promise<void> {
    const { rateLimiter, clock, pause } = this.#dependencies;
    const limit = FAILED_LOGINS_EVERYWHERE;
    const verdict = await rateLimiter.take(everywhereKey(email), limit, clock.now());
    const earlier = verdict.allowed ? limit.attempts - verdict.remaining - 1 : limit.attempts;
    const milliseconds = (earlier - UNHURRIED_FAILURES) * PAUSE_PER_FAILURE_MILLISECONDS;
    if (milliseconds > 0) await pause.for(Math.min(milliseconds, LONGEST_PAUSE_MILLISECONDS));
  }
}

function networkKey(clientAddress: string): string {
  return `login:${networkOf(clientAddress)}`;
}

function accountKey(network: string, email: EmailAddress, { windowSeconds }: RateLimit): string {
  return `${network}:${email}:${windowSeconds}`;
}

function everywhereKey(email: EmailAddress): string {
  return `login-everywhere:${email}`;
}
