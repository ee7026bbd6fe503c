import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { readEnvironment } from '../config/environment.ts';
import { openMedia } from './media.ts';
import { StartRefused } from './start-refused.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kastoma-media-keys-'));
});

afterEach(() => rm(folder, { recursive: true }));

function open(secretFile: string) {
  const environment = readEnvironment({
    KASTOMA_DATA_DIR: folder,
    KASTOMA_S3_ENDPOINT: 'https://s3.example.com',
    KASTOMA_S3_BUCKET: 'pictures',
    KASTOMA_S3_ACCESS_KEY_ID: 'key',
    KASTOMA_S3_SECRET_ACCESS_KEY_FILE: secretFile,
  });
  return openMedia(environment._unsafeUnwrap());
}

it('a shop opens a bucket with a key from a file', async () => {
  const file = join(folder, 'secret');
  await writeFile(file, 'secret\n');
  await expect(open(file)).resolves.toHaveProperty('storage');
});

it('a shop whose key cannot be read does not start, and says which', async () => {
  await writeFile(join(folder, 'empty'), ' \n');
  for (const name of ['missing', 'empty']) {
    const refusal = await open(join(folder, name)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StartRefused);
    expect(String(refusal)).toContain('KASTOMA_S3_SECRET_ACCESS_KEY_FILE');
  }
});
