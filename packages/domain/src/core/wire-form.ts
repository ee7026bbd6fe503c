import { formatInstant, isInstant } from './instant.value.ts';

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json };

/** A field's name as it travels: `minimumSubtotal` is `minimum_subtotal`, and `isActive` is `active`. */
export function wireName(field: string): string {
  return field
    .replace(/^is(?=[A-Z])/, '')
    .replaceAll(/[A-Z]/g, (letter, index) =>
      index === 0 ? letter.toLowerCase() : `_${letter.toLowerCase()}`,
    );
}

/**
 * A value of the domain as JSON. Fields get their names of the wire, `at` and whatever ends in `At` is an instant
 * and becomes RFC 3339, big integers become decimal text, money and rates what their `toJSON` says.
 * What is undefined is left out; a number that JSON cannot write is null.
 */
export function toWireForm(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) return value.map(toWireForm);
  return writesItself(value) ? value.toJSON() : fieldsToWireForm(value);
}

function fieldsToWireForm(fields: object): Json {
  const entries = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]: [string, unknown]): [string, Json] => [
      wireName(field),
      isTimeField(field) && typeof value === 'number' ? timeToWireForm(value) : toWireForm(value),
    ]);
  return Object.fromEntries(entries);
}

function isTimeField(field: string): boolean {
  return field === 'at' || field.endsWith('At');
}

/** What RFC 3339 cannot write is written so that nobody reads it as a time, or as none. */
function timeToWireForm(time: number): Json {
  return isInstant(time) ? formatInstant(time) : time.toString();
}

function writesItself(value: object): value is { readonly toJSON: () => Json } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}
