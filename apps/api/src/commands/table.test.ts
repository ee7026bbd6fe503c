import { expect, it } from 'vitest';

import { tableOf } from './table.ts';

it('the columns of a table are as wide as what stands in them', () => {
  expect(
    tableOf([
      ['INVARIANT', 'FOUND'],
      ['a', '12'],
      ['something long', ''],
    ]),
  ).toEqual(['INVARIANT       FOUND', 'a               12', 'something long']);
  expect(tableOf([])).toEqual([]);
});
