import { isDeepStrictEqual } from 'node:util';

import { LOWER_LIMITS, resolved, UPPER_LIMITS, type Document, type Schema } from './document.ts';

/** Both documents, and who writes what the schema describes: the client a request, we an answer. */
export type Comparison = {
  readonly released: Document;
  readonly current: Document;
  readonly writer: 'client' | 'shop';
};

type Pair = { readonly before: Schema; readonly after: Schema };

/** What a client that was written for `before` would trip over in `after`. */
export function schemaBreaks(
  pair: Pair,
  comparison: Comparison,
  path: string,
  seen: ReadonlySet<string> = new Set(),
): readonly string[] {
  const key = `${pair.before.$ref ?? ''} ${pair.after.$ref ?? ''}`;
  if (pair.before.$ref !== undefined && seen.has(key)) return [];
  const next = pair.before.$ref === undefined ? seen : new Set([...seen, key]);
  const before = resolved<Schema>(pair.before, comparison.released);
  const after = resolved<Schema>(pair.after, comparison.current);
  if (isDeepStrictEqual(before, after) && before.$ref === undefined && isFlat(before)) return [];
  const variants = variantBreaks({ before, after }, comparison, path, next);
  if (variants !== null) return variants;
  return [
    ...typeBreaks({ before, after }, comparison, path),
    ...valueBreaks({ before, after }, comparison, path),
    ...propertyBreaks({ before, after }, comparison, path, next),
    ...(before.items !== undefined && after.items !== undefined
      ? schemaBreaks({ before: before.items, after: after.items }, comparison, `${path}[]`, next)
      : []),
    ...mapBreaks({ before, after }, comparison, path, next),
  ];
}

function isFlat({ properties, items, oneOf, anyOf, allOf }: Schema): boolean {
  return [properties, items, oneOf, anyOf, allOf].every((part) => part === undefined);
}

/** Each variant that the writer may write must be one that the reader can read. */
function variantBreaks(
  { before, after }: Pair,
  comparison: Comparison,
  path: string,
  seen: ReadonlySet<string>,
): readonly string[] | null {
  const [old, now] = [variantsOf(before), variantsOf(after)];
  if (old.length === 1 && now.length === 1 && old[0] === before && now[0] === after) return null;
  const [written, read] = comparison.writer === 'client' ? [old, now] : [now, old];
  return written.flatMap((one, index) => {
    const fits = read.some((other) => {
      const pair =
        comparison.writer === 'client'
          ? { before: one, after: other }
          : { before: other, after: one };
      return schemaBreaks(pair, comparison, path, seen).length === 0;
    });
    const who = comparison.writer === 'client' ? 'is no longer read' : 'is new in answers';
    return fits ? [] : [`${path}: variant ${index + 1} ${who}`];
  });
}

function variantsOf(schema: Schema): readonly Schema[] {
  return schema.oneOf ?? schema.anyOf ?? (schema.allOf?.length === 1 ? schema.allOf : [schema]);
}

function typeBreaks({ before, after }: Pair, { writer }: Comparison, path: string): string[] {
  const [old, now] = [typesOf(before), typesOf(after)];
  if (old.length === 0 && now.length === 0) return [];
  const [written, read] = writer === 'client' ? [old, now] : [now, old];
  if (read.length === 0) return [];
  const unread =
    written.length === 0
      ? ['anything']
      : written.filter(
          (type) => !read.includes(type) && !(type === 'integer' && read.includes('number')),
        );
  const how = writer === 'client' ? 'is no longer read' : 'may now come';
  return unread.map((type) => `${path}: ${type} ${how}`);
}

function typesOf({ type }: Schema): readonly string[] {
  if (type === undefined) return [];
  return typeof type === 'string' ? [type] : type;
}

/** New values in answers are none: clients are told to expect them. */
function valueBreaks({ before, after }: Pair, { writer }: Comparison, path: string): string[] {
  const format =
    before.format !== after.format && (writer === 'shop' || after.format !== undefined)
      ? [`${path}: the format ${before.format ?? '(any)'} became ${after.format ?? '(any)'}`]
      : [];
  if (writer === 'shop') return format;
  const values = (before.enum ?? []).filter(
    (value) => after.enum !== undefined && !after.enum.includes(value),
  );
  const closed = before.enum === undefined && after.enum !== undefined && before.type !== undefined;
  const pattern = after.pattern !== undefined && !takesAsMuch(before.pattern, after.pattern);
  return [
    ...format,
    ...values.map((value) => `${path}: ${JSON.stringify(value)} is no longer taken`),
    ...(closed ? [`${path}: only some values are taken now`] : []),
    ...(pattern ? [`${path}: the pattern became ${after.pattern}`] : []),
    ...UPPER_LIMITS.filter((name) => (after[name] ?? Infinity) < (before[name] ?? Infinity)).map(
      (name) => `${path}: ${name} fell to ${after[name]}`,
    ),
    ...LOWER_LIMITS.filter((name) => (after[name] ?? -Infinity) > (before[name] ?? -Infinity)).map(
      (name) => `${path}: ${name} rose to ${after[name]}`,
    ),
  ];
}

const ALTERNATIVES = /^\^\(\?:(?<words>[\w|]+)\)(?<rest>.*)$/s;

/** The same, or the same with more words to begin with: of other patterns nobody can tell. */
function takesAsMuch(before: string | undefined, after: string): boolean {
  if (before === after) return true;
  const [old, now] = [before ?? '', after].map((pattern) => ALTERNATIVES.exec(pattern)?.groups);
  const words = now?.['words']?.split('|') ?? [];
  return (
    old?.['rest'] === now?.['rest'] &&
    old?.['words']?.split('|').every((word) => words.includes(word)) === true
  );
}

function propertyBreaks(
  { before, after }: Pair,
  comparison: Comparison,
  path: string,
  seen: ReadonlySet<string>,
): readonly string[] {
  const isRequest = comparison.writer === 'client';
  const [old, now] = [before.properties ?? {}, after.properties ?? {}];
  const required = isRequest
    ? (after.required ?? []).filter((name) => !(before.required ?? []).includes(name))
    : (before.required ?? []).filter(
        (name) => Object.hasOwn(now, name) && !(after.required ?? []).includes(name),
      );
  const demand = isRequest ? 'is now wanted' : 'may now be left out';
  return [
    ...required.map((name) => `${path}.${name}: ${demand}`),
    ...Object.entries(old).flatMap(([name, property]) => {
      const there = now[name];
      if (there !== undefined)
        return schemaBreaks(
          { before: property, after: there },
          comparison,
          `${path}.${name}`,
          seen,
        );
      // Fields that nobody knows are refused, unless any name will do.
      return isRequest && isOpen(after) ? [] : [`${path}.${name}: is gone`];
    }),
  ];
}

function isOpen({ additionalProperties }: Schema): boolean {
  return additionalProperties !== false;
}

function mapBreaks(
  { before, after }: Pair,
  comparison: Comparison,
  path: string,
  seen: ReadonlySet<string>,
): readonly string[] {
  const [old, now] = [before.additionalProperties, after.additionalProperties];
  if (typeof old === 'object' && typeof now === 'object')
    return schemaBreaks({ before: old, after: now }, comparison, `${path}{}`, seen);
  const isClosed = comparison.writer === 'client' && old !== false && now === false;
  return isClosed && before.type === 'object' ? [`${path}: names of one's own are refused`] : [];
}
