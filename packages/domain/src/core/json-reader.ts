import { err, ok, type Result } from 'neverthrow';

import type { FieldPath } from './text.value.ts';
import { wireName } from './wire-form.ts';

export type MalformedJson = {
  readonly code: 'core.malformed_json';
  /** In the names of the wire. */
  readonly path: FieldPath;
  readonly reason: 'missing' | 'unknown_field' | 'wrong_type' | 'malformed';
};

/** Reads a value that came from outside: any value at all gives a result. What is not there is `undefined`. */
export type JsonReader<Value> = (json: unknown, path: FieldPath) => Result<Value, MalformedJson>;

export function malformedJson(
  path: FieldPath,
  reason: MalformedJson['reason'],
): Result<never, MalformedJson> {
  return err({ code: 'core.malformed_json', path, reason });
}

function isOfWrongType(json: unknown, path: FieldPath): Result<never, MalformedJson> {
  return malformedJson(path, json === undefined ? 'missing' : 'wrong_type');
}

/** Any text, the empty one included. */
export function readText(json: unknown, path: FieldPath): Result<string, MalformedJson> {
  return typeof json === 'string' ? ok(json) : isOfWrongType(json, path);
}

export function readFlag(json: unknown, path: FieldPath): Result<boolean, MalformedJson> {
  return typeof json === 'boolean' ? ok(json) : isOfWrongType(json, path);
}

/** A number without a fraction that a double holds exactly. */
export function readWholeNumber(json: unknown, path: FieldPath): Result<number, MalformedJson> {
  if (typeof json !== 'number') return isOfWrongType(json, path);
  return Number.isSafeInteger(json) ? ok(json) : malformedJson(path, 'malformed');
}

/** Text in one spelling that a parser of the domain turns into a value. */
export function textThat<Value>(
  parse: (text: string) => Result<Value, unknown>,
): JsonReader<Value> {
  return (json, path) =>
    readText(json, path).andThen((text) =>
      parse(text).orElse(() => malformedJson(path, 'malformed')),
    );
}

export function oneOf<const Name extends string>(names: readonly Name[]): JsonReader<Name> {
  return (json, path) =>
    readText(json, path).andThen((text) => {
      const found = names.find((name) => name === text);
      return found === undefined ? malformedJson(path, 'malformed') : ok(found);
    });
}

/** A field that may be left out. */
export function optional<Value>(read: JsonReader<Value>): JsonReader<Value | undefined> {
  return (json, path) => (json === undefined ? ok(json) : read(json, path));
}

export function nullOr<Value>(read: JsonReader<Value>): JsonReader<Value | null> {
  return (json, path) => (json === null ? ok(json) : read(json, path));
}

export function listOf<Value>(read: JsonReader<Value>): JsonReader<readonly Value[]> {
  return (json, path) => {
    if (!Array.isArray(json)) return isOfWrongType(json, path);
    const values: Value[] = [];
    for (const [index, item] of json.entries()) {
      const value = read(item, [...path, index]);
      if (value.isErr()) return err(value.error);
      values.push(value.value);
    }
    return ok(values);
  };
}

/**
 * An object with these fields and no others, under their names of the wire. What is inherited is not there,
 * and what is left out stays left out.
 */
export function objectOf<Fields extends object>(readers: {
  readonly [Field in keyof Fields]-?: JsonReader<Fields[Field]>;
}): JsonReader<Fields> {
  const fields = Object.entries<JsonReader<unknown>>(readers).map(
    ([field, read]) => [field, wireName(field), read] as const,
  );
  const names = new Set(fields.map(([, name]) => name));
  return (json, path) => {
    if (!isObject(json)) return isOfWrongType(json, path);
    const stranger = Object.keys(json).find((name) => !names.has(name));
    if (stranger !== undefined) return malformedJson([...path, stranger], 'unknown_field');
    const values: Record<string, unknown> = {};
    for (const [field, name, read] of fields) {
      const value = read(ownField(json, name), [...path, name]);
      if (value.isErr()) return err(value.error);
      if (value.value !== undefined) values[field] = value.value;
    }
    return ok(values as Fields);
  };
}

/** One of several kinds of object, told apart by one of their fields. */
export function kindsBy<Value, Tag extends keyof Value & string>(
  tag: Tag,
  kinds: Readonly<Record<Value[Tag] & string, JsonReader<Value>>>,
): JsonReader<Value> {
  const readers = new Map(Object.entries<JsonReader<Value>>(kinds));
  return (json, path) => {
    if (!isObject(json)) return isOfWrongType(json, path);
    return readText(ownField(json, tag), [...path, tag]).andThen(
      (kind) => readers.get(kind)?.(json, path) ?? malformedJson([...path, tag], 'malformed'),
    );
  };
}

/** Whether the field is there, for kinds that nothing else tells apart. */
export function hasField(json: unknown, name: string): boolean {
  return isObject(json) && ownField(json, name) !== undefined;
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function ownField(json: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(json, name) ? json[name] : undefined;
}
