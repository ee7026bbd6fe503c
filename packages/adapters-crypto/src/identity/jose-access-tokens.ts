import { jwtVerify, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type {
  AccessClaims,
  AccessTokens,
  InvalidAccessToken,
  IssuedAccessToken,
} from '@kastoma/application/identity';
import { parseId, ROLES, type Instant, type Role, type UserId } from '@kastoma/domain/core';

const ALGORITHM = 'HS256';
const ISSUER = 'kastoma';
const AUDIENCE = 'kastoma-api';
const EXPIRES_IN_SECONDS = 15 * 60;

/** A secret shorter than the hash is easier to guess than to forge around (RFC 7518, section 3.2). */
export const SHORTEST_SECRET_BYTES = 32;

const REFUSED: InvalidAccessToken = { code: 'identity.invalid_access_token' };

/** Access tokens as signed JWTs (RFC 7519) under one shared secret. */
export class JoseAccessTokens implements AccessTokens {
  readonly #key: Promise<CryptoKey>;

  constructor(secret: Uint8Array<ArrayBuffer>) {
    // Imported once: verifying with raw bytes would import them anew for each request.
    this.#key = crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
      'verify',
    ]);
  }

  async issue({ userId, role }: AccessClaims, now: Instant): Promise<IssuedAccessToken> {
    const issuedAt = Math.floor(now / 1000);
    const token = await new SignJWT({ role })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(userId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + EXPIRES_IN_SECONDS)
      .sign(await this.#key);
    return { token, expiresInSeconds: EXPIRES_IN_SECONDS };
  }

  verify(token: string, now: Instant): ResultAsync<AccessClaims, InvalidAccessToken> {
    return ResultAsync.fromPromise(this.#verified(token, now), () => REFUSED).andThen(readClaims);
  }

  async #verified(token: string, now: Instant): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, await this.#key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['sub', 'exp'],
      currentDate: new Date(now),
    });
    return payload;
  }
}

function readClaims(payload: JWTPayload): Result<AccessClaims, InvalidAccessToken> {
  const userId = parseId<UserId>(payload.sub ?? '');
  const role = ROLES.find((candidate): candidate is Role => candidate === payload['role']);
  return userId.isErr() || role === undefined ? err(REFUSED) : ok({ userId: userId.value, role });
}
