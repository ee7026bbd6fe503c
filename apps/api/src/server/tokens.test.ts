import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { newTokenKey } from '@kastoma/adapters-crypto';

import { readEnvironment } from '../config/environment.ts';
import { StartRefused } from './start-refused.ts';
import { openTokens } from './tokens.ts';

let dataFolder: string;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'kastoma-tokens-'));
});

afterEach(() => rm(dataFolder, { recursive: true }));

const open = (variables: Readonly<Record<string, string>> = {}) =>
  openTokens(readEnvironment({ KASTOMA_DATA_DIR: dataFolder, ...variables })._unsafeUnwrap());
const file = () => join(dataFolder, 'token-keys.json');

describe('the keys of the shop', () => {
  it('are made once and kept for their owner alone', async () => {
    const [first, second] = [await open(), await open()];
    expect(first.keys.signing.algorithm).toBe('EdDSA');
    expect(second.keys.signing.kid).toBe(first.keys.signing.kid);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  it('are the same for processes that start at once', async () => {
    const opened = await Promise.all(Array.from({ length: 10 }, () => open()));
    expect(new Set(opened.map(({ keys }) => keys.signing.kid)).size).toBe(1);
  });

  it('are RSA keys where it is told so, and those alone', async () => {
    const { keys } = await open({ KASTOMA_TOKEN_ALGORITHM: 'RS256' });
    expect(keys.signing.algorithm).toBe('RS256');
    await expect(open()).rejects.toThrow(/^KASTOMA_TOKEN_ALGORITHM: .* for RS256/);
  });

  it('are those that are given, and then nothing is kept', async () => {
    const key = newTokenKey('RS256');
    const { keys } = await open({ KASTOMA_TOKEN_KEYS: JSON.stringify({ keys: [key] }) });
    expect(keys.signing).toMatchObject({ kid: key.kid, algorithm: 'RS256' });
    await expect(stat(file())).rejects.toThrow('ENOENT');
  });

  it('are one shared secret, given or kept', async () => {
    const given = await open({ KASTOMA_TOKEN_SECRET: 'x'.repeat(32) });
    expect(given.keys.signing.algorithm).toBe('HS256');
    const kept = await open({ KASTOMA_TOKEN_ALGORITHM: 'HS256' });
    expect(kept.keys.published).toEqual([]);
    expect(await readFile(join(dataFolder, 'token-secret'), 'utf8')).toMatch(/^[\w-]{64}\n$/);
  });

  it('that cannot be read end the start in one line that does not tell them', async () => {
    const key = JSON.stringify({ ...newTokenKey('EdDSA'), d: 'a-secret-that-is-broken' });
    await expect(open({ KASTOMA_TOKEN_KEYS: `{"keys":[${key}]}` })).rejects.toThrow(StartRefused);
    await writeFile(file(), `{"keys":[${key}]}`);
    const problem = await open().catch((error: unknown) => String(error));
    expect(problem).toContain(file());
    expect(problem).not.toContain('a-secret');
    expect(problem).not.toContain('\n');
  });

  it('come with the rules that tokens and sessions follow', async () => {
    const { policy, sessions } = await open({
      KASTOMA_ACCESS_TOKEN_SECONDS: '60',
      KASTOMA_REFRESH_TOKEN_SECONDS: '3600',
    });
    expect(policy).toEqual({
      issuer: 'kastoma',
      audience: 'kastoma-api',
      lifeSeconds: 60,
      skewSeconds: 5,
    });
    expect(sessions).toEqual({ lifeMilliseconds: 3_600_000 });
  });
});
