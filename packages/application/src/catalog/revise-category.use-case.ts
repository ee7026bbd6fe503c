import { okAsync, safeTry, type ResultAsync } from 'neverthrow';

import type {
  Category,
  CategoryChanges,
  CategoryCircle,
  CategoryTooDeep,
  UnknownCategory,
} from '@kastoma/domain/catalog';
import type { CategoryId, Instant } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { CatalogUnitOfWork } from './catalog.unit-of-work.ts';
import { placeOfParent } from './category-parent.ts';
import type { CategoryRepository } from './category-repository.port.ts';

export type ReviseCategoryCommand = {
  readonly idOrSlug: string;
  readonly changes: CategoryChanges;
  /** Where it moves, with all that stands below it: null is the root; left out, nowhere. */
  readonly parentId?: CategoryId | null | undefined;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = { readonly unitOfWork: CatalogUnitOfWork; readonly clock: Clock };

/** Changes what a category is called and where it stands. */
export class ReviseCategory {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: ReviseCategoryCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    const { idOrSlug, changes, parentId, expectedVersion } = command;
    return unitOfWork.run(context, ({ categories, categoryQueries }) =>
      safeTry(async function* () {
        const category = yield* categories.find(idOrSlug);
        yield* checkVersion(category.version, expectedVersion);
        const now = clock.now();
        const revised = yield* category.revise(changes, now);
        yield* categories.save(yield* moved(categories, revised, parentId, now));
        return categoryQueries.find(category.state.id);
      }),
    );
  }
}

function moved(
  categories: CategoryRepository,
  category: Category,
  parentId: CategoryId | null | undefined,
  at: Instant,
): ResultAsync<Category, UnknownCategory | CategoryCircle | CategoryTooDeep> {
  if (parentId === undefined) return okAsync(category);
  return safeTry(async function* () {
    const parent = yield* placeOfParent(categories, parentId);
    const levels = yield* categories.levelsOf(category.state.id);
    return category.moveBelow(parent, levels, at);
  });
}
