import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { MediaKey, MediaStorage } from '@kastoma/application/catalog';

const INCOMING = 'incoming';

/**
 * Keeps files in a folder: each written aside, on the disk, and then renamed, so that it is there in whole or not at
 * all. What a process that died has left half written is cleared with `clearIncoming`.
 */
export class DiskMediaStorage implements MediaStorage {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async store(key: MediaKey, bytes: Uint8Array): Promise<void> {
    const file = this.#fileOf(key);
    const draft = join(this.#folder, INCOMING, randomUUID());
    await mkdir(dirname(draft), { recursive: true });
    try {
      await writeToDisk(draft, bytes);
      await this.#moveInto(file, draft);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  async read(key: MediaKey): Promise<Uint8Array | null> {
    return readFile(this.#fileOf(key)).catch(unless('ENOENT', null));
  }

  async delete(key: MediaKey): Promise<void> {
    const file = this.#fileOf(key);
    await rm(file, { force: true });
    // The folder of the image goes with its last file.
    await rmdir(dirname(file)).catch(unless('ENOENT', undefined, 'ENOTEMPTY'));
  }

  /** Deletes what was begun to be stored before a moment and never was. */
  async clearIncoming(before: Date): Promise<void> {
    const folder = join(this.#folder, INCOMING);
    const drafts = await readdir(folder).catch(unless('ENOENT', []));
    for (const name of drafts) {
      const draft = join(folder, name);
      const found = await stat(draft).catch(unless('ENOENT', null));
      if (found !== null && found.mtime < before) await rm(draft, { force: true });
    }
  }

  /** A folder that was just left by its last file may go in between; then it is made anew. */
  async #moveInto(file: string, draft: string): Promise<void> {
    const move = async () => {
      await mkdir(dirname(file), { recursive: true });
      await rename(draft, file);
      return true;
    };
    if (!(await move().catch(unless('ENOENT', false)))) await move();
  }

  #fileOf(key: MediaKey): string {
    return join(this.#folder, key);
  }
}

async function writeToDisk(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What stands instead where the disk says one of these; everything else is a failure. */
function unless<Instead>(code: string, instead: Instead, ...codes: readonly string[]) {
  return (error: unknown): Instead => {
    const said = error instanceof Error && 'code' in error ? String(error.code) : '';
    if ([code, ...codes].includes(said)) return instead;
    throw error;
  };
}
