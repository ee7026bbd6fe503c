import { err, ok, type Result } from 'neverthrow';

import type { ImageId } from '../core/ids.value.ts';
import type { FieldPath, InvalidText } from '../core/text.value.ts';
import type { InvalidPosition } from './catalog.errors.ts';
import {
  checkRoomForImage,
  parseAlt,
  type ProductImage,
  type TooManyImages,
} from './product-images.value.ts';

type Images = readonly ProductImage[];

export type ImageNotFound = { readonly code: 'catalog.image_not_found' };
/** An order of images names each of them once, and no other. */
export type InvalidImageOrder = {
  readonly code: 'catalog.invalid_image_order';
  readonly path: FieldPath;
};

/** A new one stands last, so that the primary one stays what it is. */
export function withImage(images: Images, image: ProductImage): Result<Images, TooManyImages> {
  return checkRoomForImage(images).map(() => [...images, image]);
}

export function withoutImage(images: Images, id: ImageId): Result<Images, ImageNotFound> {
  return findImage(images, id).map(() => othersThan(images, id));
}

/** What may be said of an image once it is there; what is left out stays. */
export type ImageChanges = {
  readonly alt?: string | undefined;
  /** Counted from zero, which is the primary one. */
  readonly position?: number | undefined;
};

export function withChangedImage(
  images: Images,
  id: ImageId,
  { alt, position }: ImageChanges,
): Result<Images, ImageNotFound | InvalidPosition | InvalidText> {
  return findImage(images, id).andThen((image) =>
    (alt === undefined ? ok(image.alt) : parseAlt(alt)).andThen((newAlt) => {
      const changed = { ...image, alt: newAlt };
      return position === undefined
        ? ok(images.map((other) => (other.id === id ? changed : other)))
        : placedAt(images, changed, position);
    }),
  );
}

/** The primary image is the first one; the others keep their order. */
export function withPrimaryImage(images: Images, id: ImageId): Result<Images, ImageNotFound> {
  return findImage(images, id).map((image) => [image, ...othersThan(images, id)]);
}

export function withImageOrder(
  images: Images,
  ids: readonly ImageId[],
): Result<Images, InvalidImageOrder> {
  const known = new Map(images.map((image) => [image.id, image]));
  const ordered = [...new Set(ids)].flatMap((id) => known.get(id) ?? []);
  return ordered.length === images.length && ids.length === images.length
    ? ok(ordered)
    : err({ code: 'catalog.invalid_image_order', path: ['imageIds'] });
}

function placedAt(
  images: Images,
  placed: ProductImage,
  position: number,
): Result<Images, InvalidPosition> {
  const maximum = images.length - 1;
  if (!Number.isSafeInteger(position) || position < 0 || position > maximum) {
    return err({ code: 'catalog.invalid_position', path: ['position'], maximum });
  }
  const others = othersThan(images, placed.id);
  return ok([...others.slice(0, position), placed, ...others.slice(position)]);
}

function othersThan(images: Images, id: ImageId): Images {
  return images.filter((image) => image.id !== id);
}

function findImage(images: Images, id: ImageId): Result<ProductImage, ImageNotFound> {
  const image = images.find((candidate) => candidate.id === id);
  return image === undefined ? err({ code: 'catalog.image_not_found' }) : ok(image);
}
