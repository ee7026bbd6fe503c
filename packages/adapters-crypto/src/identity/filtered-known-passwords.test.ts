import { describe, expect, test } from 'vitest';

import { foldPassword } from '@kastoma/domain/identity';

import { FilteredKnownPasswords } from './filtered-known-passwords.ts';
import { KnownPasswordFilter } from './known-password-filter.ts';

describe('the passwords that everybody knows', () => {
  const known = new FilteredKnownPasswords();

  test.each([
    'password',
    'Password1',
    '12345678',
    'iloveyou1',
    'qwertyuiop',
    'P@ssw0rd',
    '01011990',
  ])('%s is one of them', (text) => {
    expect(known.has(foldPassword(text))).toBe(true);
  });

  test.each(['a long walk by the sea', 'correct horse', 'прогулка у моря', ''])(
    '%j is not',
    (text) => {
      expect(known.has(foldPassword(text))).toBe(false);
    },
  );

  test('hardly anybody is refused for what only looks like one: one in 10,000', () => {
    const others = Array.from({ length: 50_000 }, (_, index) => `somebody’s own number ${index}`);
    expect(others.filter((text) => known.has(text)).length).toBeLessThan(15);
  });

  test('are found again in what is written of them, every one, and hardly another', () => {
    const texts = new Set(Array.from({ length: 2_000 }, (_, index) => `text ${index}`));
    const filter = KnownPasswordFilter.restore(KnownPasswordFilter.of(texts, 0.01).toBytes());
    expect([...texts].every((text) => filter.has(text))).toBe(true);
    const others = Array.from({ length: 10_000 }, (_, index) => `other ${index}`);
    const taken = others.filter((text) => filter.has(text)).length;
    expect(taken).toBeGreaterThan(30);
    expect(taken).toBeLessThan(200);
  });

  test('a file that was cut short is a defect to be seen at the start', () => {
    const bytes = KnownPasswordFilter.of(new Set(['one']), 0.01).toBytes();
    expect(() => KnownPasswordFilter.restore(bytes.subarray(0, -1))).toThrow(/not whole/);
  });
});
