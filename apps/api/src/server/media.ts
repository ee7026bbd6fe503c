import { join } from 'node:path';

import { DiskMediaStorage, S3MediaStorage, SharpImageProcessor } from '@kastoma/adapters-media';
import type { ImageProcessor, MediaStorage } from '@kastoma/application/catalog';

import type { Environment } from '../config/environment.ts';
import type { BucketSettings } from '../config/media-settings.ts';
import { readSecret } from './given-secret.ts';

/** Who keeps the images of products, and who works on them. */
export type OpenedMedia = { readonly storage: MediaStorage; readonly processor: ImageProcessor };

/** No upload takes as long. */
const ABANDONED_AFTER_MILLISECONDS = 60 * 60 * 1_000;

/** In the bucket that was named, or in files. */
export async function openMedia({ media, dataFolder }: Environment): Promise<OpenedMedia> {
  const processor = new SharpImageProcessor();
  if (media.bucket !== null) return { storage: await openBucket(media.bucket), processor };
  const storage = new DiskMediaStorage(join(dataFolder, 'media'));
  await storage.clearIncoming(new Date(Date.now() - ABANDONED_AFTER_MILLISECONDS));
  return { storage, processor };
}

async function openBucket(settings: BucketSettings): Promise<MediaStorage> {
  const { accessKeyId, secretAccessKey, ...others } = settings;
  return new S3MediaStorage({
    ...others,
    accessKeyId: await readSecret(accessKeyId, 'KASTOMA_S3_ACCESS_KEY_ID_FILE'),
    secretAccessKey: await readSecret(secretAccessKey, 'KASTOMA_S3_SECRET_ACCESS_KEY_FILE'),
  });
}
