import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { anyText } from '../testing/written-text.arbitrary.ts';
import { choosePassword, foldPassword, type PasswordOwner } from './chosen-password.ts';
import { strengthOf } from './password-strength.ts';
import { parsePassword, type WeakPassword } from './password.value.ts';

const KNOWN = new Set(['password', 'password1', 'iloveyou', 'straße12'].map(foldPassword));
const ADA = { email: 'ada.lovelace+shop@example.com', firstName: 'Ada', lastName: 'Lovelace' };

function refusalOf(text: string, owner: PasswordOwner = ADA): WeakPassword | null {
  const password = parsePassword(text)._unsafeUnwrap();
  return choosePassword(password, { owner, known: KNOWN, path: ['password'] }).match(
    () => null,
    (error) => error,
  );
}

const reasonOf = (text: string, owner?: PasswordOwner) => refusalOf(text, owner)?.reason ?? null;

describe('a password that somebody chooses', () => {
  test.each([
    'password1',
    'PASSWORD1',
    'ＰａｓｓＷｏｒｄ',
    'I Love You'.replaceAll(' ', ''),
    'STRASSE12',
  ])('is not one that everybody knows, however it is written: %s', (text) => {
    expect(refusalOf(text)).toEqual({
      code: 'identity.weak_password',
      path: ['password'],
      reason: 'known',
      strength: 0,
    });
  });

  test.each([
    'aaaaaaaa',
    '        ',
    'abababab',
    'abcabcabc',
    '12345678',
    '87654321',
    'qwqwqwqwqw',
  ])('is not a pattern: %j', (text) => {
    expect(refusalOf(text)).toMatchObject({ reason: 'predictable', strength: 0 });
  });

  test.each([
    'lovelace sails',
    'I am LOVELACE!',
    'adalovelace42',
    'x ada.lovelace x',
    'shop till i drop',
  ])('does not hold the address: %s', (text) => {
    expect(reasonOf(text)).toBe('contains_email');
  });

  test.each([
    ['the zoë garden', { firstName: 'Zoe', lastName: 'Ng' }],
    ['the ZOE garden', { firstName: 'Zoë', lastName: 'Ng' }],
    ['joneill by the sea', { firstName: 'J.', lastName: 'O’Neill' }],
    ['maria in the snow', { firstName: 'Ana María', lastName: 'Ng' }],
    ['王小明喜欢在海边慢慢散步', { firstName: '小明', lastName: '王' }],
    ['Die Weiß-Wurst', { firstName: 'Karl', lastName: 'Weiss' }],
  ])('does not hold the name: %s', (text, name) => {
    expect(reasonOf(text, { email: 'x@example.com', ...name })).toBe('contains_name');
  });

  test('is no better for going on as it began', () => {
    for (const text of ['a'.repeat(128), 'öä'.repeat(8)])
      expect(reasonOf(text)).toBe('predictable');
  });

  test('may hold what stands in any text by chance: short parts, and the small words of a name', () => {
    const owner = { email: 'li@example.com', firstName: 'Li', lastName: 'van der Berg' };
    expect(reasonOf('wanderlust in lima', owner)).toBeNull();
    expect(reasonOf('an iceberg in lima', owner)).toBe('contains_name');
    expect(reasonOf('examples of the com', owner)).toBeNull();
  });

  test('is worth no more for what is its owner’s', () => {
    expect(refusalOf('adalovelace42')).toMatchObject({ reason: 'contains_email', strength: 0 });
    expect(refusalOf('ada lovelace sails')).toMatchObject({ strength: 1 });
  });

  test('needs neither digits nor signs, and may be of any script', () => {
    for (const text of [
      'a long walk by the sea',
      'прогулка у моря',
      '静かな海を長く歩いていく',
      'xK9#mQ2$vL5!',
    ])
      expect(reasonOf(text)).toBeNull();
  });

  test('has a strength that is honest rather than kind', () => {
    const strength = (text: string) => strengthOf(foldPassword(text), KNOWN);
    expect(strength('Password1')).toBe(0);
    expect(strength('password1!')).toBe(1);
    expect(strength('iloveyou99')).toBe(1);
    expect(strength('gardener7')).toBe(2);
    expect(strength('correct horse')).toBe(3);
    expect(strength('a long walk by the sea')).toBe(4);
  });

  test('is hashed as it was typed, or refused: nothing is changed about it', () => {
    fc.assert(
      fc.property(anyText(40), (text) => {
        const parsed = parsePassword(text);
        fc.pre(parsed.isOk());
        const password = parsed._unsafeUnwrap();
        const chosen = choosePassword(password, { owner: ADA, known: KNOWN, path: [] });
        if (chosen.isOk()) expect(chosen.value).toBe(password);
      }),
    );
  });
});
