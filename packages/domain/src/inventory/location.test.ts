import { describe, expect, test } from 'vitest';

import type { LocationId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Location, parseLocationCode } from './location.aggregate.ts';

const asked = { id: 'location' as LocationId, code: ' west-2 ', name: 'River', at: 5 as Instant };

describe('a location', () => {
  test('is opened under a code in capitals, and is told of', () => {
    const { state, pending } = Location.create(asked)._unsafeUnwrap();
    expect(state).toEqual({
      id: 'location',
      code: 'WEST-2',
      name: 'River',
      isDefault: false,
      createdAt: 5,
    });
    expect(pending).toMatchObject([
      {
        type: 'inventory.location_created',
        aggregateId: 'location',
        aggregateVersion: 1,
        payload: { code: 'WEST-2', name: 'River' },
      },
    ]);
    expect(Location.restore(state).pending).toEqual([]);
  });

  test.each(['', '-A', 'A B', 'Ä', 'A'.repeat(31), 'A\u0000'])(
    'has no code such as "%s"',
    (code) => {
      expect(parseLocationCode(code)._unsafeUnwrapErr()).toEqual({
        code: 'inventory.invalid_location_code',
        path: ['code'],
      });
    },
  );

  test('has a name', () => {
    expect(Location.create({ ...asked, name: ' ' })._unsafeUnwrapErr().code).toBe(
      'core.invalid_text',
    );
  });
});
