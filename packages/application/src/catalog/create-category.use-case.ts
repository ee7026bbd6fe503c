import { err, ok, safeTry, type ResultAsync } from 'neverthrow';

import { Category, checkPlace, type TooManyCategories } from '@kastoma/domain/catalog';
import type { CategoryId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { CatalogUnitOfWork } from './catalog.unit-of-work.ts';
import { placeOfParent } from './category-parent.ts';
import type { CategoryRepository } from './category-repository.port.ts';

export type CreateCategoryCommand = {
  readonly name: string;
  readonly slug?: string | undefined;
  readonly parentId: CategoryId | null;
  readonly description: string;
  readonly position?: number | undefined;
};

type Dependencies = {
  readonly unitOfWork: CatalogUnitOfWork;
  readonly ids: IdGenerator;
  readonly clock: Clock;
  /** How many there can be, so that the tree stays an answer; left out, 20,000. */
  readonly mostCategories?: number;
};

const MOST_CATEGORIES = 20_000;

/** Adds a shelf to the catalogue. */
export class CreateCategory {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: CreateCategoryCommand, context: CallContext) {
    const { unitOfWork, ids, clock, mostCategories = MOST_CATEGORIES } = this.#dependencies;
    return safeTry(async function* () {
      const category = yield* Category.create({
        ...command,
        id: ids.next<CategoryId>(),
        at: clock.now(),
      });
      return unitOfWork.run(context, ({ categories, categoryQueries }) =>
        safeTry(async function* () {
          const parent = yield* placeOfParent(categories, command.parentId);
          yield* checkPlace(category.state.id, 1, parent);
          yield* requireRoom(categories, mostCategories);
          yield* addUnderFreeSlug(categories, category, command.slug === undefined);
          return categoryQueries.find(category.state.id);
        }),
      );
    });
  }
}

function requireRoom(
  categories: CategoryRepository,
  maximum: number,
): ResultAsync<void, TooManyCategories> {
  return categories
    .count()
    .andThen((count) =>
      count < maximum ? ok() : err({ code: 'catalog.too_many_categories' as const, maximum }),
    );
}

/** A slug that the caller chose is theirs or nobody's; one made of the name may be made longer. */
function addUnderFreeSlug(categories: CategoryRepository, category: Category, slugIsOurs: boolean) {
  return categories
    .add(category)
    .orElse((error) => (slugIsOurs ? categories.add(category.withUniqueSlug()) : err(error)));
}
