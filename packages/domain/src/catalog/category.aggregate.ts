import { ok, Result } from 'neverthrow';

import type { CategoryId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { parseText, type InvalidText } from '../core/text.value.ts';
import type { CatalogEvent } from './product.events.ts';
import { parseSlug, slugOf, withSuffix, type InvalidSlug, type Slug } from './slug.value.ts';

export type CategoryState = {
  readonly id: CategoryId;
  readonly name: string;
  readonly slug: Slug;
  readonly parentId: CategoryId | null;
  readonly description: string;
  readonly createdAt: Instant;
};

export type CreateCategoryInput = {
  readonly id: CategoryId;
  readonly name: string;
  readonly slug?: string | undefined;
  readonly parentId: CategoryId | null;
  readonly description: string;
  readonly at: Instant;
};

/** A shelf of the catalogue; it may stand below another one. */
export class Category {
  readonly state: CategoryState;
  readonly version: number;
  readonly pending: readonly CatalogEvent[];

  private constructor(state: CategoryState, version: number, pending: readonly CatalogEvent[]) {
    this.state = Object.freeze(state);
    this.version = version;
    this.pending = pending;
    Object.freeze(this);
  }

  static create(input: CreateCategoryInput): Result<Category, InvalidText | InvalidSlug> {
    return parseText(input.name, { path: ['name'], maximumLength: 120 }).andThen((name) =>
      Result.combine([
        input.slug === undefined ? ok(slugOf(name, `category-${input.id}`)) : parseSlug(input.slug),
        parseText(input.description, {
          path: ['description'],
          maximumLength: 5_000,
          mayBeEmpty: true,
          multiline: true,
        }),
      ]).map(([slug, description]) =>
        Category.#created({
          id: input.id,
          name,
          slug,
          parentId: input.parentId,
          description,
          createdAt: input.at,
        }),
      ),
    );
  }

  /** The same new category under a slug that nobody else has. */
  withUniqueSlug(): Category {
    return Category.#created({ ...this.state, slug: withSuffix(this.state.slug, this.state.id) });
  }

  static #created(state: CategoryState): Category {
    return new Category(state, 1, [
      {
        type: 'catalog.category_created',
        schemaVersion: 1,
        aggregateId: state.id,
        aggregateVersion: 1,
        occurredAt: state.createdAt,
        payload: { categoryId: state.id, slug: state.slug, parentId: state.parentId },
      },
    ]);
  }
}
