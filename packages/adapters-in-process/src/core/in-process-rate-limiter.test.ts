import { describe, expect, it } from 'vitest';

import { rateLimiterContract } from '@kastoma/application/testing';
import type { Instant } from '@kastoma/domain/core';

import { InProcessRateLimiter } from './in-process-rate-limiter.ts';

rateLimiterContract(async () => {
  const limiter = new InProcessRateLimiter();
  return { callers: [limiter, limiter], close: async () => undefined };
});

describe('a flood of keys', () => {
  const once = { attempts: 1, windowSeconds: 60 };
  const start = Date.UTC(2026, 10, 23);
  const room = 50_000;

  async function flood(limiter: InProcessRateLimiter, count: number, at: number): Promise<void> {
    for (let index = 0; index < count; index += 1)
      await limiter.take(`kept:${at}:${index}`, once, at as Instant);
  }

  it('drops the windows that are over first, and keeps those that are not', async () => {
    const limiter = new InProcessRateLimiter();
    await flood(limiter, room - 1, start);
    const later = start + 60_000;
    await limiter.take('kept:early', once, (later - 1) as Instant);
    await limiter.take('kept:newest', once, later as Instant);
    for (const key of ['kept:early', 'kept:newest'])
      expect((await limiter.take(key, once, later as Instant)).allowed).toBe(false);
  });

  it('drops the key whose latest attempt is oldest when all windows are open, and no other', async () => {
    const limiter = new InProcessRateLimiter();
    const twice = { attempts: 2, windowSeconds: 60 };
    const now = start as Instant;
    await limiter.take('kept:busy', twice, now);
    await limiter.take('kept:idle', once, now);
    await flood(limiter, room - 2, start);
    await limiter.take('kept:busy', twice, now);
    await limiter.take('kept:one too many', once, now);
    expect((await limiter.take('kept:busy', twice, now)).allowed).toBe(false);
    expect((await limiter.take(`kept:${start}:0`, once, now)).allowed).toBe(false);
    expect((await limiter.take('kept:idle', once, now)).allowed).toBe(true);
  });

  it('of requests drives out no count of guesses, and one of one-minute counts none of an hour', async () => {
    const limiter = new InProcessRateLimiter();
    const now = start as Instant;
    const anHour = { attempts: 1, windowSeconds: 3_600 };
    await limiter.take('second-factor:ada', once, now);
    await limiter.take('login:ada:3600', anHour, now);
    for (let network = 0; network < room + 10; network += 1) {
      await limiter.take(`request:read:${network}`, once, now);
      await limiter.take(`login:${network}:60`, once, now);
    }
    expect((await limiter.take('second-factor:ada', once, now)).allowed).toBe(false);
    expect((await limiter.take('login:ada:3600', anHour, now)).allowed).toBe(false);
    expect((await limiter.take('request:read:0', once, now)).allowed).toBe(true);
  });
});
