import { err, errAsync, ok, safeTry } from 'neverthrow';

import { checkRoomForImage, parseAlt, withImage, type ProductImage } from '@kastoma/domain/catalog';
import type { ImageId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion } from '../core/expected-version.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { CatalogTx, CatalogUnitOfWork } from './catalog.unit-of-work.ts';
import type { ProductEdit } from './edit-product.ts';
import type { ImageProcessor, Picture, ProcessedImage } from './image-processor.port.ts';
import type { MediaKey } from './media-key.ts';
import type { MediaStorage } from './media-storage.port.ts';

export type UploadProductImageCommand = ProductEdit & {
  readonly bytes: Uint8Array;
  readonly alt: string;
};

type Dependencies = {
  readonly unitOfWork: CatalogUnitOfWork;
  readonly images: ImageProcessor;
  readonly storage: MediaStorage;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

const NOT_UPLOADED_YET = { code: 'catalog.not_uploaded_yet' } as const;

type StoredFile = { readonly key: MediaKey; readonly bytes: Uint8Array };

/**
 * Gives a product one more image. It is worked on and stored outside of any transaction, after a look at whether it
 * will be welcome; its files are told of before they are stored, and what is left of an upload that failed is
 * deleted after a day.
 */
export class UploadProductImage {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: UploadProductImageCommand, context: CallContext) {
    const { unitOfWork, images, storage, ids, clock } = this.#dependencies;
    return safeTry(async function* () {
      const alt = yield* parseAlt(command.alt);
      yield* unitOfWork
        .run(context, (tx) =>
          welcomedProduct(tx, command).andThen(() => errAsync(NOT_UPLOADED_YET)),
        )
        .orElse((error) => (error.code === NOT_UPLOADED_YET.code ? ok() : err(error)));
      const processed = yield* images.process(command.bytes);
      const { image, files } = named(ids.next<ImageId>(), alt, processed);
      const upload = { id: image.id, keys: files.map(({ key }) => key), at: clock.now() };
      const { actor, correlationId } = context;
      yield* unitOfWork.run({ actor, correlationId }, ({ uploads }) => uploads.register(upload));
      await Promise.all(files.map(({ key, bytes }) => storage.store(key, bytes)));
      return unitOfWork.run(context, (tx) =>
        safeTry(async function* () {
          const product = yield* welcomedProduct(tx, command);
          const shown = yield* product.changeImages((all) => withImage(all, image), clock.now());
          yield* tx.products.save(shown);
          return tx.productQueries.find(product.state.id, 'staff');
        }),
      );
    });
  }
}

function welcomedProduct({ products }: CatalogTx, command: UploadProductImageCommand) {
  return products.find(command.idOrSlug).andThen((product) =>
    checkVersion(product.version, command.expectedVersion)
      .andThen(() => checkRoomForImage(product.state.images))
      .map(() => product),
  );
}

const EXTENSIONS = { jpeg: 'jpg', png: 'png', webp: 'webp' } as const;

/** Under names that nobody else ever gets: an image that is changed is another one. */
function named(
  id: ImageId,
  alt: string,
  { main, renditions, checksum }: ProcessedImage,
): { readonly image: ProductImage; readonly files: readonly StoredFile[] } {
  const keyOf = ({ format }: Picture, name: string) =>
    `images/${id}/${name}.${EXTENSIONS[format]}` as MediaKey;
  const mainKey = keyOf(main, 'main');
  const shown = renditions.map((picture) => ({
    picture,
    key: keyOf(picture, String(picture.width)),
  }));
  return {
    image: {
      id,
      url: mainKey,
      alt,
      details: {
        width: main.width,
        height: main.height,
        checksum,
        renditions: shown.map(({ picture: { format, width, height }, key }) => ({
          url: key,
          format,
          width,
          height,
        })),
      },
    },
    files: [
      { key: mainKey, bytes: main.bytes },
      ...shown.map(({ picture: { bytes }, key }) => ({ key, bytes })),
    ],
  };
}
