import type { ResultAsync } from 'neverthrow';

import type { PictureFormat } from '@kastoma/domain/catalog';

/** Its bytes are not those of a picture that is taken here, whatever its name and its declared type say. */
export type UnsupportedImageType = { readonly code: 'catalog.unsupported_image_type' };

export type TooManyPixels = {
  readonly code: 'catalog.too_many_pixels';
  readonly maximum: number;
};

/** It begins as a picture and does not go on as one, or takes far too long to read. */
export type UnreadableImage = { readonly code: 'catalog.unreadable_image' };

/** More pictures are waiting than can be worked on soon. */
export type ImageProcessingBusy = {
  readonly code: 'catalog.image_processing_busy';
  readonly retryAfterSeconds: number;
};

export type ImageRefused =
  | UnsupportedImageType
  | TooManyPixels
  | UnreadableImage
  | ImageProcessingBusy;

/** One picture, written anew from its pixels. */
export type Picture = {
  readonly format: PictureFormat;
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
};

export type ProcessedImage = {
  /** In the largest size that is kept, for everything that shows pictures. */
  readonly main: Picture;
  /** Smaller ones in a modern format, the narrowest first. */
  readonly renditions: readonly Picture[];
  /** Of what was handed in: SHA-256, in hexadecimal. */
  readonly checksum: string;
};

/**
 * Makes of bytes from outside what may be shown: turned upright, without metadata, in several sizes. Nothing of
 * what was handed in goes on but the pixels.
 */
export interface ImageProcessor {
  process(bytes: Uint8Array): ResultAsync<ProcessedImage, ImageRefused>;
}
