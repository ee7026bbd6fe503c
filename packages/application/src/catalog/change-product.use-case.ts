import { err, ok, type Result } from 'neverthrow';

import type {
  ContentChanges,
  DraftVariant,
  IllegalStatusChange,
  Product,
  ProductNotFound,
  ProductStatus,
  UnknownVariant,
} from '@kastoma/domain/catalog';
import type { Instant, VariantId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import { editProduct, type EditDependencies, type ProductEdit } from './edit-product.ts';

export type ChangeProductCommand = ProductEdit & {
  readonly changes: Omit<ContentChanges, 'variants'> & {
    readonly status?: ProductStatus | undefined;
    /** All that there are from now on. One is known by its id, or else by its SKU; what is not known is new. */
    readonly variants?: readonly StatedVariant[] | undefined;
  };
};

export type StatedVariant = Omit<DraftVariant, 'id'> & { readonly id?: VariantId | undefined };

type Dependencies = EditDependencies & { readonly ids: IdGenerator };

/** Changes what staff say of a product, its variants and its status, all or nothing. */
export class ChangeProduct {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ changes, ...edit }: ChangeProductCommand, context: CallContext) {
    const { status, variants, ...others } = changes;
    return editProduct(this.#dependencies, context, edit, (product, _tx, at) =>
      this.#recognise(product, variants)
        .andThen((drafts) => product.change({ ...others, variants: drafts }, at))
        .andThen((changed) => enterIfAnother(changed, status, at)),
    );
  }

  /** Each known one once: an id that is no variant's, or is stated twice, is somebody's mistake. */
  #recognise(
    { state }: Product,
    stated: readonly StatedVariant[] | undefined,
  ): Result<readonly DraftVariant[] | undefined, UnknownVariant> {
    if (stated === undefined) return ok(stated);
    const ids = stated.flatMap(({ id }) => id ?? []);
    const wrong = stated.findIndex(
      ({ id }, index) =>
        id !== undefined &&
        (stated.findIndex((other) => other.id === id) !== index ||
          !state.variants.some((variant) => variant.id === id)),
    );
    if (wrong !== -1)
      return err({ code: 'catalog.unknown_variant', path: ['variants', wrong, 'id'] });
    const free = new Map<string, VariantId>(
      state.variants.filter(({ id }) => !ids.includes(id)).map(({ sku, id }) => [sku, id]),
    );
    return ok(
      stated.map(({ id, ...variant }) => {
        const sku = variant.sku.trim();
        const known = id ?? free.get(sku) ?? this.#dependencies.ids.next<VariantId>();
        free.delete(sku);
        return { ...variant, id: known };
      }),
    );
  }
}

function enterIfAnother(
  product: Product,
  status: ProductStatus | undefined,
  at: Instant,
): Result<Product, IllegalStatusChange | ProductNotFound> {
  return status === undefined || status === product.state.status
    ? ok(product)
    : product.enter(status, at);
}
