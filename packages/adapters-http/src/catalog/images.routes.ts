import type {
  ChangeProductImages,
  ProductQueries,
  ProductView,
  UploadProductImage,
} from '@kastoma/application/catalog';

import { endpoint, type Endpoint } from '../core/endpoint.ts';
import { audienceOf } from './audience.ts';
import { idOrSlugParams } from './catalog.schemas.ts';
import { presentImage } from './images.presenters.ts';
import {
  imageParams,
  imagesAnswer,
  LARGEST_IMAGE_BYTES,
  orderImagesBody,
  reviseImageBody,
  uploadImageBody,
} from './images.schemas.ts';

export type ImageUseCases = {
  readonly uploadProductImage: UploadProductImage;
  readonly changeProductImages: ChangeProductImages;
  readonly productQueries: ProductQueries;
};

/** Whatever is done to one image, all of them are shown: their order is part of it, and so is the product's version. */
const showsImages = {
  tag: 'Images',
  answer: imagesAnswer,
  present: ({ images }: ProductView) => images.map(presentImage),
  versionOf: ({ version }: ProductView) => version,
} as const;

const changes = { ...showsImages, permission: 'catalog.manage', status: 200 } as const;

export function imageRoutes(useCases: ImageUseCases): readonly Endpoint[] {
  const { uploadProductImage, changeProductImages, productQueries } = useCases;
  return [
    endpoint({
      ...showsImages,
      method: 'get',
      path: '/products/{idOrSlug}/images',
      summary: 'Read the images of a product, the primary one first',
      permission: 'catalog.browse',
      params: idOrSlugParams,
      status: 200,
      message: 'Images',
      handle: ({ params, actor }) => productQueries.find(params.idOrSlug, audienceOf(actor)),
    }),
    endpoint({
      ...changes,
      method: 'post',
      path: '/products/{idOrSlug}/images',
      summary: 'Upload an image, which stands last',
      params: idOrSlugParams,
      form: { largestFileBytes: LARGEST_IMAGE_BYTES },
      body: uploadImageBody,
      idempotencyKey: 'accepted',
      ifMatch: 'accepted',
      status: 201,
      message: 'Image uploaded',
      handle: ({ params: { idOrSlug }, body: { file, alt }, expectedVersion, context }) =>
        uploadProductImage.execute({ idOrSlug, bytes: file.bytes, alt, expectedVersion }, context),
    }),
    endpoint({
      ...changes,
      method: 'put',
      path: '/products/{idOrSlug}/images/order',
      summary: 'Put all images of a product into an order',
      params: idOrSlugParams,
      body: orderImagesBody,
      ifMatch: 'accepted',
      message: 'Images put in order',
      handle: ({ params: { idOrSlug }, body, expectedVersion, context }) =>
        changeProductImages.arrange({ idOrSlug, expectedVersion }, body.image_ids, context),
    }),
    endpoint({
      ...changes,
      method: 'patch',
      path: '/products/{idOrSlug}/images/{imageId}',
      summary: 'Change what an image shows in words, or its place',
      params: imageParams,
      body: reviseImageBody,
      ifMatch: 'accepted',
      message: 'Image changed',
      handle: ({ params: { idOrSlug, imageId }, body, expectedVersion, context }) =>
        changeProductImages.revise({ idOrSlug, expectedVersion }, imageId, body, context),
    }),
    endpoint({
      ...changes,
      method: 'post',
      path: '/products/{idOrSlug}/images/{imageId}/primary',
      summary: 'Make an image the primary one',
      params: imageParams,
      ifMatch: 'accepted',
      message: 'Image made the primary one',
      handle: ({ params: { idOrSlug, imageId }, expectedVersion, context }) =>
        changeProductImages.makePrimary({ idOrSlug, expectedVersion }, imageId, context),
    }),
    endpoint({
      ...changes,
      method: 'delete',
      path: '/products/{idOrSlug}/images/{imageId}',
      summary: 'Take an image off a product',
      params: imageParams,
      ifMatch: 'accepted',
      message: 'Image removed',
      handle: ({ params: { idOrSlug, imageId }, expectedVersion, context }) =>
        changeProductImages.remove({ idOrSlug, expectedVersion }, imageId, context),
    }),
  ];
}
