import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { MediaKey } from '../../catalog/media-key.ts';
import type { MediaStorage } from '../../catalog/media-storage.port.ts';

/** Two users of one store, each as far from the other as the adapter allows. */
export type MediaStorageUnderTest = {
  readonly users: readonly [MediaStorage, MediaStorage];
  readonly close: () => Promise<void>;
};

const picture = new Uint8Array([0, 1, 2, 254, 255, 13, 10, 0]);

function aKey(name = '640.webp'): MediaKey {
  return `images/${crypto.randomUUID()}/${name}` as MediaKey;
}

export function mediaStorageContract(open: () => Promise<MediaStorageUnderTest>): void {
  describe('a storage of media', () => {
    let opened: MediaStorageUnderTest;
    let one: MediaStorage;
    let other: MediaStorage;
    beforeAll(async () => {
      opened = await open();
      [one, other] = opened.users;
    });
    afterAll(async () => {
      await opened.close();
    });

    it('gives back what was stored, byte by byte, to everybody', async () => {
      const key = aKey();
      await one.store(key, picture);
      expect(Buffer.from((await other.read(key)) ?? []).equals(picture)).toBe(true);
    });

    it('has nothing under a name that was never given', async () => {
      expect(await one.read(aKey())).toBeNull();
    });

    it('keeps the files of one image apart', async () => {
      const id = crypto.randomUUID();
      const [small, large] = ['320.webp', 'main.jpg'].map((name) => `images/${id}/${name}`) as [
        MediaKey,
        MediaKey,
      ];
      await one.store(small, new Uint8Array([1]));
      await one.store(large, new Uint8Array([2, 2]));
      await one.delete(small);
      expect(await other.read(small)).toBeNull();
      expect(await other.read(large)).toHaveLength(2);
    });

    it('stores the same file twice without harm', async () => {
      const key = aKey();
      await one.store(key, picture);
      await other.store(key, picture);
      expect(await one.read(key)).toHaveLength(picture.length);
    });

    it('stores a file of some megabytes', async () => {
      const key = aKey('main.png');
      const large = new Uint8Array(3_000_000).fill(7);
      await one.store(key, large);
      expect(await other.read(key)).toHaveLength(large.length);
    });

    it('deletes for everybody, and does no harm where there is nothing', async () => {
      const key = aKey();
      await one.store(key, picture);
      await other.delete(key);
      expect(await one.read(key)).toBeNull();
      await one.delete(key);
    });
  });
}
