import { createHash, generateKeyPairSync } from 'node:crypto';

import { importJWK, type CryptoKey, type JWK } from 'jose';
import { err, ok, type Result } from 'neverthrow';

/** EdDSA is over Ed25519. The key says the algorithm, and never the token. */
export type TokenAlgorithm = 'EdDSA' | 'RS256' | 'HS256';

/** An algorithm whose keys have a public half, so that others can verify what they cannot sign. */
export type PublicTokenAlgorithm = Exclude<TokenAlgorithm, 'HS256'>;

export type TokenKey = {
  readonly kid: string;
  readonly algorithm: TokenAlgorithm;
  readonly verifying: CryptoKey;
};

export type TokenKeys = {
  readonly signing: Omit<TokenKey, 'verifying'> & { readonly secret: CryptoKey };
  /** By `kid`: the one that signs, and those whose tokens are still running. */
  readonly verifying: ReadonlyMap<string, TokenKey>;
  /** What `/.well-known/jwks.json` shows: public halves only, so nothing where the key is shared. */
  readonly published: readonly JWK[];
};

/** A secret shorter than the hash is easier to guess than to forge around (RFC 7518, section 3.2). */
export const SHORTEST_SECRET_BYTES = 32;

const SHORTEST_RSA_BITS = 2_048;
const MOST_KEYS = 16;
const KID = /^[\w-]{1,64}$/;

/** The keys of a set-up with one shared secret: whoever verifies can also sign. */
export async function sharedTokenKeys(secret: Uint8Array<ArrayBuffer>): Promise<TokenKeys> {
  // Imported once: verifying with raw bytes would import them anew for each request.
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', secret, hmac, false, ['sign', 'verify']);
  const kid = 'shared-secret';
  const algorithm = 'HS256';
  return {
    signing: { kid, algorithm, secret: key },
    verifying: new Map([[kid, { kid, algorithm, verifying: key }]]),
    published: [],
  };
}

/**
 * Reads a key set (RFC 7517) of Ed25519 and RSA keys: the first one signs and needs
 * its private half; all of them verify. Told is what is wrong, without the keys.
 */
export async function readTokenKeys(text: string): Promise<Result<TokenKeys, string>> {
  const set = parseKeySet(text);
  if (set.isErr()) return err(set.error);
  const read = await Promise.all(set.value.map(readKey));
  const wrong = read.findIndex((key) => key === null);
  if (wrong !== -1)
    return err(
      `its key number ${wrong + 1} is no Ed25519 key and no RSA key of ${SHORTEST_RSA_BITS} bits or more`,
    );
  const keys = read.filter((key) => key !== null);
  const [first] = keys;
  if (first?.secret === undefined) return err('its first key, which signs, has no private half');
  const verifying = new Map(keys.map((key) => [key.kid, key]));
  if (verifying.size < keys.length) return err('two of its keys have one kid');
  const { kid, algorithm, secret } = first;
  return ok({
    signing: { kid, algorithm, secret },
    verifying,
    published: keys.map(({ published }) => published),
  });
}

/** A new key for the algorithm with its private half, named by its thumbprint (RFC 7638). */
export function newTokenKey(algorithm: PublicTokenAlgorithm): JWK {
  const { privateKey } =
    algorithm === 'EdDSA'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('rsa', { modulusLength: SHORTEST_RSA_BITS });
  const jwk = privateKey.export({ format: 'jwk' }) as JWK;
  return { ...jwk, kid: thumbprintOf(jwk), alg: algorithm, use: 'sig' };
}

/**
 * The key set with one key more, which is published and verifies, and signs nothing yet: first
 * let every replica and everybody who keeps the published set know it, and then rotate.
 */
export function announceTokenKey(
  text: string | null,
  algorithm: PublicTokenAlgorithm,
): Result<string, string> {
  return presentKeys(text).map((keys) => keySet([...keys, newTokenKey(algorithm)]));
}

/**
 * The key set in which the announced key signs, or a new one where none was announced. The one
 * that signed before still verifies, without its private half; the others are gone.
 */
export function rotateTokenKeys(
  text: string | null,
  algorithm: PublicTokenAlgorithm,
): Result<string, string> {
  return presentKeys(text).map(([last, ...others]) => {
    const next = others.find(({ d }) => d !== undefined) ?? newTokenKey(algorithm);
    return keySet([next, ...(last === undefined ? [] : [publicHalf(last)])]);
  });
}

function presentKeys(text: string | null): Result<readonly JWK[], string> {
  return text === null ? ok([]) : parseKeySet(text);
}

function keySet(keys: readonly JWK[]): string {
  return JSON.stringify({ keys });
}

function parseKeySet(text: string): Result<readonly JWK[], string> {
  const parsed = parseJson(text);
  const keys: unknown =
    typeof parsed === 'object' && parsed !== null && 'keys' in parsed ? parsed.keys : undefined;
  if (!Array.isArray(keys) || keys.length === 0) return err('it is no JSON Web Key Set');
  if (keys.length > MOST_KEYS) return err(`it has more than ${MOST_KEYS} keys`);
  return keys.every(isJwk) ? ok(keys) : err('it holds something that is no key');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isJwk(key: unknown): key is JWK {
  return (
    typeof key === 'object' &&
    key !== null &&
    Object.values(key).every((part) => typeof part === 'string' || Array.isArray(part))
  );
}

type ReadKey = TokenKey & { readonly secret: CryptoKey | undefined; readonly published: JWK };

/** Null for what is no key that tokens may be signed with. */
async function readKey(jwk: JWK): Promise<ReadKey | null> {
  const algorithm = algorithmOf(jwk);
  const kid = jwk.kid ?? thumbprintOf(jwk);
  if (algorithm === null || !KID.test(kid)) return null;
  try {
    const half = publicHalf(jwk);
    const verifying = (await importJWK(half, algorithm)) as CryptoKey;
    if (isShortRsa(verifying)) return null;
    const secret =
      jwk.d === undefined ? undefined : ((await importJWK(jwk, algorithm)) as CryptoKey);
    return {
      kid,
      algorithm,
      verifying,
      secret,
      published: { ...half, kid, alg: algorithm, use: 'sig' },
    };
  } catch {
    return null;
  }
}

function algorithmOf({ kty, crv, alg }: JWK): PublicTokenAlgorithm | null {
  const algorithm = kty === 'OKP' && crv === 'Ed25519' ? 'EdDSA' : kty === 'RSA' ? 'RS256' : null;
  const claimed = alg === 'Ed25519' ? 'EdDSA' : alg;
  return claimed === undefined || claimed === algorithm ? algorithm : null;
}

function isShortRsa({ algorithm }: CryptoKey): boolean {
  return 'modulusLength' in algorithm && Number(algorithm.modulusLength) < SHORTEST_RSA_BITS;
}

/** By name, so that no private member slips through. */
function publicHalf({ kty, crv, x, n, e, kid, alg, use }: JWK): JWK {
  const members = Object.entries({ kty, crv, x, n, e, kid, alg, use });
  return Object.fromEntries(members.filter(([, value]) => value !== undefined)) as JWK;
}

/** RFC 7638 (RSA) and RFC 8037 (OKP): the required members in the order of their names. */
function thumbprintOf({ kty, crv, x, n, e }: JWK): string {
  const required = kty === 'OKP' ? { crv, kty, x } : { e, kty, n };
  return createHash('sha256').update(JSON.stringify(required)).digest('base64url');
}
