import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { anyText } from '../testing/written-text.arbitrary.ts';
import { normalizePassword, parsePassword } from './password.value.ts';

const reasonOf = (text: string) =>
  parsePassword(text).match(
    () => 'accepted',
    (error) => error.reason,
  );

describe('a new password', () => {
  test.each([
    ['x'.repeat(7), 'too_short'],
    ['x'.repeat(8), 'accepted'],
    ['x'.repeat(128), 'accepted'],
    ['x'.repeat(129), 'too_long'],
    ['😀'.repeat(7), 'too_short'],
    ['😀'.repeat(8), 'accepted'],
    ['😀'.repeat(128), 'accepted'],
    ['😀'.repeat(129), 'too_long'],
    ['e\u0301'.repeat(7), 'too_short'],
    ['\u1f82'.normalize('NFD').repeat(128), 'accepted'],
    ['ﬁ'.repeat(4), 'accepted'],
    ['ﬁ'.repeat(65), 'too_long'],
    ['        ', 'accepted'],
    ['', 'too_short'],
    ['1234567\ud83d', 'not_unicode'],
  ])('%j is %s', (text, outcome) => {
    expect(reasonOf(text)).toBe(outcome);
  });

  test('of a million characters is refused at once', () => {
    const startedAt = performance.now();
    expect(reasonOf('x'.repeat(1_000_000))).toBe('too_long');
    expect(reasonOf('\u0315\u0300'.repeat(500_000))).toBe('too_long');
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test('is not searched for in a million typed marks: what is too long is nobody’s', () => {
    const typed = '\u0315\u0300'.repeat(500_000);
    const startedAt = performance.now();
    expect(normalizePassword(typed)).toBe(typed);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test('is known in its longest spelling, and one sign more is no spelling of it', () => {
    const longest = '\u1f82'.repeat(128);
    expect(normalizePassword(longest.normalize('NFD'))).toBe(longest);
    expect(normalizePassword(`${longest.normalize('NFD')}x`)).toHaveLength(513);
  });

  test('blanks at its ends are part of it', () => {
    expect(parsePassword(' secret! ')._unsafeUnwrap()).toBe(' secret! ');
  });

  test('whoever could choose it can log in with it, from any keyboard', () => {
    fc.assert(
      fc.property(anyText(40), (text) => {
        const accepted = parsePassword(text);
        fc.pre(accepted.isOk());
        const password = accepted._unsafeUnwrap();
        for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'])
          expect(normalizePassword(text.normalize(form))).toBe(password);
        expect(parsePassword(password)._unsafeUnwrap()).toBe(password);
      }),
      { numRuns: 500 },
    );
  });

  test('an attempt that is no Unicode is compared all the same, and matches nothing', () => {
    expect(normalizePassword('1234567\ud83d')).toBe('1234567\ufffd');
  });
});
