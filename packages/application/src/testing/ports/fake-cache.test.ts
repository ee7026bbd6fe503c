import { cacheContract } from '../contracts/cache.contract.ts';
import { FakeCache } from './fake-cache.ts';

cacheContract(async () => {
  const cache = new FakeCache();
  return { callers: [cache, cache], close: async () => undefined };
});
