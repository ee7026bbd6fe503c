import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { openRelaying, relayHealth } from './relaying.ts';

const HOUR = 60 * 60 * 1_000;
const claim = vi.fn(async () => []);
const execute = vi.fn(async () => 0);
const log = vi.fn();
const parts = new Map<unknown, unknown>([
  [TOKENS.relayOutbox, { claim, deliver: vi.fn() }],
  [TOKENS.forgetToldEvents, { execute }],
]);
const wiring: Wiring = { get: (name) => parts.get(name) as never };

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
});

afterEach(() => vi.useRealTimers());

describe('relaying', () => {
  it('forgets old events at once and every hour, until it ends', async () => {
    const end = openRelaying(wiring, log);
    expect(execute).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2 * HOUR);
    expect(execute).toHaveBeenCalledTimes(3);
    expect(claim.mock.calls.length).toBeGreaterThan(2 * 3_600);
    await end();
    expect(vi.getTimerCount()).toBe(0);
    expect(log).not.toHaveBeenCalled();
  });

  it('warns when they cannot be forgotten', async () => {
    execute.mockRejectedValueOnce(new Error('gone'));
    const end = openRelaying(wiring, log);
    await vi.advanceTimersByTimeAsync(0);
    await end();
    expect(log.mock.calls).toMatchObject([['warning', expect.any(String), { error: 'gone' }]]);
  });
});

describe('the health of the relay', () => {
  const health = (lagSeconds: number) =>
    relayHealth(() => ({ standing: async () => ({ lagSeconds, quarantined: 2 }) }));

  it('is good while events are late by up to five minutes, and then the shop is degraded', async () => {
    await expect(health(300).check()).resolves.toBeUndefined();
    await expect(health(300.1).check()).rejects.toThrow('Events are late.');
    expect(health(0).optional).toBe(true);
  });

  it('has figures: seconds of lag, and how many deliveries were given up', async () => {
    expect(await health(2.6).facts?.()).toEqual({ lag_seconds: 3, quarantined: 2 });
  });
});
