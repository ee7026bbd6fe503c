import { expect, test } from 'vitest';

import { parseCountry } from './country.value.ts';

const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

test('of all pairs of letters 249 are countries, as ISO 3166-1 assigns them', () => {
  expect(PAIRS.filter((pair) => parseCountry(pair).isOk())).toHaveLength(249);
});

test.each(['GB', 'DE', 'US', 'JP', 'TW', 'PS', 'SS', 'BQ', 'CW', 'SX', 'AX', 'MF', 'BL', 'UM'])(
  '%s is a country',
  (code) => {
    expect(parseCountry(code)._unsafeUnwrap()).toBe(code);
  },
);

test.each([
  ['UK', 'reserved: the code is GB'],
  ['EU', 'reserved, and no country'],
  ['AN', 'dissolved in 2010'],
  ['YU', 'dissolved'],
  ['CS', 'dissolved'],
  ['XK', "for users' own ends"],
  ['ZZ', "for users' own ends"],
  ['gb', 'in small letters'],
  ['GBR', 'alpha-3'],
  ['GB ', 'with a blank'],
  ['ＧＢ', 'full-width'],
  ['', 'nothing'],
  ['constructor', 'the name of something else'],
])('%j is no country: %s', (text) => {
  expect(parseCountry(text)._unsafeUnwrapErr()).toEqual({
    code: 'core.unknown_country',
    country: text,
  });
});
