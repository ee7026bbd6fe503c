import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { OverdueOrder } from '@kastoma/application/ordering';
import type { OrderId } from '@kastoma/domain/core';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { openExpiring } from './expiring.ts';

const execute = vi.fn(async (): Promise<readonly OverdueOrder[]> => []);
const log = vi.fn();
const parts = new Map<unknown, unknown>([[TOKENS.expireOrders, { execute }]]);
const wiring: Wiring = { get: (name) => parts.get(name) as never };

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
});

afterEach(() => vi.useRealTimers());

describe('looking for overdue orders', () => {
  it('is done at once and every five seconds, until it ends', async () => {
    const end = openExpiring(wiring, log);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(execute).toHaveBeenCalledTimes(3);
    await end();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(execute).toHaveBeenCalledTimes(3);
    expect(vi.getTimerCount()).toBe(0);
    expect(log).not.toHaveBeenCalled();
  });

  it('goes on without a pause for as long as there are some', async () => {
    const id = 'order' as OrderId;
    execute
      .mockResolvedValueOnce([{ id, outcome: 'expired' }])
      .mockResolvedValueOnce([{ id, outcome: 'confirmed' }])
      .mockResolvedValueOnce([{ id, outcome: 'left' }]);
    const end = openExpiring(wiring, log);
    await vi.advanceTimersByTimeAsync(4_900);
    expect(execute).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(200);
    expect(execute).toHaveBeenCalledTimes(4);
    await end();
  });

  it('says once that it cannot be done, and once that it can again', async () => {
    execute.mockRejectedValueOnce(new Error('gone')).mockRejectedValueOnce(new Error('gone'));
    const end = openExpiring(wiring, log);
    await vi.advanceTimersByTimeAsync(15_000);
    await end();
    expect(log.mock.calls).toMatchObject([
      ['warning', 'Overdue orders cannot be looked for', { error: 'gone' }],
      ['info', 'Overdue orders are looked for again'],
    ]);
  });

  it('tells of an order that could not be called off, and of no other', async () => {
    const id = 'order' as OrderId;
    execute.mockResolvedValueOnce([
      { id, outcome: 'expired' },
      { id, outcome: 'left' },
      { id, outcome: 'failed', error: new Error('a bug') },
    ]);
    const end = openExpiring(wiring, log);
    await vi.advanceTimersByTimeAsync(0);
    await end();
    expect(log.mock.calls).toEqual([
      [
        'error',
        'An overdue order could not be called off',
        expect.objectContaining({ order_id: id, error: 'a bug' }),
      ],
    ]);
  });
});
