import { err, ok, type Result } from 'neverthrow';

import type { CategoryId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { parseText, type InvalidText } from '../core/text.value.ts';
import type { AttributeDefinition } from './attribute-definition.value.ts';
import type { InvalidPosition } from './catalog.errors.ts';
import type { InvalidSlug, Slug } from './slug.value.ts';

export type CategoryState = {
  readonly id: CategoryId;
  readonly name: string;
  readonly slug: Slug;
  /** Null at the root, and once it is deleted. */
  readonly parentId: CategoryId | null;
  readonly description: string;
  /** Its rank among its siblings; those of one rank stand by their names. */
  readonly position: number;
  /** Its own; those of the categories above it hold as well. */
  readonly attributeDefinitions: readonly AttributeDefinition[];
  readonly createdAt: Instant;
  readonly deletedAt: Instant | null;
};

export type CreateCategoryInput = {
  readonly id: CategoryId;
  readonly name: string;
  readonly slug?: string | undefined;
  readonly parentId: CategoryId | null;
  readonly description: string;
  readonly position?: number | undefined;
  readonly at: Instant;
};

/** What is left out stays. */
export type CategoryChanges = {
  readonly name?: string | undefined;
  readonly slug?: string | undefined;
  readonly description?: string | undefined;
  readonly position?: number | undefined;
};

export type InvalidCategory = InvalidText | InvalidSlug | InvalidPosition;

const HIGHEST_POSITION = 1_000_000;

export function parseName(name: string): Result<string, InvalidText> {
  return parseText(name, { path: ['name'], maximumLength: 120 });
}

export function parseDescription(description: string): Result<string, InvalidText> {
  return parseText(description, {
    path: ['description'],
    maximumLength: 5_000,
    mayBeEmpty: true,
    multiline: true,
  });
}

export function parsePosition(position: number): Result<number, InvalidPosition> {
  return Number.isSafeInteger(position) && position >= 0 && position <= HIGHEST_POSITION
    ? ok(position)
    : err({ code: 'catalog.invalid_position', path: ['position'], maximum: HIGHEST_POSITION });
}
