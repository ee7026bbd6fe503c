import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readEnvironment } from './environment.ts';
import { SECRETS } from './variables.ts';

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kastoma-secrets-'));
  file = join(folder, 'secret');
  await writeFile(file, 'thirty-two characters nobody knows\n');
  await writeFile(join(folder, 'empty'), ' \n');
});

afterAll(() => rm(folder, { recursive: true }));

function problemsOf(variables: Record<string, string>) {
  return readEnvironment(variables)._unsafeUnwrapErr();
}

describe('a secret', () => {
  it('may be what a file holds, without the end of its line', () => {
    const environment = readEnvironment({ KASTOMA_TOKEN_SECRET_FILE: file })._unsafeUnwrap();
    expect(environment.tokens.secret).toBe('thirty-two characters nobody knows');
  });

  it('is one of those that may be files', () => {
    expect(SECRETS).toContain('DATABASE_URL');
    expect(SECRETS.length).toBeGreaterThan(8);
    for (const name of SECRETS)
      expect(problemsOf({ [`${name}_FILE`]: '/nowhere' })).toEqual([
        `${name}_FILE: /nowhere cannot be read.`,
      ]);
  });

  it('is said once, and says something', () => {
    const empty = join(folder, 'empty');
    expect(
      problemsOf({
        KASTOMA_STRIPE_KEY: 'sk_1',
        KASTOMA_STRIPE_KEY_FILE: file,
        KASTOMA_S3_ACCESS_KEY_ID_FILE: empty,
      }),
    ).toEqual([
      `KASTOMA_S3_ACCESS_KEY_ID_FILE: ${empty} is empty.`,
      'KASTOMA_STRIPE_KEY: it is wanted as it is or as a file, and not both.',
    ]);
  });
});
