import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { announceTokenKey, rotateTokenKeys } from '@kastoma/adapters-crypto';

import { TOKEN_KEYS_FILE } from './server/tokens.ts';

// Changes the keys that access tokens are signed with. With `announce` a new key is published and verified, and signs
// nothing yet; with `rotate` it signs, and the one before it only verifies. Takes KASTOMA_TOKEN_KEYS and prints what
// it should be set to, or changes the file in KASTOMA_DATA_DIR. The API reads its keys when it starts.

const CHANGES = { announce: announceTokenKey, rotate: rotateTokenKeys };
const ALGORITHMS = ['EdDSA', 'RS256'] as const;

const change = CHANGES[(process.argv[2] ?? '') as keyof typeof CHANGES];
const wanted = process.env['KASTOMA_TOKEN_ALGORITHM'] ?? 'EdDSA';
const algorithm = ALGORITHMS.find((candidate) => candidate === wanted);
const given = process.env['KASTOMA_TOKEN_KEYS'] ?? '';
const file = join(process.env['KASTOMA_DATA_DIR'] ?? '.kastoma', TOKEN_KEYS_FILE);

if (change === undefined) fail('Say what to do: announce or rotate.');
else if (algorithm === undefined) fail('KASTOMA_TOKEN_ALGORITHM: EdDSA or RS256 is wanted.');
else {
  const present = given === '' ? await readKept() : given;
  const changed = change(present, algorithm);
  if (changed.isErr()) fail(`The keys cannot be changed: ${changed.error}.`);
  else if (given === '') await replace(changed.value);
  else process.stdout.write(`${changed.value}\n`);
}

/** Null before the first start: only a file that is not there may be made anew. */
async function readKept(): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Whoever reads meanwhile finds the old keys or the new ones. */
async function replace(keys: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${keys}\n`, { flag: 'wx', mode: 0o600 });
  await rename(draft, file);
  process.stdout.write(`${file} was changed: restart the API.\n`);
}

function fail(problem: string): void {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
