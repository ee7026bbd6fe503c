import type { MediaKey } from './media-key.ts';

/**
 * Keeps files. What stands under a name never changes: it is written once (twice is harmless), read as it was
 * written, and deleted in the end. Whoever reads finds all of a file or none.
 */
export interface MediaStorage {
  store(key: MediaKey, bytes: Uint8Array): Promise<void>;
  /** Null where there is none. */
  read(key: MediaKey): Promise<Uint8Array | null>;
  /** Harmless where there is none. */
  delete(key: MediaKey): Promise<void>;
}
