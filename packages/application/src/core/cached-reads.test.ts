import { beforeEach, describe, expect, it } from 'vitest';

import { latch, times } from '../testing/contracts/latch.ts';
import { FakeCache } from '../testing/ports/fake-cache.ts';
import { MovingClock } from '../testing/ports/moving-clock.ts';
import { RecordedPause } from '../testing/ports/recorded-pause.ts';
import type { Cache } from './cache.port.ts';
import { CachedReads, STALEST_READ_MILLISECONDS, type CachedRead } from './cached-reads.ts';

let cache: FakeCache;
let clock: MovingClock;
/** What stands, and how often it was read. */
let stands: string;
let loaded: number;

beforeEach(() => {
  cache = new FakeCache();
  clock = new MovingClock();
  stands = 'old';
  loaded = 0;
});

const aProcess = (shared: Cache | null = cache, pause = new RecordedPause()) =>
  new CachedReads({ cache: shared, clock, pause });
const load = async () => {
  loaded += 1;
  return stands;
};
const reading = (changes: Partial<CachedRead<string>> = {}): CachedRead<string> => ({
  key: 'mug',
  load,
  shared: {
    milliseconds: 30_000,
    keptOf: (view) => ({ view, version: 1, tags: ['mug'] }),
    restore: (view) => view as string,
  },
  ...changes,
});
const untilForgotten = () => {
  clock.advance(STALEST_READ_MILLISECONDS / 1_000);
};

describe('what was just read', () => {
  it('is remembered for a moment and not longer, and by nobody else', async () => {
    const [one, other] = [aProcess(null), aProcess(null)];
    expect(await one.read(reading())).toBe('old');
    stands = 'new';
    clock.advance((STALEST_READ_MILLISECONDS - 1) / 1_000);
    expect(await one.read(reading())).toBe('old');
    expect(await other.read(reading())).toBe('new');
    clock.advance(0.001);
    expect(await one.read(reading())).toBe('new');
    expect(loaded).toBe(3);
    expect(one.counts).toEqual({ recent: 1, shared: 0, loaded: 2 });
  });

  it('is read once for all who ask at once, and its age counts from the beginning of that', async () => {
    const reads = aProcess(null);
    const slow = latch();
    const held = reading({ load: async () => slow.opened.then(() => 'what stood') });
    const all = times(50, () => reads.read(held));
    clock.advance(STALEST_READ_MILLISECONDS / 1_000);
    expect(await reads.read(reading())).toBe('old');
    slow.open();
    expect(new Set(await all)).toEqual(new Set(['what stood']));
    expect(await reads.read(reading())).toBe('old');
    expect(reads.counts).toEqual({ recent: 50, shared: 0, loaded: 2 });
  });

  it('is not believed by a clock that was set back', async () => {
    const reads = aProcess(null);
    await reads.read(reading());
    clock.advance(-3_600);
    stands = 'new';
    expect(await reads.read(reading())).toBe('new');
  });

  it('is forgotten, of many things, from the one asked for longest ago', async () => {
    const reads = aProcess(null);
    for (let index = 0; index < 2_000; index += 1) await reads.read(reading({ key: `${index}` }));
    await reads.read(reading({ key: '0' }));
    await reads.read(reading({ key: 'one too many' }));
    loaded = 0;
    await reads.read(reading({ key: '0' }));
    expect(loaded).toBe(0);
    await reads.read(reading({ key: '1' }));
    expect(loaded).toBe(1);
  });

  it('is read again when that failed, by the next one who asks, here and elsewhere', async () => {
    const [one, other] = [aProcess(), aProcess()];
    const failing = reading({ load: () => Promise.reject(new Error('gone')) });
    await expect(one.read(failing)).rejects.toThrow('gone');
    expect(await one.read(reading())).toBe('old');
    untilForgotten();
    expect(await other.read(reading())).toBe('old');
    expect(loaded).toBe(1);
  });
});

describe('what all processes keep', () => {
  it('is read by one of them', async () => {
    const [one, other] = [aProcess(), aProcess()];
    await one.read(reading());
    stands = 'new';
    expect(await other.read(reading())).toBe('old');
    expect(other.counts).toEqual({ recent: 0, shared: 1, loaded: 0 });
    await cache.forget(['mug']);
    untilForgotten();
    expect(await other.read(reading())).toBe('new');
    expect(await one.read(reading())).toBe('new');
    expect(loaded).toBe(2);
  });

  it('is never what a slow reader had read before a writer was done', async () => {
    const [slow, quick] = [aProcess(), aProcess()];
    const held = latch();
    const slowly = slow.read(reading({ load: async () => held.opened.then(() => 'old') }));
    await Promise.resolve();
    stands = 'new';
    await cache.forget(['mug']);
    expect(await quick.read(reading())).toBe('new');
    held.open();
    expect(await slowly).toBe('old');
    untilForgotten();
    expect(await slow.read(reading())).toBe('new');
    expect(await quick.read(reading())).toBe('new');
  });

  it('is waited for while another process reads it, and read here when that takes too long', async () => {
    const held = latch();
    const pause = new RecordedPause();
    const [slow, patient] = [aProcess(), aProcess(cache, pause)];
    const slowly = slow.read(reading({ load: async () => held.opened.then(() => 'slow') }));
    expect(await patient.read(reading())).toBe('old');
    const waited = pause.milliseconds.reduce((sum, one) => sum + one, 0);
    expect(waited).toBeGreaterThan(50);
    expect(waited).toBeLessThan(200);
    held.open();
    await slowly;
  });

  it('is what the other process has read where that was quick', async () => {
    const held = latch();
    const [one, other] = [
      aProcess(),
      aProcess(
        cache,
        new (class extends RecordedPause {
          override async for(milliseconds: number) {
            held.open();
            await super.for(milliseconds);
            await first;
          }
        })(),
      ),
    ];
    const first = one.read(reading({ load: async () => held.opened.then(() => 'first') }));
    expect(await other.read(reading())).toBe('first');
    expect(loaded).toBe(0);
  });

  it.each([
    ['that is not for others', 'mine', () => null],
    ['that is long', 'x'.repeat(300 * 1_024), (view: string) => ({ view, version: 1, tags: [] })],
  ])('is nothing %s', async (_what, text, keptOf) => {
    stands = text;
    const restore = () => 'from the cache';
    const one = reading({ shared: { milliseconds: 30_000, keptOf, restore } });
    expect(await aProcess().read(one)).toBe(text);
    expect(await aProcess().read(one)).toBe(text);
    expect(loaded).toBe(2);
  });

  it('is read anew where what is kept cannot be read', async () => {
    const finding = await cache.find('mug');
    const readFrom = finding.kind === 'missing' ? (finding.readFrom ?? 0) : 0;
    await cache.keep('mug', { text: '{', version: 1, tags: [] }, readFrom, 30_000);
    expect(await aProcess().read(reading())).toBe('old');
  });
});
