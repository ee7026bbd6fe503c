import type { MediaKey } from '../../catalog/media-key.ts';
import type { MediaStorage } from '../../catalog/media-storage.port.ts';

/** A storage of media that forgets everything at the end. */
export class FakeMediaStorage implements MediaStorage {
  readonly files = new Map<MediaKey, Uint8Array>();

  async store(key: MediaKey, bytes: Uint8Array): Promise<void> {
    this.files.set(key, bytes.slice());
  }

  async read(key: MediaKey): Promise<Uint8Array | null> {
    return this.files.get(key) ?? null;
  }

  async delete(key: MediaKey): Promise<void> {
    this.files.delete(key);
  }
}
