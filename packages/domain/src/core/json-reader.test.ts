import { err, ok, type Result } from 'neverthrow';
import { describe, expect, test } from 'vitest';

import {
  hasField,
  kindsBy,
  listOf,
  malformedJson,
  nullOr,
  objectOf,
  oneOf,
  optional,
  readFlag,
  readText,
  readWholeNumber,
  textThat,
  type JsonReader,
  type MalformedJson,
} from './json-reader.ts';

const place = ['lines', 3];
const read = <Value>(reader: JsonReader<Value>, json: unknown) => reader(json, place);
const valueOf = <Value>(result: Result<Value, MalformedJson>) => result._unsafeUnwrap();
const defect = (reason: MalformedJson['reason'], ...path: readonly (string | number)[]) => ({
  code: 'core.malformed_json',
  path: [...place, ...path],
  reason,
});
const defectOf = (result: Result<unknown, MalformedJson>) => result._unsafeUnwrapErr();

describe('a value from outside is what its reader says, or is refused at its place', () => {
  test.each<[string, JsonReader<unknown>, readonly unknown[], readonly unknown[]]>([
    ['text', readText, ['', 'a'], [1, true, null, [], {}]],
    ['a flag', readFlag, [true, false], ['true', 1, 0, null, [], {}]],
    ['a whole number', readWholeNumber, [0, -1, 2 ** 53 - 1], ['1', 1n, true, null, [], {}]],
    ['a list', listOf(readText), [[], ['a', 'b']], ['a', {}, null, 1]],
    ['an object', objectOf({ name: readText }), [{ name: 'a' }], ['a', 1, null, [], ['name']]],
  ])('%s', (_, reader, good, wrong) => {
    for (const json of good) expect(valueOf(read(reader, json))).toStrictEqual(json);
    for (const json of wrong) expect(defectOf(read(reader, json))).toEqual(defect('wrong_type'));
    expect(defectOf(read(reader, undefined))).toEqual(defect('missing'));
  });

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    '%d is no whole number',
    (json) => {
      expect(defectOf(read(readWholeNumber, json))).toEqual(defect('malformed'));
    },
  );

  test('one of several names', () => {
    const reader = oneOf(['line', 'order']);
    expect(valueOf(read(reader, 'order'))).toBe('order');
    expect(valueOf(read(reader, 'line'))).toBe('line');
    expect(defectOf(read(reader, 'cart'))).toEqual(defect('malformed'));
    expect(defectOf(read(reader, 1))).toEqual(defect('wrong_type'));
    expect(defectOf(read(reader, undefined))).toEqual(defect('missing'));
  });

  test('text that something else can read', () => {
    const reader = textThat((text) => (text === 'one' ? ok(1) : err('no number')));
    expect(valueOf(read(reader, 'one'))).toBe(1);
    expect(defectOf(read(reader, 'two'))).toEqual(defect('malformed'));
    expect(defectOf(read(reader, 1))).toEqual(defect('wrong_type'));
  });

  test('something that may be left out, and something that may be null', () => {
    expect(valueOf(read(optional(readText), undefined))).toBeUndefined();
    expect(valueOf(read(optional(readText), 'a'))).toBe('a');
    expect(defectOf(read(optional(readText), null))).toEqual(defect('wrong_type'));
    expect(valueOf(read(nullOr(readText), null))).toBeNull();
    expect(valueOf(read(nullOr(readText), 'a'))).toBe('a');
    expect(defectOf(read(nullOr(readText), undefined))).toEqual(defect('missing'));
  });

  test('a list has its defect where the item stands', () => {
    expect(defectOf(read(listOf(readText), ['a', 'b', 3, 4]))).toEqual(defect('wrong_type', 2));
  });
});

describe('an object', () => {
  type Line = { readonly unitPrice: string; readonly isGift: boolean | undefined };
  const line = objectOf<Line>({ unitPrice: readText, isGift: optional(readFlag) });

  test('has its fields under their names of the wire, and what is left out stays out', () => {
    expect(valueOf(read(line, { unit_price: 'a', gift: true }))).toStrictEqual({
      unitPrice: 'a',
      isGift: true,
    });
    expect(valueOf(read(line, { unit_price: 'a' }))).toStrictEqual({ unitPrice: 'a' });
  });

  test('has no others, and none from its prototype', () => {
    expect(defectOf(read(line, { unit_price: 'a', unitPrice: 'b' }))).toEqual(
      defect('unknown_field', 'unitPrice'),
    );
    expect(defectOf(read(line, Object.create({ unit_price: 'a' })))).toEqual(
      defect('missing', 'unit_price'),
    );
    expect(defectOf(read(line, { gift: true }))).toEqual(defect('missing', 'unit_price'));
    expect(defectOf(read(line, { unit_price: 'a', gift: 'yes' }))).toEqual(
      defect('wrong_type', 'gift'),
    );
  });

  test('of one of several kinds is told by its tag', () => {
    type Shape = { readonly type: 'circle' | 'dot'; readonly size?: number | undefined };
    const circle = objectOf<Shape>({ type: oneOf(['circle']), size: optional(readWholeNumber) });
    const dot: JsonReader<Shape> = (_, path) => malformedJson(path, 'malformed');
    const shape = kindsBy<Shape, 'type'>('type', { circle, dot });
    const json = { type: 'circle', size: 2 };
    expect(valueOf(read(shape, json))).toEqual(json);
    expect(defectOf(read(shape, { type: 'dot' }))).toEqual(defect('malformed'));
    expect(defectOf(read(shape, { type: 'square' }))).toEqual(defect('malformed', 'type'));
    expect(defectOf(read(shape, { type: 'toString' }))).toEqual(defect('malformed', 'type'));
    expect(defectOf(read(shape, {}))).toEqual(defect('missing', 'type'));
    expect(defectOf(read(shape, { type: 1 }))).toEqual(defect('wrong_type', 'type'));
    expect(defectOf(read(shape, []))).toEqual(defect('wrong_type'));
    expect(defectOf(read(shape, undefined))).toEqual(defect('missing'));
  });

  test('has a field, or has not', () => {
    expect(hasField({ a: null }, 'a')).toBe(true);
    expect(hasField({ a: undefined }, 'a')).toBe(false);
    expect(hasField({}, 'toString')).toBe(false);
    expect(hasField({ b: 1 }, 'a')).toBe(false);
    expect(hasField(null, 'a')).toBe(false);
    expect(hasField('text', 'length')).toBe(false);
    expect(hasField(['a'], '0')).toBe(false);
  });
});
