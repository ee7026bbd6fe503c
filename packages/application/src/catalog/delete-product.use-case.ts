import { ok, safeTry } from 'neverthrow';

import type { CallContext } from '../core/call-context.ts';
import { checkVersion } from '../core/expected-version.ts';
import type { EditDependencies, ProductEdit } from './edit-product.ts';

/** Takes a product away for good, with its variants; orders keep what they hold. */
export class DeleteProduct {
  readonly #dependencies: EditDependencies;

  constructor(dependencies: EditDependencies) {
    this.#dependencies = dependencies;
  }

  execute({ idOrSlug, expectedVersion }: ProductEdit, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ products }) =>
      safeTry(async function* () {
        const product = yield* products.find(idOrSlug);
        yield* checkVersion(product.version, expectedVersion);
        yield* products.save(yield* product.delete(clock.now()));
        return ok();
      }),
    );
  }
}
