import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type {
  ImageProcessor,
  ImageRefused,
  ProcessedImage,
} from '../../catalog/image-processor.port.ts';

/** Takes every bytes for a picture of 800 by 600, but for none at all; no pixel is looked at. */
export class FakeImageProcessor implements ImageProcessor {
  /** What was handed in. */
  readonly processed: Uint8Array[] = [];

  process(bytes: Uint8Array): ResultAsync<ProcessedImage, ImageRefused> {
    this.processed.push(bytes);
    if (bytes.length === 0) return errAsync({ code: 'catalog.unsupported_image_type' });
    return okAsync({
      main: { format: 'jpeg', width: 800, height: 600, bytes },
      renditions: [{ format: 'webp', width: 320, height: 240, bytes }],
      checksum: bytes.length.toString(16).padStart(64, '0'),
    });
  }
}
