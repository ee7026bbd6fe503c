import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseAttributes, type Attributes } from './attributes.value.ts';

const parse = (input: Readonly<Record<string, unknown>>) => parseAttributes(input);
const refusalOf = (input: Readonly<Record<string, unknown>>) => {
  const { reason, path } = parse(input)._unsafeUnwrapErr();
  return { reason, path };
};
const nested = (levels: number): Record<string, unknown> =>
  levels === 0 ? {} : { a: nested(levels - 1) };

describe("merchants' own facts", () => {
  test('are kept as they are', () => {
    const anyAttributes = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,8}$/),
      fc.jsonValue({ maxDepth: 3, depthSize: 'small' }),
      { maxKeys: 5 },
    );
    fc.assert(
      fc.property(anyAttributes, (input) => {
        const attributes = parse(input);
        fc.pre(attributes.isOk());
        expect(attributes._unsafeUnwrap()).toEqual(input);
        expect(JSON.stringify(attributes._unsafeUnwrap())).toBe(JSON.stringify(input));
      }),
    );
  });

  test('do not change when what they were read from changes', () => {
    const sizes = [42, 43];
    const input: Record<string, unknown> = { sizes, size: { eu: 42 } };
    const attributes = parse(input)._unsafeUnwrap();
    sizes.push(44);
    input['size'] = 'none';
    input['more'] = true;
    expect(attributes).toEqual({ sizes: [42, 43], size: { eu: 42 } });
  });

  test('may bear any name, even one that means something to the language', () => {
    const input = JSON.parse(
      '{"__proto__": {"admin": true}, "constructor": 1, "toString": null}',
    ) as Record<string, unknown>;
    const attributes = parse(input)._unsafeUnwrap();
    expect(Object.keys(attributes)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype);
    expect((attributes as { admin?: unknown }).admin).toBeUndefined();
    expect(JSON.stringify(attributes)).toBe(JSON.stringify(input));
  });

  test('may be none', () => {
    expect(parse({})._unsafeUnwrap()).toEqual({});
    expect(parse(Object.create(null) as Record<string, unknown>)._unsafeUnwrap()).toEqual({});
  });
});

describe('the limits of facts', () => {
  test('five levels, and no sixth', () => {
    expect(parse(nested(5)).isOk()).toBe(true);
    expect(refusalOf(nested(6))).toEqual({
      reason: 'too_deep',
      path: ['attributes', 'a', 'a', 'a', 'a', 'a', 'a'],
    });
    expect(refusalOf({ a: [[[[[1]]]]] }).reason).toBe('too_deep');
    expect(parse({ a: [[[[1]]]] }).isOk()).toBe(true);
  });

  test('five hundred values, and not one more', () => {
    const numbered = (count: number) => Array.from({ length: count }, (_, index) => index);
    expect(parse(Object.fromEntries(numbered(500).map((n) => [`n${n}`, n]))).isOk()).toBe(true);
    expect(refusalOf(Object.fromEntries(numbered(501).map((n) => [`n${n}`, n])))).toEqual({
      reason: 'too_many',
      path: ['attributes', 'n500'],
    });
    expect(parse({ list: numbered(499) }).isOk()).toBe(true);
    expect(refusalOf({ list: numbered(500) }).reason).toBe('too_many');
  });

  test('names of 1 to 100 characters that can be stored', () => {
    expect(parse({ ['x'.repeat(100)]: 1 }).isOk()).toBe(true);
    for (const name of ['', 'x'.repeat(101), 'a\0b', 'a\ud800'])
      expect(refusalOf({ outer: { [name]: 1 } })).toEqual({
        reason: 'name',
        path: ['attributes', 'outer', name],
      });
  });

  test('texts of at most 5,000 characters that can be stored', () => {
    expect(parse({ text: 'x'.repeat(5_000), empty: '' }).isOk()).toBe(true);
    for (const text of ['x'.repeat(5_001), 'a\0b', 'a\ud800'])
      expect(refusalOf({ list: [1, text] })).toEqual({
        reason: 'text',
        path: ['attributes', 'list', '1'],
      });
  });

  test('numbers that JSON can write', () => {
    expect(parse({ a: 1e308, b: -0.5, c: 0 }).isOk()).toBe(true);
    for (const number of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expect(refusalOf({ number }).reason).toBe('number');
  });

  test.each([
    ['nothing', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a big integer', 1n],
    ['a date', new Date(0)],
    ['a map', new Map([['a', 1]])],
    ['an instance', new (class Secret {})()],
  ])('%s is not JSON', (_title, value) => {
    expect(refusalOf({ value })).toEqual({ reason: 'not_json', path: ['attributes', 'value'] });
  });

  test('a fact that holds itself is refused like any other that is too deep', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(refusalOf(loop).reason).toBe('too_deep');
  });

  test('the refusal says where the facts stood', () => {
    const input: Attributes = { '': 1 };
    expect(parseAttributes(input, ['variants', 0, 'attributes'])._unsafeUnwrapErr().path).toEqual([
      'variants',
      0,
      'attributes',
      '',
    ]);
  });
});
