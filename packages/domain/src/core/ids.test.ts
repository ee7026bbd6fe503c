import fc from 'fast-check';
import { expect, test } from 'vitest';

import { isUuid, parseId, type OrderId } from './ids.value.ts';

const ID = '0190a5c4-7d1e-7abc-8def-0123456789ab';

test('an id is read in either case, so that equal ids are equal texts', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(parseId<OrderId>(id)._unsafeUnwrap()).toBe(id);
      expect(parseId<OrderId>(id.toUpperCase())._unsafeUnwrap()).toBe(id);
    }),
  );
});

test.each([
  '',
  ID.slice(1),
  `${ID}0`,
  ` ${ID}`,
  `${ID}\n`,
  `${ID}\0`,
  `{${ID}}`,
  `urn:uuid:${ID}`,
  ID.replaceAll('-', ''),
  ID.replaceAll('-', '_'),
  ID.replace('a', 'g'),
  ID.replace('0', '０'),
  "' or 1=1 --",
])('%j is no id', (text) => {
  expect(isUuid(text)).toBe(false);
  expect(parseId<OrderId>(text)._unsafeUnwrapErr()).toEqual({ code: 'core.malformed_id' });
});
