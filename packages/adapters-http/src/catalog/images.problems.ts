import type { ImageRefused } from '@kastoma/application/catalog';
import type { ImageNotFound, InvalidImageOrder, TooManyImages } from '@kastoma/domain/catalog';

import type { ProblemMap } from '../core/problem-map.ts';

export type ImageError = ImageNotFound | ImageRefused | InvalidImageOrder | TooManyImages;

export const IMAGE_PROBLEMS: ProblemMap<ImageError> = {
  'catalog.image_not_found': { status: 404, describe: () => 'The product has no such image.' },
  'catalog.image_processing_busy': {
    status: 503,
    describe: () => 'Too many images are being worked on. Try again shortly.',
    headers: ({ retryAfterSeconds }) => ({ 'Retry-After': String(retryAfterSeconds) }),
  },
  'catalog.invalid_image_order': {
    status: 422,
    describe: () => 'An order names each image of the product once, and no other.',
  },
  'catalog.too_many_images': {
    status: 422,
    describe: ({ maximum }) => `A product has at most ${maximum} images.`,
    detail: ({ maximum }) => ({ maximum }),
  },
  'catalog.too_many_pixels': {
    status: 422,
    describe: ({ maximum }) => `An image has at most ${maximum / 1_000_000} million pixels.`,
    field: 'file',
    detail: ({ maximum }) => ({ maximum_pixels: maximum }),
  },
  'catalog.unreadable_image': {
    status: 422,
    describe: () => 'The image is damaged, or only begins as one.',
    field: 'file',
  },
  'catalog.unsupported_image_type': {
    status: 415,
    describe: () => 'By its content it is no JPEG, PNG, WebP, AVIF or GIF.',
    field: 'file',
  },
};
