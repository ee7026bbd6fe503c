import { randomUUID } from 'node:crypto';

import { jwtVerify, SignJWT, type JWTPayload, type JWTVerifyResult } from 'jose';
import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type {
  AccessClaims,
  AccessTokens,
  InvalidAccessToken,
  IssuedAccessToken,
  VerifiedAccess,
} from '@kastoma/application/identity';
import {
  parseId,
  ROLES,
  type Instant,
  type Role,
  type SessionId,
  type UserId,
} from '@kastoma/domain/core';

import type { TokenKey, TokenKeys } from './token-keys.ts';

export type TokenPolicy = {
  readonly issuer: string;
  readonly audience: string;
  readonly lifeSeconds: number;
  /** By how much the clocks of those who sign and those who verify may differ. */
  readonly skewSeconds: number;
};

/** RFC 9068: no other token that the same keys might sign is taken for an access token. */
const TYPE = 'at+jwt';

/** Ours have some 600; what is longer is not even decoded. */
const LONGEST_TOKEN = 4_096;

const REFUSED: InvalidAccessToken = { code: 'identity.invalid_access_token' };

/** Access tokens as signed JWTs (RFC 7519) under a set of keys. */
export class JoseAccessTokens implements AccessTokens {
  readonly #keys: TokenKeys;
  readonly #policy: TokenPolicy;

  constructor(keys: TokenKeys, policy: TokenPolicy) {
    this.#keys = keys;
    this.#policy = policy;
  }

  async issue(claims: AccessClaims, now: Instant): Promise<IssuedAccessToken> {
    const { userId, sessionId, role, tokenVersion } = claims;
    const { issuer, audience, lifeSeconds } = this.#policy;
    const { kid, algorithm, secret } = this.#keys.signing;
    const issuedAt = Math.floor(now / 1000);
    const token = await new SignJWT({ sid: sessionId, role, ver: tokenVersion })
      .setProtectedHeader({ alg: algorithm, typ: TYPE, kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(userId)
      .setJti(randomUUID())
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifeSeconds)
      .sign(secret);
    return { token, expiresInSeconds: lifeSeconds };
  }

  verify(token: string, now: Instant): ResultAsync<VerifiedAccess, InvalidAccessToken> {
    return ResultAsync.fromPromise(this.#verified(token, now), () => REFUSED).andThen((payload) =>
      this.#readClaims(payload),
    );
  }

  async #verified(token: string, now: Instant): Promise<JWTPayload> {
    const header = readAsWritten(token);
    if (header === null) throw REFUSED_TOKEN;
    const { issuer, audience, lifeSeconds, skewSeconds } = this.#policy;
    const key = this.#keyOf(header);
    const { payload }: JWTVerifyResult = await jwtVerify(token, key.verifying, {
      algorithms: [key.algorithm],
      typ: TYPE,
      issuer,
      audience,
      requiredClaims: ['sub', 'exp', 'iat', 'jti'],
      maxTokenAge: lifeSeconds,
      clockTolerance: skewSeconds,
      currentDate: new Date(now),
    });
    return payload;
  }

  /**
   * The key by its name, from the set and nowhere else: a key that the token brings along (`jwk`,
   * `x5c`) or points at (`jku`, `x5u`) is not looked at. The algorithm is the key's, whatever the token says.
   */
  #keyOf({ kid, crit }: Readonly<Record<string, unknown>>): TokenKey {
    const key = typeof kid === 'string' ? this.#keys.verifying.get(kid) : undefined;
    // No extension is understood here, so none may be critical (RFC 7515, 4.1.11).
    if (key === undefined || crit !== undefined) throw REFUSED_TOKEN;
    return key;
  }

  #readClaims(payload: JWTPayload): Result<VerifiedAccess, InvalidAccessToken> {
    const userId = parseId<UserId>(textOf(payload['sub']));
    const sessionId = parseId<SessionId>(textOf(payload['sid']));
    const role = ROLES.find((candidate): candidate is Role => candidate === payload['role']);
    const tokenVersion = payload['ver'];
    if (userId.isErr() || sessionId.isErr() || role === undefined) return err(REFUSED);
    if (typeof tokenVersion !== 'number' || !Number.isSafeInteger(tokenVersion))
      return err(REFUSED);
    return ok({
      userId: userId.value,
      sessionId: sessionId.value,
      role,
      tokenVersion,
      refusedFrom: (((payload.exp ?? 0) + this.#policy.skewSeconds) * 1000) as Instant,
    });
  }
}

/** A claim may be anything: types say what it should be. */
function textOf(claim: unknown): string {
  return typeof claim === 'string' ? claim : '';
}

/** Caught where it is thrown for, and never shown. */
const REFUSED_TOKEN = new Error('refused');

/**
 * The header, if header and claims are written as this shop writes them. Readers differ on
 * a member that comes twice; written as ours are, none does.
 */
function readAsWritten(token: string): Readonly<Record<string, unknown>> | null {
  if (token.length > LONGEST_TOKEN) return null;
  const [header, claims] = token.split('.').slice(0, 2).map(readPart);
  return header === undefined || claims === undefined ? null : header;
}

function readPart(part: string): Readonly<Record<string, unknown>> | undefined {
  const text = Buffer.from(part, 'base64url').toString();
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && JSON.stringify(read) === text
      ? (read as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
