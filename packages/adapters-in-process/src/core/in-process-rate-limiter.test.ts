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
      await limiter.take(`${at}:${index}`, once, at as Instant);
  }

  it('drops the windows that are over first, and keeps those that are not', async () => {
    const limiter = new InProcessRateLimiter();
    await flood(limiter, room - 1, start);
    const later = start + 60_000;
    await limiter.take('kept', once, (later - 1) as Instant);
    await limiter.take('newest', once, later as Instant);
    for (const key of ['kept', 'newest'])
      expect((await limiter.take(key, once, later as Instant)).allowed).toBe(false);
  });

  it('drops the key whose latest attempt is oldest when all windows are open, and no other', async () => {
    const limiter = new InProcessRateLimiter();
    const twice = { attempts: 2, windowSeconds: 60 };
    const now = start as Instant;
    await limiter.take('busy', twice, now);
    await limiter.take('idle', once, now);
    await flood(limiter, room - 2, start);
    await limiter.take('busy', twice, now);
    await limiter.take('one too many', once, now);
    expect((await limiter.take('busy', twice, now)).allowed).toBe(false);
    expect((await limiter.take(`${start}:0`, once, now)).allowed).toBe(false);
    expect((await limiter.take('idle', once, now)).allowed).toBe(true);
  });
});
