import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { UserId } from '@kastoma/domain/core';

import { readEnvironment } from '../config/environment.ts';
import { openSecondFactor } from './second-factor.ts';

const owner = 'somebody' as UserId;
const KEY = 'KWJ6dnV0c3JxcG9ubWxramloZ2ZlZGNiYWBfXl1cW1o=';
const NEXT_KEY = 'WltcXV5fYGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ6Yik=';
let dataFolder: string;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'kastoma-second-factor-'));
});

afterEach(() => rm(dataFolder, { recursive: true }));

const open = async (variables: Readonly<Record<string, string>> = {}) =>
  (
    await openSecondFactor(
      readEnvironment({ KASTOMA_DATA_DIR: dataFolder, ...variables })._unsafeUnwrap(),
    )
  ).secrets;
const file = () => join(dataFolder, 'encryption-key');

describe('the key that secrets of authenticator apps are encrypted with', () => {
  it('is made once, for its owner alone, and opens what it closed before a restart', async () => {
    const { secret } = (await open()).next(owner);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect((await open()).reseal({ secret, owner })).toBeNull();
  });

  it('is the one that is given, and then nothing is kept', async () => {
    const { secret } = (await open({ KASTOMA_ENCRYPTION_KEY: KEY })).next(owner);
    await expect(stat(file())).rejects.toThrow('ENOENT');
    const next = { KASTOMA_ENCRYPTION_KEY: NEXT_KEY };
    const rotated = await open({ ...next, KASTOMA_PREVIOUS_ENCRYPTION_KEYS: KEY });
    const moved = rotated.reseal({ secret, owner });
    if (moved === null) expect.fail('It is under the old key.');
    expect((await open(next)).reseal({ secret: moved, owner })).toBeNull();
  });

  it('that was damaged ends the start in one line that does not tell it', async () => {
    await writeFile(file(), 'half-a-key\n');
    await expect(open()).rejects.toThrow(/^The encryption key in .*encryption-key cannot be used/);
    await expect(open()).rejects.not.toThrow('half-a-key');
  });
});
