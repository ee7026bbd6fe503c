import fc from 'fast-check';
import { expect, test } from 'vitest';

import { anyInstant } from '../testing/instant.arbitrary.ts';
import { formatInstant, type Instant } from './instant.value.ts';

const RFC_3339 = /^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z$/;

test('every moment is written as RFC 3339 in UTC, and means what it says', () => {
  fc.assert(
    fc.property(anyInstant(), (instant) => {
      const text = formatInstant(instant);
      expect(text).toMatch(RFC_3339);
      expect(Date.parse(text)).toBe(instant);
    }),
  );
});

test.each([
  ['0000-01-01T00:00:00.000Z', -62_167_219_200_000],
  ['1970-01-01T00:00:00.000Z', 0],
  ['2026-11-23T03:31:04.005Z', 1_795_404_664_005],
  ['9999-12-31T23:59:59.999Z', 253_402_300_799_999],
])('%s is written so', (text, epochMilliseconds) => {
  expect(formatInstant(epochMilliseconds as Instant)).toBe(text);
});
