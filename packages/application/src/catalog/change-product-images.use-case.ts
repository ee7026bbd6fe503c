import { safeTry, type Result } from 'neverthrow';

import {
  withChangedImage,
  withImageOrder,
  withoutImage,
  withPrimaryImage,
  type ImageChanges,
  type ProductImage,
} from '@kastoma/domain/catalog';
import type { ImageId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import { checkVersion } from '../core/expected-version.ts';
import type { EditDependencies, ProductEdit } from './edit-product.ts';

type Images = readonly ProductImage[];

/** Changes which images a product shows: one version of the product each time. Whether it is described as its category wants is another question, and not asked. */
export class ChangeProductImages {
  readonly #dependencies: EditDependencies;

  constructor(dependencies: EditDependencies) {
    this.#dependencies = dependencies;
  }

  /** What an image shows in words, or its place. */
  revise(of: ProductEdit, id: ImageId, changes: ImageChanges, context: CallContext) {
    return this.#change(of, (images) => withChangedImage(images, id, changes), context);
  }

  arrange(of: ProductEdit, ids: readonly ImageId[], context: CallContext) {
    return this.#change(of, (images) => withImageOrder(images, ids), context);
  }

  makePrimary(of: ProductEdit, id: ImageId, context: CallContext) {
    return this.#change(of, (images) => withPrimaryImage(images, id), context);
  }

  /** Its files go later, when nobody is likely to look at them any more. */
  remove(of: ProductEdit, id: ImageId, context: CallContext) {
    return this.#change(of, (images) => withoutImage(images, id), context);
  }

  #change<Refusal>(
    { idOrSlug, expectedVersion }: ProductEdit,
    change: (images: Images) => Result<Images, Refusal>,
    context: CallContext,
  ) {
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ products, productQueries }) =>
      safeTry(async function* () {
        const product = yield* products.find(idOrSlug);
        yield* checkVersion(product.version, expectedVersion);
        yield* products.save(yield* product.changeImages(change, clock.now()));
        return productQueries.find(product.state.id, 'staff');
      }),
    );
  }
}
