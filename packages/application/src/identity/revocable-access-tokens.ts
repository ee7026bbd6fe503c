import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type { Instant } from '@kastoma/domain/core';

import type { AccessStanding, AccessStandings } from './access-standings.port.ts';
import type {
  AccessClaims,
  AccessTokens,
  InvalidAccessToken,
  IssuedAccessToken,
  VerifiedAccess,
} from './access-tokens.port.ts';
import { RecentAccessStandings, STALEST_STANDING_MILLISECONDS } from './recent-access-standings.ts';
import type { RevokedAccess } from './revoked-access.port.ts';
import { isSecondFactorRequired, type SecondFactorPolicy } from './second-factor-policy.ts';

type Dependencies = {
  /** What is signed, and not yet held against anything. */
  readonly signedTokens: AccessTokens;
  readonly revokedAccess: RevokedAccess;
  readonly standings: AccessStandings;
  readonly secondFactorPolicy: SecondFactorPolicy;
};

/**
 * Tokens that can be taken back. The deny-list tells at once; the store tells the
 * truth, read at most `STALEST_STANDING_MILLISECONDS` ago for a customer, and for
 * each request of those who work here, since they can do more harm in that time.
 */
export class RevocableAccessTokens implements AccessTokens {
  readonly #dependencies: Dependencies;
  readonly #standings: RecentAccessStandings;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
    this.#standings = new RecentAccessStandings(dependencies.standings);
  }

  issue(claims: AccessClaims, now: Instant): Promise<IssuedAccessToken> {
    return this.#dependencies.signedTokens.issue(claims, now);
  }

  verify(token: string, now: Instant): ResultAsync<VerifiedAccess, InvalidAccessToken> {
    return this.#dependencies.signedTokens
      .verify(token, now)
      .andThen((access) => new ResultAsync(this.#uphold(access, now)));
  }

  async #uphold(
    access: VerifiedAccess,
    now: Instant,
  ): Promise<Result<VerifiedAccess, InvalidAccessToken>> {
    const isListed = await this.#dependencies.revokedAccess.has(access, now);
    const stalest = access.role === 'customer' ? STALEST_STANDING_MILLISECONDS : 0;
    const standing = isListed ? null : await this.#standingOf(access, now, stalest);
    if (standing === null || !agrees(access, standing))
      return err({ code: 'identity.invalid_access_token' as const });
    return ok(this.#lacksSecondFactor(standing) ? { ...access, lacksSecondFactor: true } : access);
  }

  #lacksSecondFactor({ role, hasSecondFactor }: AccessStanding): boolean {
    return !hasSecondFactor && isSecondFactorRequired(this.#dependencies.secondFactorPolicy, role);
  }

  /** A token that is newer than what was read a moment ago is held against what stands now. */
  async #standingOf(
    { sessionId, tokenVersion }: VerifiedAccess,
    now: Instant,
    stalest: number,
  ): Promise<AccessStanding | null> {
    const standing = await this.#standings.find(sessionId, now, stalest);
    return standing !== null && standing.tokenVersion < tokenVersion
      ? this.#standings.find(sessionId, now, 0)
      : standing;
  }
}

function agrees(access: AccessClaims, standing: AccessStanding): boolean {
  return (
    standing.userId === access.userId &&
    standing.role === access.role &&
    standing.tokenVersion === access.tokenVersion
  );
}
