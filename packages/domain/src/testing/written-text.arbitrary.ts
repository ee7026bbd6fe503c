import fc from 'fast-check';

/** Letters, digits, marks and signs of many scripts, some of them outside the basic plane. */
const PIECES = [
  ...Array.from('abcXYZ019 -_.,&/äÉñøßıİŁŞẞΣςПйё'),
  ...Array.from('हिन्दी'),
  ...Array.from('ไทย'),
  ...Array.from('中文'),
  ...Array.from('ガぱｶﾞ'),
  ...Array.from('한글'),
  ...Array.from('שָׁלוֹםمُحَمَّد'),
  '𝔸',
  '𐐀',
  '😀',
  '1\u{fe0f}\u{20e3}',
  'H\u0331',
  'e\u0301',
  '\u200d',
  'ﬁ',
  'Ⅷ',
  '½',
  'Å',
];

/** Any character of Unicode, assigned or not: each code point but the halves of others. */
const anyCharacter = fc
  .oneof(
    fc.integer({ min: 0, max: 0x17f }),
    fc.integer({ min: 0, max: 0xd7ff }),
    fc.integer({ min: 0xe000, max: 0x10_ffff }),
  )
  .map((point) => String.fromCodePoint(point));

/** Text of any characters whatever, control characters included. */
export function anyText(maximumLength = 30): fc.Arbitrary<string> {
  return fc.string({ unit: anyCharacter, maxLength: maximumLength });
}

/** What a program may hand over as text although it is none: half characters as well. */
export function anyCodeUnits(): fc.Arbitrary<string> {
  return fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff })))
    .map((units) => String.fromCharCode(...units));
}

/** What people write into a name: at least one character that shows, of any script. */
export function anyName(maximumPieces = 40): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
    { weight: 1, arbitrary: anyCharacter },
  );
  return fc
    .array(piece, { minLength: 1, maxLength: maximumPieces })
    .map((pieces) => pieces.join('').replaceAll(/\p{Cc}/gu, ''))
    .filter((text) => text.trim() !== '' && !/\p{M}{31}/u.test(text));
}

/** A short line of an address: no more characters than the tightest field takes. */
export function anyShortText(): fc.Arbitrary<string> {
  return fc.stringMatching(/^[A-Za-z0-9äöüßéøñ中ไ][A-Za-z0-9äöüßéøñ中ไ .'-]{0,16}[a-z]$/);
}
