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

/** Reads attributes into a copy of their own: at most 5 levels and 500 values; no text that cannot be stored. */
export function parseAttributes(
  input: Readonly<Record<string, unknown>>,
  path: FieldPath = ['attributes'],
): Result<Attributes, InvalidAttributes> {
  let values = 0;

  const parseValue = (
    value: unknown,
    place: FieldPath,
    depth: number,
  ): Result<AttributeValue, InvalidAttributes> => {
    values += 1;
    if (values > MOST_VALUES) return refuse('too_many', place);
    if (depth > DEEPEST) return refuse('too_deep', place);
    if (value === null || typeof value === 'boolean') return ok(value);
    if (typeof value === 'number')
      return Number.isFinite(value) ? ok(value) : refuse('number', place);
    if (typeof value === 'string')
      return isStorable(value) && value.length <= LONGEST_TEXT ? ok(value) : refuse('text', place);
    if (Array.isArray(value))
      return parseEntries(value, place, depth).map((entries) => entries.map(([, inner]) => inner));
    return isPlainObject(value) ? parseObject(value, place, depth) : refuse('not_json', place);
  };

  // Not by assignment: a fact named `__proto__` is a fact like any other.
  const parseObject = (
    value: object,
    place: FieldPath,
    depth: number,
  ): Result<Attributes, InvalidAttributes> =>
    parseEntries(value, place, depth).map((entries) => Object.fromEntries(entries));

  const parseEntries = (
    value: object,
    place: FieldPath,
    depth: number,
  ): Result<readonly [string, AttributeValue][], InvalidAttributes> => {
    const entries: [string, AttributeValue][] = [];
    for (const [name, inner] of Object.entries(value)) {
      const innerPlace = [...place, name];
      if (name === '' || name.length > LONGEST_NAME || !isStorable(name))
        return refuse('name', innerPlace);
      const parsed = parseValue(inner, innerPlace, depth + 1);
      if (parsed.isErr()) return err(parsed.error);
      entries.push([name, parsed.value]);
    }
    return ok(entries);
  };

  return parseObject(input, path, 0);
}

function refuse(
  reason: InvalidAttributes['reason'],
  path: FieldPath,
): Result<never, InvalidAttributes> {
  return err({ code: 'catalog.invalid_attributes', path, reason });
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
