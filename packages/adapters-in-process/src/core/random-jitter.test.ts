import { expect, test } from 'vitest';

import { RandomJitter } from './random-jitter.ts';

test('nobody waits longer than told, nor less than half as long, and hardly two the same', () => {
  const jitter = new RandomJitter();
  const waits = Array.from({ length: 1_000 }, () => jitter.spread(60));
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(30);
  expect(Math.max(...waits)).toBeLessThanOrEqual(60);
  expect(new Set(waits).size).toBeGreaterThan(900);
});
