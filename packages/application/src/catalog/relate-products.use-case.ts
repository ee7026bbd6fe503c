import { err, errAsync, ok, okAsync, type ResultAsync } from 'neverthrow';

import type { Product, ProductNotFound, UnknownRelated } from '@kastoma/domain/catalog';
import type { FieldPath, ProductId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { CatalogTx } from './catalog.unit-of-work.ts';
import { editProduct, type EditDependencies, type ProductEdit } from './edit-product.ts';

export type RelateProductsCommand = ProductEdit &
  (
    | { readonly kind: 'set'; readonly productIds: readonly ProductId[] }
    | { readonly kind: 'add'; readonly productId: ProductId }
    | { readonly kind: 'remove'; readonly productId: ProductId }
  );

/** Says what goes with a product, in which order. What goes with it need not go back. */
export class RelateProducts {
  readonly #dependencies: EditDependencies;

  constructor(dependencies: EditDependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: RelateProductsCommand, context: CallContext) {
    return editProduct(this.#dependencies, context, command, (product, tx, at) =>
      relatedAfter(command, product, tx).andThen((ids) => product.relateTo(ids, at)),
    ).mapErr((error) =>
      command.kind === 'add' && error.code === 'catalog.invalid_related'
        ? { ...error, path: error.path.slice(0, 1).map(() => 'productId') }
        : error,
    );
  }
}

function relatedAfter(
  command: RelateProductsCommand,
  { state: { relatedIds } }: Product,
  { products }: CatalogTx,
): ResultAsync<readonly ProductId[], UnknownRelated | ProductNotFound> {
  switch (command.kind) {
    case 'set':
      return requireAll(products, command.productIds, (index) => ['productIds', index]).map(
        () => command.productIds,
      );
    case 'add':
      return requireAll(products, [command.productId], () => ['productId']).map(() => [
        ...relatedIds,
        command.productId,
      ]);
    case 'remove':
      return relatedIds.includes(command.productId)
        ? okAsync(relatedIds.filter((id) => id !== command.productId))
        : errAsync({ code: 'catalog.product_not_found' });
  }
}

function requireAll(
  products: CatalogTx['products'],
  ids: readonly ProductId[],
  placeOf: (index: number) => FieldPath,
): ResultAsync<void, UnknownRelated> {
  return products.missingAmong(ids).andThen((missing) => {
    const [first] = missing;
    return first === undefined
      ? ok()
      : err({ code: 'catalog.unknown_related' as const, path: placeOf(ids.indexOf(first)) });
  });
}
