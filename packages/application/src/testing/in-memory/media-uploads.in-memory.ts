import { okAsync, type ResultAsync } from 'neverthrow';

import type { ImageId, Instant } from '@kastoma/domain/core';

import type { MediaUpload, MediaUploads } from '../../catalog/media-uploads.port.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryMediaUploads implements MediaUploads {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  register(upload: MediaUpload): ResultAsync<void, never> {
    this.#memory.tables.mediaUploads.set(upload.id, upload);
    return okAsync();
  }

  unused(before: Instant, limit: number): ResultAsync<readonly MediaUpload[], never> {
    const { products, mediaUploads } = this.#memory.tables;
    const shown = new Set<string>(
      [...products.values()].flatMap(({ state }) => state.images.map(({ id }) => id)),
    );
    return okAsync(
      [...mediaUploads.values()]
        .filter(({ id, at }) => at < before && !shown.has(id))
        .toSorted((a, b) => a.at - b.at)
        .slice(0, limit),
    );
  }

  forget(id: ImageId): ResultAsync<void, never> {
    this.#memory.tables.mediaUploads.delete(id);
    return okAsync();
  }
}
