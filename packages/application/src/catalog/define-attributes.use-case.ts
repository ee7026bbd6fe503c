import { safeTry } from 'neverthrow';

import type { AttributeDefinitionDraft } from '@kastoma/domain/catalog';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { CatalogUnitOfWork } from './catalog.unit-of-work.ts';

export type DefineAttributesCommand = {
  readonly idOrSlug: string;
  /** In place of those that the category has. */
  readonly definitions: readonly AttributeDefinitionDraft[];
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = { readonly unitOfWork: CatalogUnitOfWork; readonly clock: Clock };

/** Says what attributes the products of a category have. Those that are there are checked when they change. */
export class DefineAttributes {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: DefineAttributesCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    const { idOrSlug, definitions, expectedVersion } = command;
    return unitOfWork.run(context, ({ categories, categoryQueries }) =>
      safeTry(async function* () {
        const category = yield* categories.find(idOrSlug);
        yield* checkVersion(category.version, expectedVersion);
        yield* categories.save(yield* category.defineAttributes(definitions, clock.now()));
        return categoryQueries.attributes(category.state.id);
      }),
    );
  }
}
