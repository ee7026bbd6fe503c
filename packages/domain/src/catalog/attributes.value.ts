import { err, ok, type Result } from 'neverthrow';

import type { FieldPath } from '../core/text.value.ts';

/** Merchants' own facts about a product or variant: plain JSON, within limits. */
export type Attributes = { readonly [name: string]: AttributeValue };
export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | readonly AttributeValue[]
  | { readonly [name: string]: AttributeValue };

export type InvalidAttributes = {
  readonly code: 'catalog.invalid_attributes';
  readonly path: FieldPath;
  readonly reason: 'too_deep' | 'too_many' | 'name' | 'text' | 'number' | 'not_json';
};

const DEEPEST = 5;
const MOST_VALUES = 500;
const LONGEST_NAME = 100;
const LONGEST_TEXT = 5_000;

/** Reads attributes: at most 5 levels and 500 values; no text that cannot be stored. */
export function parseAttributes(
  input: Readonly<Record<string, unknown>>,
  path: FieldPath = ['attributes'],
): Result<Attributes, InvalidAttributes> {
  let values = 0;
  const problemOf = (value: unknown, place: FieldPath, depth: number): InvalidAttributes | null => {
    const refuse = (reason: InvalidAttributes['reason']): InvalidAttributes => ({
      code: 'catalog.invalid_attributes',
      path: place,
      reason,
    });
    values += 1;
    if (values > MOST_VALUES) return refuse('too_many');
    if (depth > DEEPEST) return refuse('too_deep');
    if (value === null || typeof value === 'boolean') return null;
    if (typeof value === 'number') return Number.isFinite(value) ? null : refuse('number');
    if (typeof value === 'string')
      return isStorable(value) && value.length <= LONGEST_TEXT ? null : refuse('text');
    if (typeof value !== 'object') return refuse('not_json');
    for (const [name, inner] of Object.entries(value)) {
      const innerPlace = [...place, name];
      if (name === '' || name.length > LONGEST_NAME || !isStorable(name))
        return { ...refuse('name'), path: innerPlace };
      const problem = problemOf(inner, innerPlace, depth + 1);
      if (problem !== null) return problem;
    }
    return null;
  };
  const problem = problemOf(input, path, 0);
  return problem === null ? ok(input as Attributes) : err(problem);
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
