import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import {
  newTokenKey,
  readTokenKeys,
  sharedTokenKeys,
  type TokenKeys,
  type TokenPolicy,
} from '@kastoma/adapters-crypto';
import type { SessionPolicy } from '@kastoma/application/identity';

import type { Environment } from '../config/environment.ts';
import { keepSecret } from '../config/kept-secret.ts';
import { StartRefused } from './start-refused.ts';

/** Under this name the keys are kept in the data folder. */
export const TOKEN_KEYS_FILE = 'token-keys.json';

export type OpenedTokens = {
  readonly keys: TokenKeys;
  readonly policy: TokenPolicy;
  readonly sessions: SessionPolicy;
};

/** The keys that tokens are signed with, given or made once and kept, and the rules that they follow. */
export async function openTokens({
  tokens,
  dataFolder,
}: Pick<Environment, 'tokens' | 'dataFolder'>): Promise<OpenedTokens> {
  const { issuer, audience, accessSeconds, refreshSeconds, skewSeconds } = tokens;
  return {
    keys: await keysOf(tokens, dataFolder),
    policy: { issuer, audience, lifeSeconds: accessSeconds, skewSeconds },
    sessions: { lifeMilliseconds: refreshSeconds * 1000 },
  };
}

async function keysOf(
  { algorithm, secret, keys: given }: Environment['tokens'],
  dataFolder: string,
): Promise<TokenKeys> {
  if (given !== null) return readOrRefuse(given, 'KASTOMA_TOKEN_KEYS: the key set cannot be used');
  if (algorithm === 'HS256') {
    const kept = () =>
      keepSecret(dataFolder, 'token-secret', () => randomBytes(48).toString('base64url'));
    return sharedTokenKeys(new TextEncoder().encode(secret ?? (await kept())));
  }
  const text = await keepSecret(dataFolder, TOKEN_KEYS_FILE, () =>
    JSON.stringify({ keys: [newTokenKey(algorithm)] }),
  );
  const file = join(dataFolder, TOKEN_KEYS_FILE);
  const keys = await readOrRefuse(text, `The token keys in ${file} cannot be used`);
  if (keys.signing.algorithm === algorithm) return keys;
  throw new StartRefused(
    `KASTOMA_TOKEN_ALGORITHM: the keys in ${file} are for ${keys.signing.algorithm}: set it so, or rotate the keys.`,
  );
}

/** The file or the setting is named, and never what is in it. */
async function readOrRefuse(text: string, problem: string): Promise<TokenKeys> {
  return (await readTokenKeys(text)).match(
    (keys) => keys,
    (reason) => {
      throw new StartRefused(`${problem}: ${reason}.`);
    },
  );
}
