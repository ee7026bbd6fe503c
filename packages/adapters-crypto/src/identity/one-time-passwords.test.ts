import { describe, expect, test } from 'vitest';

import { oneTimePassword, toBase32 } from './one-time-passwords.ts';

const SECRET = Buffer.from('12345678901234567890');

describe('a one-time password', () => {
  test.each([
    [0, '755224'],
    [1, '287082'],
    [2, '359152'],
    [3, '969429'],
    [4, '338314'],
    [5, '254676'],
    [6, '287922'],
    [7, '162583'],
    [8, '399871'],
    [9, '520489'],
  ])('of the counter %i is that of RFC 4226, appendix D: %s', (counter, expected) => {
    expect(oneTimePassword(SECRET, counter, 6)).toBe(expected);
  });

  test.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('of second %i is that of RFC 6238, appendix B: %s', (second, expected) => {
    expect(oneTimePassword(SECRET, Math.floor(second / 30), 8)).toBe(expected);
  });
});

test.each([
  ['', ''],
  ['fooba', 'MZXW6YTB'],
  ['12345678901234567890', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'],
])('“%s” in base32 is “%s”', (text, expected) => {
  expect(toBase32(Buffer.from(text))).toBe(expected);
});
