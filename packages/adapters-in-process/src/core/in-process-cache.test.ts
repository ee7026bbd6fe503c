import { describe, expect, it } from 'vitest';

import { cacheContract } from '@kastoma/application/testing';

import { InProcessCache } from './in-process-cache.ts';

cacheContract(async () => {
  const cache = new InProcessCache();
  return { callers: [cache, cache], close: async () => undefined };
});

const A_WHILE = 30_000;

async function keep(cache: InProcessCache, key: string): Promise<number> {
  const finding = await cache.find(key);
  const readFrom = finding.kind === 'missing' ? (finding.readFrom ?? 0) : 0;
  await cache.keep(key, { text: key, version: 1, tags: [key] }, readFrom, A_WHILE);
  return readFrom;
}

describe('a cache that is full', () => {
  it('drops what was asked for longest ago', async () => {
    const cache = new InProcessCache();
    for (let index = 0; index < 5_000; index += 1) await keep(cache, `${index}`);
    await cache.find('0');
    await keep(cache, 'one too many');
    const kinds = await Promise.all(
      ['0', '1', '2', 'one too many'].map(async (key) => (await cache.find(key)).kind),
    );
    expect(kinds).toEqual(['found', 'missing', 'found', 'found']);
  });

  it('does not forget what was to be forgotten, however much came after it', async () => {
    const cache = new InProcessCache();
    const readFrom = await keep(cache, 'old');
    for (let index = 0; index <= 50_000; index += 1)
      await cache.forget([index === 0 ? 'old' : `tag:${index}`]);
    const stale = { text: 'old', version: 1, tags: ['old'] };
    expect(await cache.keep('old', stale, readFrom, A_WHILE)).toBe(false);
    expect((await cache.find('old')).kind).toBe('missing');
    await keep(cache, 'new');
    expect((await cache.find('new')).kind).toBe('found');
  });
});
