import { err, ok, okAsync, safeTry } from 'neverthrow';

import { Category } from '@kastoma/domain/catalog';
import type { CategoryId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { CatalogUnitOfWork } from './catalog.unit-of-work.ts';

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
      return unitOfWork.run(context, ({ categories }) =>
        safeTry(async function* () {
          yield* command.parentId === null ? okAsync() : categories.require(command.parentId);
          const added = await categories.add(category);
          if (added.isOk()) return ok(category);
          if (command.slug !== undefined) return err(added.error);
          const renamed = category.withUniqueSlug();
          yield* categories.add(renamed);
          return ok(renamed);
        }),
      );
    });
  }
}
