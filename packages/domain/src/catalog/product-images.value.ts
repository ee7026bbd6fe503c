import { err, ok, Result } from 'neverthrow';

import type { ImageId } from '../core/ids.value.ts';
import { parseText, type FieldPath, type InvalidText } from '../core/text.value.ts';

const MOST_IMAGES = 50;
const LONGEST_ALT = 500;

export const PICTURE_FORMATS = ['jpeg', 'png', 'webp'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/** The same picture in another size. */
export type Rendition = {
  readonly url: string;
  readonly format: PictureFormat;
  readonly width: number;
  readonly height: number;
};

/** What is known of a picture that was uploaded. */
export type ImageDetails = {
  readonly width: number;
  readonly height: number;
  /** SHA-256 of the file that was handed in, in hexadecimal. */
  readonly checksum: string;
  /** The narrowest first. */
  readonly renditions: readonly Rendition[];
};

/**
 * A picture of a product: where it is served from, and what it shows for those who do not see it. An address that
 * begins neither with `/` nor with a scheme is the name of a file among the shop's own media.
 */
export type ProductImage = {
  readonly id: ImageId;
  readonly url: string;
  readonly alt: string;
  /** Null for one that was not uploaded here. */
  readonly details: ImageDetails | null;
};

export type InvalidImage = { readonly code: 'catalog.invalid_image'; readonly path: FieldPath };
export type TooManyImages = { readonly code: 'catalog.too_many_images'; readonly maximum: number };

/** Reads the pictures of a product: at most 50. */
export function parseImages(
  images: readonly ProductImage[],
): Result<readonly ProductImage[], InvalidImage> {
  if (images.length > MOST_IMAGES) return err({ code: 'catalog.invalid_image', path: ['images'] });
  return Result.combine(images.map((image, index) => parseImage(image, ['images', index])));
}

/** Reads what a picture shows, in words; they may be none. */
export function parseAlt(alt: string, path: FieldPath = ['alt']): Result<string, InvalidText> {
  return parseText(alt, { path, maximumLength: LONGEST_ALT, mayBeEmpty: true });
}

/** Whether there is room for one more. */
export function checkRoomForImage(images: readonly ProductImage[]): Result<void, TooManyImages> {
  return images.length < MOST_IMAGES
    ? ok()
    : err({ code: 'catalog.too_many_images', maximum: MOST_IMAGES });
}

function parseImage(image: ProductImage, path: FieldPath): Result<ProductImage, InvalidImage> {
  return Result.combine([
    parseText(image.url, { path, maximumLength: 2_000 }),
    parseAlt(image.alt, path),
  ])
    .map(([url, alt]) => ({ ...image, url, alt }))
    .mapErr(() => ({ code: 'catalog.invalid_image', path }));
}
