import { z } from '@hono/zod-openapi';

import { PICTURE_FORMATS } from '@kastoma/domain/catalog';
import { parseId, type ImageId } from '@kastoma/domain/core';

import { readBy, textField } from '../core/core.schemas.ts';
import { fileField } from '../core/read-form.ts';
import { idOrSlugParams } from './catalog.schemas.ts';

const altField = textField.openapi({
  description: 'What it shows, for those who do not see it: at most 500 characters.',
});

/** As large as pictures of good cameras are; the pixels are bounded by themselves. */
export const LARGEST_IMAGE_BYTES = 10_485_760;

export const uploadImageBody = z.strictObject({
  file: fileField.openapi({
    type: 'string',
    format: 'binary',
    description:
      'A JPEG, PNG, WebP, AVIF or GIF of at most 10 MiB and 50 million pixels. Its name and its declared type are not looked at; of an animation the first picture is taken.',
  }),
  alt: altField.default(''),
});

export const reviseImageBody = z.strictObject({
  alt: altField.optional(),
  position: z.number().optional().openapi({
    type: 'integer',
    minimum: 0,
    description: 'Counted from 0, which is the primary image.',
  }),
});

const imageIdField = textField.openapi({ format: 'uuid' }).transform(readBy(parseId<ImageId>));

export const orderImagesBody = z.strictObject({
  image_ids: z
    .array(imageIdField)
    .max(1_000)
    .openapi({ description: 'Each of its images, once; the first one is the primary one.' }),
});

export const imageParams = idOrSlugParams.extend({ imageId: imageIdField });

export const imageAnswer = z
  .object({
    id: z.uuid(),
    url: z.string(),
    alt: z.string(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    renditions: z.array(
      z
        .object({
          width: z.int(),
          height: z.int(),
          format: z.enum(PICTURE_FORMATS),
          url: z.string(),
        })
        .openapi('Rendition'),
    ),
  })
  .openapi('Image', {
    description:
      'Width and height are null, and there are no renditions, where it was not uploaded here.',
  });

export const imagesAnswer = z.array(imageAnswer);
