import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { keepSecret } from './kept-secret.ts';

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'kastoma-secret-')), 'data');
});

afterEach(() => rm(join(folder, '..'), { recursive: true }));

it('a secret is made once, and kept for its owner alone', async () => {
  expect(await keepSecret(folder, 'token', () => 'first')).toBe('first');
  expect(await keepSecret(folder, 'token', () => 'second')).toBe('first');
  const { mode } = await stat(join(folder, 'token'));
  expect(mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

it('processes that start at once agree on one secret, and leave nothing else', async () => {
  let made = 0;
  const keepers = Array.from({ length: 30 }, () =>
    keepSecret(folder, 'token', () => `secret ${(made += 1)}`),
  );
  expect(new Set(await Promise.all(keepers)).size).toBe(1);
  expect(await readdir(folder)).toEqual(['token']);
});

it('a file that somebody has emptied is not taken for a secret', async () => {
  await keepSecret(folder, 'token', () => 'first');
  await writeFile(join(folder, 'token'), '');
  await expect(keepSecret(folder, 'token', () => 'second')).rejects.toThrow('remove it');
});
