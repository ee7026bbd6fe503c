import { expect, test } from 'vitest';

import { greatestCommonDivisor, leastCommonMultiple } from './fraction.ts';

test.each([
  [12n, 18n, 6n],
  [18n, 12n, 6n],
  [7n, 5n, 1n],
  [0n, 5n, 5n],
  [5n, 0n, 5n],
  [8n, 8n, 8n],
])('%s and %s are both divided by %s, and by nothing larger', (a, b, divisor) => {
  expect(greatestCommonDivisor(a, b)).toBe(divisor);
});

test.each([
  [[], 1n],
  [[7n], 7n],
  [[4n, 6n], 12n],
  [[6n, 4n, 12n], 12n],
  [[2n, 3n, 5n], 30n],
  [[100n, 1_000n, 8n], 1_000n],
])('what all of %s divide is %s, and nothing smaller', (numbers, multiple) => {
  expect(leastCommonMultiple(numbers)).toBe(multiple);
});
