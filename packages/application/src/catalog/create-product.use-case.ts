import { err, safeTry } from 'neverthrow';

import {
  Product,
  type ContentDraft,
  type DraftVariant,
  type ProductImage,
  type ProductStatus,
} from '@kastoma/domain/catalog';
import type { ImageId, ProductId, VariantId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { StoreSettings } from '../core/store-settings.ts';
import type { CatalogTx, CatalogUnitOfWork } from './catalog.unit-of-work.ts';
import { checkShelf } from './product-shelf.ts';

export type CreateProductCommand = Omit<ContentDraft, 'images' | 'variants'> & {
  readonly status: ProductStatus;
  readonly images: readonly Pick<ProductImage, 'url' | 'alt'>[];
  readonly variants: readonly (Omit<DraftVariant, 'id'> & {
    /** Its first units; left out, none. */
    readonly stock?: number | undefined;
  })[];
};

type Dependencies = {
  readonly unitOfWork: CatalogUnitOfWork;
  readonly settings: StoreSettings;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Puts a product into the catalogue, and its first units into stock, in one transaction. */
export class CreateProduct {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: CreateProductCommand, context: CallContext) {
    const { unitOfWork, settings, ids, clock } = this.#dependencies;
    return safeTry(async function* () {
      const product = yield* Product.create({
        ...command,
        id: ids.next<ProductId>(),
        variants: command.variants.map((variant) => ({ ...variant, id: ids.next<VariantId>() })),
        images: command.images.map((image) => ({
          ...image,
          id: ids.next<ImageId>(),
          details: null,
        })),
        currency: settings.currency,
        at: clock.now(),
      });
      const openings = product.state.variants.map(({ id }, index) => ({
        variantId: id,
        units: command.variants[index]?.stock ?? 0,
        path: ['variants', index, 'stock'],
      }));
      return unitOfWork.run(context, (tx) =>
        safeTry(async function* () {
          yield* checkShelf(tx.categories, product);
          yield* addUnderFreeSlug(tx, product, command.slug === undefined);
          yield* tx.stock.open(openings);
          return tx.productQueries.find(product.state.id, 'staff');
        }),
      );
    });
  }
}

/** A slug that the caller chose is theirs or nobody's; one made of the name may be made longer. */
function addUnderFreeSlug({ products }: CatalogTx, product: Product, slugIsOurs: boolean) {
  return products
    .add(product)
    .orElse((error) =>
      slugIsOurs && error.code === 'catalog.slug_taken'
        ? products.add(product.withUniqueSlug())
        : err(error),
    );
}
