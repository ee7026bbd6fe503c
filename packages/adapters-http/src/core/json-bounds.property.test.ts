import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { excessIn } from './json-bounds.ts';

function excessOf(text: string) {
  return excessIn(new TextEncoder().encode(text));
}

/** Counted on the value itself: containers within containers, and everything that is one value or holds some. */
function measure(value: unknown): { depth: number; values: number } {
  if (typeof value !== 'object' || value === null) return { depth: 0, values: 1 };
  const inner = Object.values(value).map(measure);
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    values: 1 + inner.reduce((sum, { values }) => sum + values, 0),
  };
}

describe('the bounds of JSON', () => {
  it('hold whatever means well, and whatever its texts hold', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('[', ']', '{{{{', ',,,,,', '\\', '"', '\\"[', '"]'),
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 5 },
        text,
        fc.integer(),
        fc.array(tie('any')),
        fc.dictionary(text, tie('any')),
      ),
    })).any;
    fc.assert(
      fc.property(value, (sent) => {
        fc.pre(measure(sent).depth <= 40 && measure(sent).values < 5_000);
        expect(excessOf(JSON.stringify(sent))).toBeNull();
        expect(excessOf(JSON.stringify(sent, null, 2))).toBeNull();
      }),
    );
  });

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('are forty %s, one in the other', (_name, open, close) => {
    const nested = (levels: number) => `${open.repeat(levels)}1${close.repeat(levels)}`;
    expect(excessOf(nested(40))).toBeNull();
    expect(excessOf(nested(41))).toBe('depth');
    expect(excessOf(open.repeat(41))).toBe('depth');
  });

  it.each([
    [
      'numbers in a list',
      (count: number) => JSON.stringify(Array.from({ length: count - 1 }, () => 1)),
    ],
    [
      'fields',
      (count: number) =>
        JSON.stringify(
          Object.fromEntries(Array.from({ length: count - 1 }, (_, n) => [`f${n}`, 1])),
        ),
    ],
  ])('are ten thousand values: %s', (_name, make) => {
    expect(excessOf(make(9_000))).toBeNull();
    expect(excessOf(make(10_002))).toBe('values');
  });

  it('count lists with nothing in them', () => {
    expect(excessOf(`[${'[],'.repeat(6_000)}[]]`)).toBe('values');
  });

  it('are not found in a text, however it is written', () => {
    const brackets = '['.repeat(100_000);
    expect(excessOf(JSON.stringify({ notes: brackets }))).toBeNull();
    expect(excessOf(JSON.stringify({ notes: `\\"${brackets}` }))).toBeNull();
    expect(excessOf(`{"notes":"\\\\"}${brackets}`)).toBe('depth');
  });
});
