import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { RateLimit, RateLimiter } from '../../core/rate-limiter.port.ts';
import { MovingClock } from '../ports/moving-clock.ts';
import { times } from './latch.ts';

/** Two callers that share their counts, each as far from the other as the adapter allows. */
export type OpenRateLimiter = () => Promise<{
  readonly callers: readonly [RateLimiter, RateLimiter];
  readonly close: () => Promise<void>;
}>;

const threeAMinute: RateLimit = { attempts: 3, windowSeconds: 60 };

export function rateLimiterContract(open: OpenRateLimiter): void {
  describe('a rate limiter', () => {
    let opened: Awaited<ReturnType<OpenRateLimiter>> | undefined;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(async () => {
      await opened?.close();
    });

    /** An account whose attempts are counted, with a clock of its own. */
    function anAccount(limit: RateLimit = threeAMinute) {
      if (opened === undefined) throw new Error('The limiter opens before the first test.');
      const [one, other] = opened.callers;
      const key = `login:${crypto.randomUUID()}`;
      const clock = new MovingClock();
      return {
        clock,
        take: () => one.take(key, limit, clock.now()),
        takeElsewhere: () => other.take(key, limit, clock.now()),
        giveBack: () => one.giveBack(key),
        clear: () => one.clear(key),
      };
    }

    it('allows as many attempts as the window has room for, also within one millisecond', async () => {
      const { take } = anAccount();
      expect(await take()).toMatchObject({ allowed: true, remaining: 2 });
      expect(await take()).toMatchObject({ allowed: true, remaining: 1 });
      expect(await take()).toMatchObject({ allowed: true, remaining: 0 });
      expect(await take()).toEqual({ allowed: false, retryAfterSeconds: 60 });
    });

    it('says to the second when the next attempt is allowed', async () => {
      const { take, clock } = anAccount();
      await take();
      clock.advance(20);
      await take();
      clock.advance(20);
      await take();
      clock.advance(10);
      expect(await take()).toEqual({ allowed: false, retryAfterSeconds: 10 });
      clock.advance(9.999);
      expect(await take()).toEqual({ allowed: false, retryAfterSeconds: 1 });
      clock.advance(0.001);
      expect(await take()).toMatchObject({ allowed: true, remaining: 0 });
    });

    it('says to the second when the oldest attempt makes room, full or not', async () => {
      const { take, clock } = anAccount();
      expect(await take()).toEqual({ allowed: true, remaining: 2, roomAfterSeconds: 60 });
      clock.advance(20.5);
      expect(await take()).toEqual({ allowed: true, remaining: 1, roomAfterSeconds: 40 });
      clock.advance(39.5);
      expect(await take()).toEqual({ allowed: true, remaining: 1, roomAfterSeconds: 21 });
    });

    it('slides: room comes back attempt by attempt', async () => {
      const { take, clock } = anAccount();
      for (const seconds of [0, 20, 20]) {
        clock.advance(seconds);
        expect((await take()).allowed).toBe(true);
      }
      clock.advance(21);
      expect(await take()).toMatchObject({ allowed: true, remaining: 0 });
      expect(await take()).toEqual({ allowed: false, retryAfterSeconds: 19 });
      clock.advance(19);
      expect(await take()).toMatchObject({ allowed: true, remaining: 0 });
      clock.advance(3_600);
      expect(await take()).toMatchObject({ allowed: true, remaining: 2 });
    });

    it('does not count refused attempts', async () => {
      const { take, clock } = anAccount();
      for (let attempt = 0; attempt < 3; attempt += 1) await take();
      clock.advance(59);
      for (let attempt = 0; attempt < 5; attempt += 1)
        expect(await take()).toEqual({ allowed: false, retryAfterSeconds: 1 });
      clock.advance(1);
      expect(await take()).toMatchObject({ allowed: true, remaining: 2 });
    });

    it('counts each key for itself', async () => {
      const mine = anAccount({ attempts: 1, windowSeconds: 60 });
      const yours = anAccount({ attempts: 1, windowSeconds: 60 });
      expect((await mine.take()).allowed).toBe(true);
      expect((await mine.take()).allowed).toBe(false);
      expect((await yours.take()).allowed).toBe(true);
    });

    it('gives back one attempt, the latest, and only for that key', async () => {
      const { take, giveBack, clock } = anAccount({ attempts: 2, windowSeconds: 60 });
      await take();
      clock.advance(20);
      await take();
      await giveBack();
      expect(await take()).toMatchObject({ allowed: true, remaining: 0 });
      await anAccount().giveBack();
      expect(await take()).toEqual({ allowed: false, retryAfterSeconds: 40 });
    });

    it('has nothing to give back where nothing was taken', async () => {
      const { take, giveBack } = anAccount();
      await giveBack();
      expect(await take()).toMatchObject({ allowed: true, remaining: 2 });
    });

    it('forgets the attempts of a key that is cleared, and only those', async () => {
      const mine = anAccount({ attempts: 1, windowSeconds: 60 });
      const yours = anAccount({ attempts: 1, windowSeconds: 60 });
      await mine.take();
      await yours.take();
      await mine.clear();
      expect((await mine.take()).allowed).toBe(true);
      expect((await mine.take()).allowed).toBe(false);
      expect((await yours.take()).allowed).toBe(false);
    });

    it('counts for all callers together', async () => {
      const { take, takeElsewhere } = anAccount();
      await take();
      await takeElsewhere();
      expect(await take()).toMatchObject({ allowed: true, remaining: 0 });
      expect((await takeElsewhere()).allowed).toBe(false);
    });

    it('never allows more than the limit to callers who come at once', async () => {
      const { take, takeElsewhere } = anAccount({ attempts: 10, windowSeconds: 60 });
      const verdicts = await times(60, (index) => (index % 2 === 0 ? take() : takeElsewhere()));
      const remaining = verdicts.flatMap((verdict) => (verdict.allowed ? [verdict.remaining] : []));
      expect(remaining.toSorted((a, b) => b - a)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
      expect(verdicts.filter(({ allowed }) => !allowed)).toHaveLength(50);
    });
  });
}
