import { rateLimiterContract } from '../contracts/rate-limiter.contract.ts';
import { FakeRateLimiter } from './fake-rate-limiter.ts';

rateLimiterContract(async () => {
  const limiter = new FakeRateLimiter();
  return { callers: [limiter, limiter], close: async () => undefined };
});
