import { ok, safeTry } from 'neverthrow';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { CatalogUnitOfWork } from './catalog.unit-of-work.ts';

export type DeleteCategoryCommand = {
  readonly idOrSlug: string;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = { readonly unitOfWork: CatalogUnitOfWork; readonly clock: Clock };

/** Takes a category away that nothing stands in any more. */
export class DeleteCategory {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ idOrSlug, expectedVersion }: DeleteCategoryCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ categories }) =>
      safeTry(async function* () {
        const category = yield* categories.find(idOrSlug);
        yield* checkVersion(category.version, expectedVersion);
        yield* categories.requireEmpty(category.state.id);
        yield* categories.save(yield* category.delete(clock.now()));
        return ok();
      }),
    );
  }
}
