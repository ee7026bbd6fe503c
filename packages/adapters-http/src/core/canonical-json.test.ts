import fc from 'fast-check';
import { expect, it } from 'vitest';

import { canonicalJson } from './canonical-json.ts';

it('two spellings of one body are one', () => {
  const one = JSON.parse('{"b":[1,{"y":2,"x":1.0}],"a":null,"10":0,"9":0}') as unknown;
  const other = JSON.parse('{"9":0,"10":0,"a":null,"b":[1,{"x":1,"y":2}]}') as unknown;
  expect(canonicalJson(one)).toBe(canonicalJson(other));
});

it('two bodies are two', () => {
  const bodies = [
    {},
    [],
    null,
    '',
    '{}',
    { a: 1 },
    { a: '1' },
    { a: [1, 2] },
    { a: [2, 1] },
    { a: {} },
    { a: null },
  ];
  expect(new Set(bodies.map(canonicalJson)).size).toBe(bodies.length);
});

it('the order of the keys is all that is lost', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const written = canonicalJson(value);
      expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(reversed(value))).toBe(written);
    }),
  );
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]: [string, unknown]) => [key, reversed(inner)]),
  );
}
