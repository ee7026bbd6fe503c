import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseCustomerGroup } from '../core/customer-group.value.ts';
import { parsePhone } from '../core/phone.value.ts';
import { parseAvatar } from './avatar.value.ts';
import { parseBirthDate } from './birth-date.value.ts';
import { parseCustomerGroups } from './customer-groups.value.ts';
import { parsePersonName } from './full-name.value.ts';
import { parseLocale } from './locale.value.ts';

const PARSERS = {
  avatar: parseAvatar,
  'birth date': parseBirthDate,
  'customer group': parseCustomerGroup,
  locale: parseLocale,
  name: (text: string) => parsePersonName(text),
  phone: (text: string) => parsePhone(text),
} as const;

describe.each(Object.entries(PARSERS))('a %s', (_, parse) => {
  test('is read from any text or refused, and read again it is the same', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })),
        (text) => {
          const read = parse(text);
          if (read.isOk()) expect(parse(read.value)._unsafeUnwrap()).toBe(read.value);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('is refused at once where it never ends', () => {
    for (const part of ['a', 'a-', '1', '\u0315\u0300', 'https://a.']) {
      const startedAt = performance.now();
      expect(parse(part.repeat(50_000)).isErr()).toBe(true);
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    }
  });
});

describe('a language', () => {
  test.each([
    ['en', 'en'],
    ['EN-gb', 'en-GB'],
    ['zh_hant_tw', 'zh-Hant-TW'],
    ['es-419', 'es-419'],
    [' gsw-CH ', 'gsw-CH'],
  ])('%j is %s', (typed, locale) => {
    expect(parseLocale(typed)._unsafeUnwrap()).toBe(locale);
  });

  test.each(['', 'e', 'english', 'en-', 'en-GBR', 'en-GB-oed', 'en-u-ca-buddhist', 'і', '../en'])(
    '%j is none',
    (typed) => {
      expect(parseLocale(typed)._unsafeUnwrapErr()).toEqual({ code: 'identity.invalid_locale' });
    },
  );
});

describe('a birth date', () => {
  test.each(['1900-01-01', '2000-02-29', '1985-12-10'])('%s is one', (day) => {
    expect(parseBirthDate(day)._unsafeUnwrap()).toBe(day);
  });

  test.each([
    ['1899-12-31', 'too_early'],
    ['2001-02-29', 'malformed'],
    ['1985-13-01', 'malformed'],
    ['1985-12-10T00:00:00Z', 'malformed'],
    ['10.12.1985', 'malformed'],
    ['', 'malformed'],
  ])('%j is none: %s', (day, reason) => {
    expect(parseBirthDate(day)._unsafeUnwrapErr()).toMatchObject({ reason });
  });
});

describe('a picture', () => {
  test.each([
    'https://images.example/a.jpg',
    'https://a.example:8443/x?y=1&z=%20#top',
    'https://a',
  ])('%s is one', (url) => {
    expect(parseAvatar(url)._unsafeUnwrap()).toBe(url);
  });

  test.each([
    'http://images.example/a.jpg',
    'javascript:alert(1)',
    'data:image/svg+xml,<svg onload=alert(1)>',
    'https://a.example/"><script>',
    'https://user:secret@a.example/',
    "https://a.example/'onerror='x",
    'https://a.example/\\evil',
    'https://a.example/a b',
    'https://-a.example/',
    '//a.example/x.png',
  ])('%s is none', (url) => {
    expect(parseAvatar(url)._unsafeUnwrapErr()).toEqual({ code: 'identity.invalid_avatar' });
  });
});

describe('the groups of a customer', () => {
  test('are folded, each once, in one order', () => {
    expect(parseCustomerGroups(['Wholesale-EU', ' vip ', 'VIP'])._unsafeUnwrap()).toEqual([
      'vip',
      'wholesale-eu',
    ]);
  });

  test.each(['', 'a b', '-a', 'a-', 'a--b', 'väp', 'ＶＩＰ', 'a_b', "a'--", 'x'.repeat(41)])(
    '%j is none, and its place is told',
    (name) => {
      expect(parseCustomerGroups(['vip', name])._unsafeUnwrapErr()).toEqual({
        code: 'core.invalid_customer_group',
        maximumLength: 40,
        path: [1],
      });
    },
  );

  test('are at most 20', () => {
    const numbered = Array.from({ length: 21 }, (_, index) => `group-${index}`);
    expect(parseCustomerGroups(numbered.slice(1)).isOk()).toBe(true);
    expect(parseCustomerGroups(numbered)._unsafeUnwrapErr()).toEqual({
      code: 'identity.too_many_groups',
      maximum: 20,
    });
  });
});
