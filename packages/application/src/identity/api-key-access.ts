import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type { Actor, ApiKeyId, Instant } from '@kastoma/domain/core';
import type { TooManyAttempts } from '@kastoma/domain/identity';

import type { RateLimit, RateLimiter } from '../core/rate-limiter.port.ts';
import type { InvalidAccessToken } from './access-tokens.port.ts';
import type { ApiKeySecrets } from './api-key-secrets.port.ts';
import type { ApiKeyStanding, ApiKeyStandings } from './api-key-standings.port.ts';
import { networkOf } from './client-network.ts';
import { RecentAccessStandings, STALEST_STANDING_MILLISECONDS } from './recent-access-standings.ts';
import { tooManyAttempts } from './too-many-attempts.ts';

export type Service = Extract<Actor, { kind: 'service' }>;

/** So seldom it is written down that a key is in use. */
export const USE_NOTED_EVERY_MILLISECONDS = 60_000;

/** From one network: whoever makes keys up has the store asked no more often than that. */
export const UNKNOWN_KEYS: RateLimit = { attempts: 100, windowSeconds: 300 };

type Dependencies = {
  readonly apiKeySecrets: ApiKeySecrets;
  readonly apiKeyStandings: ApiKeyStandings;
  readonly rateLimiter: RateLimiter;
};

type RefusedKey = InvalidAccessToken | TooManyAttempts;
/** What the store says of a key, or that it is not asked any more. */
type Answer = ApiKeyStanding | TooManyAttempts;

/**
 * Tells which service a key is of. What the store says of it is read at most
 * `STALEST_STANDING_MILLISECONDS` ago; its expiry is exact. Whatever is wrong with
 * a key, the answer is the same as for a bad access token.
 */
export class ApiKeyAccess {
  readonly #dependencies: Dependencies;
  readonly #standings: RecentAccessStandings<string, Answer>;
  /** Of keys that are good, so there are no more than the shop has made. */
  readonly #notedUses = new Map<ApiKeyId, Instant>();

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
    this.#standings = new RecentAccessStandings<string, Answer>(dependencies.apiKeyStandings);
  }

  /** `clientAddress` is where the key comes from: its network is held to the limit for unknown ones. */
  verify(text: string, now: Instant, clientAddress: string): ResultAsync<Service, RefusedKey> {
    return new ResultAsync(this.#verify(text, now, clientAddress));
  }

  /** To be told once a change of the key is committed: this process believes nothing older from then on. */
  forget(prefix: string): void {
    this.#standings.forget(prefix);
  }

  async #verify(
    text: string,
    now: Instant,
    clientAddress: string,
  ): Promise<Result<Service, RefusedKey>> {
    const { apiKeySecrets } = this.#dependencies;
    const presented = apiKeySecrets.read(text);
    if (presented === null) return refused();
    const { prefix, hash } = presented;
    const ask = async () => this.#ask(prefix, now, clientAddress);
    const standing = await this.#standings.find(prefix, now, STALEST_STANDING_MILLISECONDS, ask);
    if (standing === null) return refused();
    if ('code' in standing) {
      this.forget(prefix);
      return err(standing);
    }
    const isExpired = standing.expiresAt !== null && now >= standing.expiresAt;
    if (!apiKeySecrets.areSame(hash, standing.hash) || isExpired) return refused();
    await this.#noteUse(standing, now);
    const { id, scopes } = standing;
    return ok({ kind: 'service', id, scopes });
  }

  /** An attempt is taken before the store is asked, since many may come at once, and given back where there is such a key. */
  async #ask(prefix: string, now: Instant, clientAddress: string): Promise<Answer | null> {
    const { apiKeyStandings, rateLimiter } = this.#dependencies;
    const key = `unknown-key:${networkOf(clientAddress)}`;
    const verdict = await rateLimiter.take(key, UNKNOWN_KEYS, now);
    if (!verdict.allowed) return tooManyAttempts(verdict).error;
    const standing = await apiKeyStandings.find(prefix);
    if (standing !== null) await rateLimiter.giveBack(key);
    return standing;
  }

  /** Noted before it is written, so that of many requests at once one writes. */
  async #noteUse({ id, lastUsedAt }: ApiKeyStanding, now: Instant): Promise<void> {
    const since = (now - USE_NOTED_EVERY_MILLISECONDS) as Instant;
    const noted = this.#notedUses.get(id) ?? lastUsedAt;
    if (noted !== null && noted > since) return;
    this.#notedUses.set(id, now);
    const noting = this.#dependencies.apiKeyStandings.noteUse(id, now, since);
    // What could not be written is written with the next request, and this one fails.
    noting.catch(() => this.#notedUses.delete(id));
    await noting;
  }
}

function refused() {
  return err({ code: 'identity.invalid_access_token' as const });
}
