import type { VariantChanges } from '@kastoma/domain/catalog';
import type { VariantId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import {
  editProduct,
  placedInVariant,
  variantOf,
  type EditDependencies,
  type ProductEdit,
} from './edit-product.ts';

export type ChangeVariantCommand = ProductEdit & {
  readonly variantId: VariantId;
  readonly changes: VariantChanges;
};

/** Changes one form of a product; carts show its new price at once, orders keep theirs. */
export class ChangeVariant {
  readonly #dependencies: EditDependencies;

  constructor(dependencies: EditDependencies) {
    this.#dependencies = dependencies;
  }

  execute({ variantId, changes, ...edit }: ChangeVariantCommand, context: CallContext) {
    return editProduct(this.#dependencies, context, edit, (product, _tx, at) =>
      product.changeVariant(variantId, changes, at),
    )
      .andThen((view) => variantOf(view, variantId))
      .mapErr(placedInVariant);
  }
}
