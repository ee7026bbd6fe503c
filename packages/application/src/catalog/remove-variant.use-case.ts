import type { VariantId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import { editProduct, type EditDependencies, type ProductEdit } from './edit-product.ts';

export type RemoveVariantCommand = ProductEdit & { readonly variantId: VariantId };

/** Takes one form of a product away, unless it is the last; orders and stock's history keep it. */
export class RemoveVariant {
  readonly #dependencies: EditDependencies;

  constructor(dependencies: EditDependencies) {
    this.#dependencies = dependencies;
  }

  execute({ variantId, ...edit }: RemoveVariantCommand, context: CallContext) {
    return editProduct(this.#dependencies, context, edit, (product, _tx, at) =>
      product.removeVariant(variantId, at),
    );
  }
}
