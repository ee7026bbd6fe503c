import type { Container } from 'inversify';

import {
  ChangeProductImages,
  DeleteUnusedMedia,
  UploadProductImage,
} from '@kastoma/application/catalog';

import type { Foundation } from './foundation.ts';
import { bind, bindValue } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** The images of products: their files, and what is done with them. */
export function bindMedia(container: Container, { media }: Pick<Foundation, 'media'>): void {
  const { catalogUnitOfWork: unitOfWork, mediaStorage: storage, ids, clock } = T;
  bindValue(container, storage, media.storage);
  bindValue(container, T.imageProcessor, media.processor);
  bind(
    container,
    T.uploadProductImage,
    { unitOfWork, images: T.imageProcessor, storage, ids, clock },
    (given) => new UploadProductImage(given),
  );
  bind(
    container,
    T.changeProductImages,
    { unitOfWork, clock },
    (given) => new ChangeProductImages(given),
  );
  bind(
    container,
    T.deleteUnusedMedia,
    { unitOfWork, storage, clock },
    (given) => new DeleteUnusedMedia(given),
  );
}
