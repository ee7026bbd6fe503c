import { expect, test } from 'vitest';

import { UnlimitedRateLimiter } from './unlimited-rate-limiter.ts';

test('a load test is never told to wait', async () => {
  const limiter = new UnlimitedRateLimiter();
  for (let attempt = 0; attempt < 100; attempt += 1)
    expect(await limiter.take()).toMatchObject({ allowed: true });
  await limiter.giveBack();
  await limiter.clear();
  expect(await limiter.take()).toMatchObject({ allowed: true });
});
