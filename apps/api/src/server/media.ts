import { join } from 'node:path';

import { DiskMediaStorage, S3MediaStorage, SharpImageProcessor } from '@kastoma/adapters-media';
import type { ImageProcessor, MediaStorage } from '@kastoma/application/catalog';

import type { Environment } from '../config/environment.ts';

/** Who keeps the images of products, and who works on them. */
export type OpenedMedia = { readonly storage: MediaStorage; readonly processor: ImageProcessor };

/** No upload takes as long. */
const ABANDONED_AFTER_MILLISECONDS = 60 * 60 * 1_000;

/** In the bucket that was named, or in files. */
export async function openMedia({ media, dataFolder }: Environment): Promise<OpenedMedia> {
  const processor = new SharpImageProcessor();
  if (media.bucket !== null) return { storage: new S3MediaStorage(media.bucket), processor };
  const storage = new DiskMediaStorage(join(dataFolder, 'media'));
  await storage.clearIncoming(new Date(Date.now() - ABANDONED_AFTER_MILLISECONDS));
  return { storage, processor };
}
