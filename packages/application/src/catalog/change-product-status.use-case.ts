import type { ProductStatus } from '@kastoma/domain/catalog';

import type { CallContext } from '../core/call-context.ts';
import { editProduct, type EditDependencies, type ProductEdit } from './edit-product.ts';

export type ChangeProductStatusCommand = ProductEdit & { readonly status: ProductStatus };

/** Puts a product on the shelves, takes it off, or puts it away. */
export class ChangeProductStatus {
  readonly #dependencies: EditDependencies;

  constructor(dependencies: EditDependencies) {
    this.#dependencies = dependencies;
  }

  execute({ status, ...edit }: ChangeProductStatusCommand, context: CallContext) {
    return editProduct(this.#dependencies, context, edit, (product, _tx, at) =>
      product.enter(status, at),
    );
  }
}
