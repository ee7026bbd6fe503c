import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { MediaKey } from '@kastoma/application/catalog';
import { mediaStorageContract } from '@kastoma/application/testing';

import { DiskMediaStorage } from './disk-media-storage.ts';

const IMAGE = 'images/0199c0de-0000-7000-8000-000000000001';

function aFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'kastoma-media-'));
}

mediaStorageContract(async () => {
  const folder = await aFolder();
  return {
    users: [new DiskMediaStorage(folder), new DiskMediaStorage(folder)],
    close: () => rm(folder, { recursive: true }),
  };
});

describe('a folder of media', () => {
  let folder: string;
  let storage: DiskMediaStorage;
  beforeEach(async () => {
    folder = await aFolder();
    storage = new DiskMediaStorage(folder);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('holds nothing but the files, and no folder that is empty', async () => {
    const [small, large] = [`${IMAGE}/320.webp`, `${IMAGE}/main.jpg`] as [MediaKey, MediaKey];
    await storage.store(small, new Uint8Array([1]));
    await storage.store(large, new Uint8Array([2]));
    expect(await readdir(join(folder, 'incoming'))).toEqual([]);
    await storage.delete(small);
    expect(await readdir(join(folder, IMAGE))).toEqual(['main.jpg']);
    await storage.delete(large);
    expect(await readdir(join(folder, 'images'))).toEqual([]);
  });

  it('shows all of a file or nothing while it is being stored', async () => {
    const key = `${IMAGE}/main.jpg` as MediaKey;
    const bytes = new Uint8Array(16_000_000).fill(9);
    const seen = new Set<number | 'nothing'>();
    const look = async () => {
      for (let size = 0; size < bytes.length;) {
        const file = await storage.read(key);
        seen.add(file?.length ?? 'nothing');
        size = file?.length ?? 0;
      }
    };
    await Promise.all([new DiskMediaStorage(folder).store(key, bytes), look(), look()]);
    expect([...seen]).toEqual(['nothing', bytes.length]);
  });

  it('leaves nothing of a file that could not be stored', async () => {
    await writeFile(join(folder, 'images'), 'in the way');
    await expect(
      storage.store(`${IMAGE}/a.png` as MediaKey, new Uint8Array([1])),
    ).rejects.toThrow();
    expect(await readdir(join(folder, 'incoming'))).toEqual([]);
  });

  it('is cleared of what a process that died had begun, and of nothing that is under way', async () => {
    await storage.clearIncoming(new Date());
    await storage.store(`${IMAGE}/a.png` as MediaKey, new Uint8Array([1]));
    for (const name of ['old', 'new']) await writeFile(join(folder, 'incoming', name), 'half');
    await utimes(join(folder, 'incoming', 'old'), new Date(0), new Date(0));
    await storage.clearIncoming(new Date(60_000));
    expect(await readdir(join(folder, 'incoming'))).toEqual(['new']);
  });
});
