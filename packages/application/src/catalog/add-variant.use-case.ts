import { ok, safeTry } from 'neverthrow';

import type { DraftVariant } from '@kastoma/domain/catalog';
import type { VariantId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import { checkVersion } from '../core/expected-version.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import {
  placedInVariant,
  variantOf,
  type EditDependencies,
  type ProductEdit,
} from './edit-product.ts';
import { checkShelf } from './product-shelf.ts';

export type AddVariantCommand = ProductEdit & {
  readonly variant: Omit<DraftVariant, 'id'>;
  /** Its first units; left out, none. */
  readonly stock?: number | undefined;
};

type Dependencies = EditDependencies & { readonly ids: IdGenerator };

/** Offers a product in one more form, and opens its stock. */
export class AddVariant {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: AddVariantCommand, context: CallContext) {
    const { unitOfWork, clock, ids } = this.#dependencies;
    const { idOrSlug, expectedVersion, stock = 0 } = command;
    return unitOfWork
      .run(context, (tx) =>
        safeTry(async function* () {
          const product = yield* tx.products.find(idOrSlug);
          yield* checkVersion(product.version, expectedVersion);
          const variantId = ids.next<VariantId>();
          const draft = { ...command.variant, id: variantId };
          const larger = yield* product.addVariant(draft, clock.now());
          yield* checkShelf(tx.categories, larger);
          yield* tx.products.save(larger);
          yield* tx.stock.open([{ variantId, units: stock, path: ['stock'] }]);
          const view = yield* tx.productQueries.find(product.state.id, 'staff');
          return ok(yield* variantOf(view, variantId));
        }),
      )
      .mapErr(placedInVariant);
  }
}
