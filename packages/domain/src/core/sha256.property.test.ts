import fc from 'fast-check';
import { expect, test } from 'vitest';

import { anyCodeUnits, anyText } from '../testing/written-text.arbitrary.ts';
import { sha256 } from './sha256.ts';

async function platformSha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

test('the examples of the standard', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(sha256('a'.repeat(1_000_000))).toBe(
    'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
  );
});

test('any text has the hash that the platform computes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyText(300), anyCodeUnits()), async (text) => {
      expect(sha256(text)).toBe(await platformSha256(text));
    }),
    { numRuns: 300 },
  );
});

test('a text of any length around the blocks is padded right', async () => {
  for (let length = 0; length <= 200; length += 1) {
    const text = 'x'.repeat(length);
    expect(sha256(text)).toBe(await platformSha256(text));
  }
});

test.each(['\u007F\u0080', '\u07FF\u0800', '\uFFFF\u{10000}'])(
  'a text where UTF-8 takes one byte more is encoded right: %j',
  async (text) => {
    expect(sha256(text)).toBe(await platformSha256(text));
  },
);
