import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A secret that is made once and kept in the data folder, readable by its owner
 * alone. Two processes that start at once agree: the second one to write reads
 * what the first has written.
 */
export async function keepSecret(
  folder: string,
  name: string,
  make: () => string,
): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  const kept = await readSecret(file);
  if (kept !== null) return kept;
  // Written aside and then linked: whoever finds the file finds all of it.
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${make()}\n`, { flag: 'wx', mode: 0o600 });
  try {
    await link(draft, file);
  } catch (error) {
    if (!isFileError(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
  const written = await readSecret(file);
  if (written === null) throw new Error(`The file ${file} is empty: remove it and start again.`);
  return written;
}

/** What is kept under the name, or null. */
async function readSecret(file: string): Promise<string | null> {
  try {
    const text = (await readFile(file, 'utf8')).trim();
    return text === '' ? null : text;
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return null;
    throw error;
  }
}

function isFileError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
