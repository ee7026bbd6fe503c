import { err, okAsync, safeTry } from 'neverthrow';

import { Category, type UnknownCategory } from '@kastoma/domain/catalog';
import type { CategoryId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { CatalogUnitOfWork } from './catalog.unit-of-work.ts';
import type { CategoryRepository } from './category-repository.port.ts';

export type CreateCategoryCommand = {
  readonly name: string;
  readonly slug?: string | undefined;
  readonly parentId: CategoryId | null;
  readonly description: string;
};

type Dependencies = {
  readonly unitOfWork: CatalogUnitOfWork;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

const UNKNOWN_PARENT: UnknownCategory = { code: 'catalog.unknown_category', path: ['parentId'] };

/** Adds a shelf to the catalogue. */
export class CreateCategory {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: CreateCategoryCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    return safeTry(async function* () {
      const category = yield* Category.create({
        ...command,
        id: ids.next<CategoryId>(),
        at: clock.now(),
      });
      return unitOfWork.run(context, ({ categories, categoryQueries }) =>
        safeTry(async function* () {
          yield* command.parentId === null
            ? okAsync()
            : categories.require(command.parentId).mapErr(() => UNKNOWN_PARENT);
          yield* addUnderFreeSlug(categories, category, command.slug === undefined);
          return categoryQueries.find(category.state.id);
        }),
      );
    });
  }
}

/** A slug that the caller chose is theirs or nobody's; one made of the name may be made longer. */
function addUnderFreeSlug(categories: CategoryRepository, category: Category, slugIsOurs: boolean) {
  return categories
    .add(category)
    .orElse((error) => (slugIsOurs ? categories.add(category.withUniqueSlug()) : err(error)));
}
