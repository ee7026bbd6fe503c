import type { ResultAsync } from 'neverthrow';

import type { ImageId, Instant } from '@kastoma/domain/core';

import type { MediaKey } from './media-key.ts';

/** The files of one image: told before the first of them is stored, so that none is ever forgotten. */
export type MediaUpload = {
  readonly id: ImageId;
  readonly keys: readonly MediaKey[];
  readonly at: Instant;
};

/** Knows which files the shop has, whether a product shows them or none does. */
export interface MediaUploads {
  register(upload: MediaUpload): ResultAsync<void, never>;
  /** Those from before a moment which no product shows, the oldest first. */
  unused(before: Instant, limit: number): ResultAsync<readonly MediaUpload[], never>;
  /** Once its files are gone. */
  forget(id: ImageId): ResultAsync<void, never>;
}
