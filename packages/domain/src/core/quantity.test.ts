import { expect, test } from 'vitest';

import { parseQuantity } from './quantity.value.ts';

test.each([1, 2, 9_998, 9_999])('%i units can be bought at once', (quantity) => {
  expect(parseQuantity(quantity)._unsafeUnwrap()).toBe(quantity);
});

test.each([0, -0, -1, 10_000, 1.5, 1e30, Number.NaN, Number.POSITIVE_INFINITY, Number.MIN_VALUE])(
  '%d units cannot be bought',
  (quantity) => {
    expect(parseQuantity(quantity)._unsafeUnwrapErr()).toEqual({
      code: 'core.invalid_quantity',
      quantity,
      maximum: 9_999,
    });
  },
);
