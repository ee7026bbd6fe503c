import fc from 'fast-check';

const LETTERS = [
  ...Array.from('abcXYZ019äÉßıİŁΣςПйё中'),
  'H\u0331',
  'J\u030c',
  'e\u0301',
  'ﬁ',
  'Å',
  '𐐀',
];

const word = (extra: readonly string[] = []) =>
  fc
    .array(fc.constantFrom(...LETTERS, ...extra), { minLength: 1, maxLength: 12 })
    .map((letters) => letters.join(''));

/** An address as people type it: any case, composed or not, with blanks around it. */
export function anyTypedEmailAddress(): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom('', ' ', '\t'),
      word(Array.from("+_-%'")),
      word(),
      fc.constantFrom(
        'Example.COM',
        'example.co.uk',
        'münchen.de',
        'उदाहरण.परीक्षा',
        'xn--e1a.xn--p1ai',
      ),
    )
    .map(([blank, first, second, domain]) => `${blank}${first}.${second}@${domain}${blank}`);
}
