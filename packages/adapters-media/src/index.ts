export { DiskMediaStorage } from './catalog/disk-media-storage.ts';
export { isMediaUnavailable } from './catalog/media-unavailable.ts';
export { S3MediaStorage } from './catalog/s3-media-storage.ts';
export { SharpImageProcessor } from './catalog/sharp-image-processor.ts';
