import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ReconciledOperation } from '@kastoma/application/payments';
import type { PaymentId, PaymentOperationId } from '@kastoma/domain/core';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { openReconciling, paymentsHealth } from './reconciling.ts';

const execute = vi.fn(async (): Promise<readonly ReconciledOperation[]> => []);
const forget = vi.fn(async () => 0);
const log = vi.fn();
const parts = new Map<unknown, unknown>([
  [TOKENS.reconcilePayments, { execute }],
  [TOKENS.forgetProviderEvents, { execute: forget }],
]);
const wiring: Wiring = { get: (name) => parts.get(name) as never };

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
});

afterEach(() => vi.useRealTimers());

describe('reconciling payments', () => {
  it('is done at once and every second, and old events are forgotten every hour, until it ends', async () => {
    const end = openReconciling(wiring, log);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(execute).toHaveBeenCalledTimes(11);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(forget).toHaveBeenCalledTimes(2);
    await end();
    expect(vi.getTimerCount()).toBe(0);
    expect(log).not.toHaveBeenCalled();
  });

  it('says once that it cannot be done, and once that it can again', async () => {
    execute.mockRejectedValueOnce(new Error('gone')).mockRejectedValueOnce(new Error('gone'));
    const end = openReconciling(wiring, log);
    await vi.advanceTimersByTimeAsync(5_000);
    await end();
    expect(log.mock.calls).toMatchObject([
      ['warning', 'Payments cannot be reconciled', { error: 'gone' }],
      ['info', 'Payments are reconciled again'],
    ]);
  });

  it('tells of an operation that failed, and not of one that is still open', async () => {
    const operation = {
      id: 'operation' as PaymentOperationId,
      paymentId: 'payment' as PaymentId,
      attempts: 2,
    };
    execute.mockResolvedValueOnce([
      { ...operation, outcome: 'unknown' },
      { ...operation, outcome: 'failed', error: new Error('a bug') },
    ]);
    forget.mockRejectedValueOnce(new Error('gone'));
    const end = openReconciling(wiring, log);
    await vi.advanceTimersByTimeAsync(0);
    await end();
    expect(log.mock.calls).toHaveLength(2);
    expect(log.mock.calls).toContainEqual([
      'error',
      'What was asked of a payment provider failed',
      expect.objectContaining({
        operation_id: 'operation',
        payment_id: 'payment',
        attempts: 2,
        error: 'a bug',
      }),
    ]);
  });

  it('lets what is under way end, and waits two seconds and no longer', async () => {
    execute.mockReturnValueOnce(Promise.withResolvers<never>().promise);
    const end = openReconciling(wiring, log);
    const ended = vi.fn();
    const ending = end().then(ended);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await ending;
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('the health of payments is good while nothing is for a person to look into', async () => {
  const health = (stuck: number) =>
    paymentsHealth(() => ({ standing: async () => ({ oldestOpenSeconds: 2.6, stuck }) }));
  await expect(health(0).check()).resolves.toBeUndefined();
  await expect(health(1).check()).rejects.toThrow('Money is held');
  expect(await health(1).facts?.()).toEqual({ oldest_open_seconds: 3, stuck: 1 });
  expect(health(0).optional).toBe(true);
});
