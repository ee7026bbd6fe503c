import { describe, expect, it, onTestFinished } from 'vitest';

import { EVERYTHING, type Cache, type CacheValue } from '../../core/cache.port.ts';
import { times } from './latch.ts';

/** One cache as two callers see it: two processes on one Redis, or one process twice. */
type OpenCache = () => Promise<{
  readonly callers: readonly [Cache, Cache];
  readonly close: () => Promise<void>;
}>;

const A_WHILE = 30_000;

export function cacheContract(open: OpenCache): void {
  describe('a cache', () => {
    /** A key and a tag that nobody else has. */
    const aCache = async () => {
      const { callers, close } = await open();
      onTestFinished(close);
      const [here, there] = callers;
      const key = `product:${crypto.randomUUID()}`;
      const tag = `tag:${crypto.randomUUID()}`;
      const value = (text: string, version = 1): CacheValue => ({ text, version, tags: [tag] });
      const readingFrom = async (cache: Cache = here) => {
        const finding = await cache.find(key);
        if (finding.kind === 'found' || finding.readFrom === null)
          throw new Error('It was to be missing.');
        return finding.readFrom;
      };
      return {
        here,
        there,
        key,
        tag,
        value,
        readingFrom,
        keep: async (text: string, version = 1, from?: number) =>
          here.keep(key, value(text, version), from ?? (await readingFrom()), A_WHILE),
        found: async () => {
          const finding = await there.find(key);
          return finding.kind === 'found' ? finding.text : null;
        },
      };
    };

    it('finds elsewhere what was kept here, letter by letter', async () => {
      const { keep, found } = await aCache();
      expect(await found()).toBeNull();
      const text = '{"name":"Käse 🧀 \\u0000","of":[1,null]}';
      expect(await keep(text)).toBe(true);
      expect(await found()).toBe(text);
    });

    it('forgets by any tag of a value, and by the tag of everything, and nothing by others', async () => {
      const { here, there, key, tag, found, readingFrom } = await aCache();
      const other = `${tag}:other`;
      const keep = async () =>
        here.keep(
          key,
          { text: 'shown', version: 1, tags: [other, tag] },
          await readingFrom(),
          A_WHILE,
        );
      for (const forgotten of [tag, other, EVERYTHING]) {
        await keep();
        await there.forget([`${tag}:stranger`]);
        expect(await found()).toBe('shown');
        await there.forget([`${tag}:stranger`, forgotten]);
        expect(await found()).toBeNull();
      }
    });

    it('keeps nothing of a slow reader who began before it was forgotten', async () => {
      const { there, tag, readingFrom, keep, found } = await aCache();
      const before = await readingFrom();
      await there.forget([tag]);
      expect(await keep('what stood', 1, before)).toBe(false);
      expect(await found()).toBeNull();
      expect(await keep('what stands', 2)).toBe(true);
      expect(await keep('what stood', 1, before)).toBe(false);
      expect(await found()).toBe('what stands');
    });

    it('never replaces a newer version with an older one, whoever began first', async () => {
      const { readingFrom, keep, found } = await aCache();
      const [early, late] = [await readingFrom(), await readingFrom()];
      expect(await keep('version 8', 8, early)).toBe(true);
      expect(await keep('version 7', 7, late)).toBe(false);
      expect(await found()).toBe('version 8');
      expect(await keep('version 9', 9, early)).toBe(true);
      expect(await found()).toBe('version 9');
    });

    it('of one version takes what was read later', async () => {
      const { readingFrom, keep, found } = await aCache();
      const [early, late] = [await readingFrom(), await readingFrom()];
      expect(late).toBeGreaterThan(early);
      expect(await keep('later', 1, late)).toBe(true);
      expect(await keep('earlier', 1, early)).toBe(false);
      expect(await found()).toBe('later');
    });

    it('takes a lower version once the higher one was forgotten: another product may have the name now', async () => {
      const { there, tag, keep, found } = await aCache();
      await keep('the old one', 40);
      await there.forget([tag]);
      expect(await keep('the new one', 1)).toBe(true);
      expect(await found()).toBe('the new one');
    });

    it('keeps nothing while what was forgotten settles, and then does', async () => {
      const { there, tag, keep, found } = await aCache();
      await keep('what stood');
      await there.forget([tag], 150);
      await there.forget([tag]);
      expect(await found()).toBeNull();
      expect(await keep('what may have stood')).toBe(false);
      await expect.poll(() => keep('what stands')).toBe(true);
      expect(await found()).toBe('what stands');
    });

    it('keeps a value for as long as it was told to', async () => {
      const { here, key, value, readingFrom, found } = await aCache();
      await here.keep(key, value('brief'), await readingFrom(), 60);
      expect(await found()).toBe('brief');
      await expect.poll(found).toBeNull();
    });

    it('has one of many read what they all miss, and the next one when that one gives up', async () => {
      const { here, there, key, keep, found } = await aCache();
      const ask = async (index: number) => (index % 2 === 0 ? here : there).find(key);
      const findings = await times(20, ask);
      expect(findings.filter((one) => one.kind === 'missing' && !one.isBeingRead)).toHaveLength(1);
      await there.release(key);
      expect(await here.find(key)).toMatchObject({ kind: 'missing', isBeingRead: false });
      expect(await there.find(key)).toMatchObject({ kind: 'missing', isBeingRead: true });
      await keep('read');
      expect(await found()).toBe('read');
    });

    it('lets the next one read when what was read could not be kept', async () => {
      const { here, there, key, tag, readingFrom, keep } = await aCache();
      const before = await readingFrom();
      await there.forget([tag]);
      await keep('what stood', 1, before);
      expect(await here.find(key)).toMatchObject({ isBeingRead: false });
    });

    it('ends up with the newest of what many read at once', async () => {
      const { readingFrom, keep, found } = await aCache();
      const from = await readingFrom();
      await times(30, (index) => keep(`version ${(index * 7) % 30}`, (index * 7) % 30, from));
      expect(await found()).toBe('version 29');
    });
  });
}
