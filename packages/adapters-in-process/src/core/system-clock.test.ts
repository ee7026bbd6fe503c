import { afterEach, expect, test, vi } from 'vitest';

import { formatInstant } from '@kastoma/domain/core';

import { SystemClock } from './system-clock.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('the time is that of the machine, to the millisecond', () => {
  vi.useFakeTimers({ now: new Date('2026-11-23T03:31:04.005Z') });
  const clock = new SystemClock();
  expect(formatInstant(clock.now())).toBe('2026-11-23T03:31:04.005Z');
  vi.advanceTimersByTime(1);
  expect(formatInstant(clock.now())).toBe('2026-11-23T03:31:04.006Z');
});
