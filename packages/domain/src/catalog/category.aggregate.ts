import { err, ok, Result } from 'neverthrow';

import type { CategoryId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import {
  parseAttributeDefinitions,
  type AttributeDefinitionDraft,
  type InvalidAttributeDefinition,
} from './attribute-definition.value.ts';
import type { CategoryNotFound } from './catalog.errors.ts';
import {
  checkPlace,
  type CategoryCircle,
  type CategoryPlace,
  type CategoryTooDeep,
} from './category-place.value.ts';
import type { CategoryEvent } from './category.events.ts';
import {
  parseDescription,
  parseName,
  parsePosition,
  type CategoryChanges,
  type CategoryState,
  type CreateCategoryInput,
  type InvalidCategory,
} from './category.state.ts';
import { parseSlug, slugOf, withSuffix } from './slug.value.ts';

/** A shelf of the catalogue; it may stand below another one. */
export class Category {
  readonly state: CategoryState;
  readonly version: number;
  /** One for each version that was not saved yet. */
  readonly pending: readonly CategoryEvent[];

  private constructor(state: CategoryState, version: number, pending: readonly CategoryEvent[]) {
    this.state = Object.freeze(state);
    this.version = version;
    this.pending = pending;
    Object.freeze(this);
  }

  static create(input: CreateCategoryInput): Result<Category, InvalidCategory> {
    return parseName(input.name).andThen((name) =>
      Result.combine([
        input.slug === undefined ? ok(slugOf(name, `category-${input.id}`)) : parseSlug(input.slug),
        parseDescription(input.description),
        parsePosition(input.position ?? 0),
      ]).map(([slug, description, position]) =>
        Category.#created({
          id: input.id,
          name,
          slug,
          parentId: input.parentId,
          description,
          position,
          attributeDefinitions: [],
          createdAt: input.at,
          deletedAt: null,
        }),
      ),
    );
  }

  /** For persistence only. */
  static restore(state: CategoryState, version: number): Category {
    return new Category(state, version, []);
  }

  /** The same new category under a slug that nobody else has. */
  withUniqueSlug(): Category {
    return Category.#created({ ...this.state, slug: withSuffix(this.state.slug, this.state.id) });
  }

  /** Without a difference it stays the version that it is. */
  revise(
    { name, slug, description, position }: CategoryChanges,
    at: Instant,
  ): Result<Category, InvalidCategory> {
    const { state } = this;
    return Result.combine([
      name === undefined ? ok(state.name) : parseName(name),
      slug === undefined ? ok(state.slug) : parseSlug(slug),
      description === undefined ? ok(state.description) : parseDescription(description),
      position === undefined ? ok(state.position) : parsePosition(position),
    ]).map(([newName, newSlug, newDescription, newPosition]) => {
      const isSame =
        newName === state.name &&
        newSlug === state.slug &&
        newDescription === state.description &&
        newPosition === state.position;
      if (isSame) return this;
      const changes = {
        name: newName,
        slug: newSlug,
        description: newDescription,
        position: newPosition,
      };
      return this.#next(changes, at, {
        type: 'catalog.category_revised',
        payload: {
          categoryId: state.id,
          slug: newSlug,
          previousSlug: state.slug,
          name: newName,
          position: newPosition,
        },
      });
    });
  }

  /** With all that stands below it, so many levels with its own. Null is the root. */
  moveBelow(
    parent: CategoryPlace | null,
    levels: number,
    at: Instant,
  ): Result<Category, CategoryCircle | CategoryTooDeep> {
    const { id, parentId: previousParentId } = this.state;
    const parentId = parent?.at(-1) ?? null;
    return checkPlace(id, levels, parent).map(() =>
      parentId === previousParentId
        ? this
        : this.#next({ parentId }, at, {
            type: 'catalog.category_moved',
            payload: { categoryId: id, parentId, previousParentId },
          }),
    );
  }

  /** In place of those that it had. What products have already is checked when they change. */
  defineAttributes(
    drafts: readonly AttributeDefinitionDraft[],
    at: Instant,
  ): Result<Category, InvalidAttributeDefinition> {
    return parseAttributeDefinitions(drafts).map((attributeDefinitions) =>
      this.#next({ attributeDefinitions }, at, {
        type: 'catalog.category_attributes_defined',
        payload: {
          categoryId: this.state.id,
          attributeNames: attributeDefinitions.map(({ name }) => name),
        },
      }),
    );
  }

  /** Of an empty one alone: who deletes it has looked. */
  delete(at: Instant): Result<Category, CategoryNotFound> {
    const { id, slug, parentId: previousParentId, deletedAt } = this.state;
    if (deletedAt !== null) return err({ code: 'catalog.category_not_found' });
    return ok(
      this.#next({ parentId: null, deletedAt: at }, at, {
        type: 'catalog.category_deleted',
        payload: { categoryId: id, slug, previousParentId },
      }),
    );
  }

  #next(changes: Partial<CategoryState>, at: Instant, what: What): Category {
    const version = this.version + 1;
    const event = tellOf(this.state.id, version, at, what);
    return new Category({ ...this.state, ...changes }, version, [...this.pending, event]);
  }

  static #created(state: CategoryState): Category {
    const { id, slug, parentId, createdAt } = state;
    const payload = { categoryId: id, slug, parentId };
    const event = tellOf(id, 1, createdAt, { type: 'catalog.category_created', payload });
    return new Category(state, 1, [event]);
  }
}

type What = {
  [Type in CategoryEvent['type']]: Told<Extract<CategoryEvent, { type: Type }>>;
}[CategoryEvent['type']];
type Told<Event extends CategoryEvent> = Pick<Event, 'type' | 'payload'>;

function tellOf(id: CategoryId, version: number, at: Instant, what: What): CategoryEvent {
  return {
    ...what,
    schemaVersion: 1,
    aggregateId: id,
    aggregateVersion: version,
    occurredAt: at,
  };
}
