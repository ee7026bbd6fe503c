import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { anyCodeUnits, anyName, anyText } from '../testing/written-text.arbitrary.ts';
import { parseText, type TextRule } from './text.value.ts';

const rule: TextRule = { path: ['name'], maximumLength: 10 };
const reasonOf = (text: string, changes: Partial<TextRule> = {}) =>
  parseText(text, { ...rule, ...changes }).match(
    () => 'accepted',
    (error) => error.reason,
  );

describe('text that people write', () => {
  test('is composed and trimmed, and reading it again changes nothing', () => {
    fc.assert(
      fc.property(anyName(), (name) => {
        const text = parseText(name, { ...rule, maximumLength: 500 })._unsafeUnwrap();
        expect(text).toBe(name.normalize('NFC').trim());
        expect(parseText(text, { ...rule, maximumLength: 500 })._unsafeUnwrap()).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test('what is accepted can be stored and shown, whatever came in', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(12), anyCodeUnits()), fc.boolean(), (text, multiline) => {
        const accepted = parseText(text, { ...rule, multiline, mayBeEmpty: true }).unwrapOr('');
        expect([...accepted].length).toBeLessThanOrEqual(rule.maximumLength);
        expect(accepted.isWellFormed()).toBe(true);
        expect(accepted).not.toMatch(multiline ? /[^\P{Cc}\t\n\r]/u : /\p{Cc}/u);
      }),
      { numRuns: 1_000 },
    );
  });

  test('two spellings of one letter are one text', () => {
    expect(parseText('Cafe\u0301', rule)._unsafeUnwrap()).toBe('Café');
  });

  test('a letter outside the basic plane is one character, not two', () => {
    expect(reasonOf('😀'.repeat(10))).toBe('accepted');
    expect(reasonOf('😀'.repeat(11))).toBe('too_long');
    expect(reasonOf('x'.repeat(10))).toBe('accepted');
    expect(reasonOf('x'.repeat(11))).toBe('too_long');
    expect(reasonOf('x'.repeat(100))).toBe('too_long');
  });

  test('length counts after composing and trimming', () => {
    expect(reasonOf('e\u0301'.repeat(10))).toBe('accepted');
    expect(reasonOf(`${' '.repeat(1_000)}x${' '.repeat(1_000)}`)).toBe('accepted');
    expect(reasonOf('\u1F82'.normalize('NFD').repeat(10))).toBe('accepted');
  });

  test('half a character is refused', () => {
    expect(reasonOf('a\ud83d')).toBe('not_unicode');
    expect(reasonOf('\udc00')).toBe('not_unicode');
  });

  test.each(['', '   ', '\t\n', '\u00a0', '\u3000', '\ufeff'])('%j is empty', (text) => {
    expect(reasonOf(text)).toBe('empty');
    expect(reasonOf(text, { mayBeEmpty: true })).toBe('accepted');
  });

  test.each(['\0', '\u0007', '\u001b', '\u007f', '\u0085'])(
    'the control character %j is refused everywhere',
    (control) => {
      expect(reasonOf(`a${control}b`)).toBe('control_character');
      expect(reasonOf(`a${control}b`, { multiline: true })).toBe('control_character');
    },
  );

  test.each(['\n', '\r\n', '\t'])('%j is for texts of several lines alone', (blank) => {
    expect(reasonOf(`a${blank}b`)).toBe('control_character');
    expect(reasonOf(`a${blank}b`, { multiline: true })).toBe('accepted');
  });

  test('the refusal says where it stood and what the limit is', () => {
    expect(parseText('x'.repeat(11), { ...rule, path: ['lines', 0] })._unsafeUnwrapErr()).toEqual({
      code: 'core.invalid_text',
      path: ['lines', 0],
      reason: 'too_long',
      maximumLength: 10,
    });
  });

  test('thirty marks on one letter are the most', () => {
    const wide = { maximumLength: 100 };
    expect(reasonOf(`a${'\u0315'.repeat(30)}`, wide)).toBe('accepted');
    expect(reasonOf(`a${'\u0315'.repeat(31)}`, wide)).toBe('stacked_marks');
  });
});

describe('a hostile text costs no time', () => {
  test.each([
    ['a letter under a hundred thousand marks', `a${'\u0315\u0300'.repeat(50_000)}`],
    [
      'marks as many as are allowed, again and again',
      `${'\u0315\u0300'.repeat(15)}a`.repeat(3_000),
    ],
    ['a letter between blanks', `${' '.repeat(50_000)}a${' '.repeat(50_000)}`],
    ['a blank between letters', `a${' '.repeat(100_000)}a`],
    ['signs that stand for whole sentences', '\ufdfa'.repeat(100_000)],
    ['syllables in pieces', '\u1100\u1161\u11a8'.repeat(30_000)],
  ])('%s', (_title, text) => {
    const startedAt = performance.now();
    for (const maximumLength of [10, 20_000]) reasonOf(text, { maximumLength, multiline: true });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
