import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { anyText } from '../testing/written-text.arbitrary.ts';
import { parseSku } from './sku.value.ts';

describe("a merchant's own name for a variant", () => {
  test.each(['85123A', 'a', 'TEA 42/b#1', 'größe', '中文', '🍵', 'x'.repeat(64), '\u00c5'])(
    '%s',
    (text) => {
      expect(parseSku(text)._unsafeUnwrap()).toBe(text);
    },
  );

  test('is trimmed, composed and otherwise compared to the letter', () => {
    expect(parseSku(' a1 ')._unsafeUnwrap()).toBe('a1');
    expect(parseSku('A1')._unsafeUnwrap()).not.toBe(parseSku('a1')._unsafeUnwrap());
    expect(parseSku('e\u0301')._unsafeUnwrap()).toBe('é');
    const fourUnitsEach = '\u1f82'.normalize('NFD');
    expect(parseSku(fourUnitsEach.repeat(64))._unsafeUnwrap()).toBe('\u1f82'.repeat(64));
  });

  test('read again it is the same', () => {
    fc.assert(
      fc.property(anyText(20), (text) => {
        const sku = parseSku(text);
        fc.pre(sku.isOk());
        expect(parseSku(sku._unsafeUnwrap())).toEqual(sku);
      }),
    );
  });

  test.each([
    '',
    '   ',
    'a\0b',
    'a\nb',
    'a\tb',
    'a\u2028b',
    'a\u200bb',
    'a\u202eb',
    'a\ud800',
    'x'.repeat(65),
    '🍵'.repeat(33),
  ])('%j is refused', (text) => {
    expect(parseSku(text, ['variants', 0, 'sku'])._unsafeUnwrapErr()).toEqual({
      code: 'catalog.invalid_sku',
      path: ['variants', 0, 'sku'],
    });
  });

  test('the refusal stands at the SKU where nobody says otherwise', () => {
    expect(parseSku('')._unsafeUnwrapErr().path).toEqual(['sku']);
  });

  test.each([
    ['marks without end', `a${'\u0315\u0300'.repeat(50_000)}`],
    ['blanks without end', `a${' '.repeat(100_000)}b`],
  ])('%s are refused at once', (_title, text) => {
    const startedAt = performance.now();
    expect(parseSku(text).isErr()).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
