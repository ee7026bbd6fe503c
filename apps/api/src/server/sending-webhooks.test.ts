import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ClaimedWebhookDelivery, WebhookReport } from '@kastoma/application/notifications';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { openSending, webhooksHealth } from './sending-webhooks.ts';

const claim = vi.fn(
  async (
    _limit: number,
    _atMostForEach: number,
    _busy: readonly string[],
  ): Promise<readonly ClaimedWebhookDelivery[]> => [],
);
const deliver = vi.fn(
  async (claimed: ClaimedWebhookDelivery, _signal: AbortSignal): Promise<WebhookReport> => ({
    ...claimed,
    outcome: 'delivered',
    error: null,
  }),
);
const log = vi.fn();
const parts = new Map<unknown, unknown>([
  [TOKENS.sendWebhooks, { claim, deliver }],
  [TOKENS.forgetWebhookDeliveries, { execute: async () => 0 }],
]);
const wiring: Wiring = { get: (name) => parts.get(name) as never };
const delivery = {
  id: 'delivery',
  endpointId: 'endpoint',
  eventType: 'order.confirmed',
  correlationId: 'asked',
  attempts: 1,
} as ClaimedWebhookDelivery;
const never = () => Promise.withResolvers<never>().promise;

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  claim.mockReset().mockResolvedValue([]);
});

afterEach(() => vi.useRealTimers());

describe('sending webhooks', () => {
  it('asks for what is due as soon as a call has made room, and twice a second else', async () => {
    claim.mockResolvedValueOnce([delivery]);
    const end = openSending(wiring, log);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(claim.mock.calls).toEqual(Array.from({ length: 4 }, () => [16, 4, []]));
    await end();
    expect(vi.getTimerCount()).toBe(0);
    expect(log).not.toHaveBeenCalled();
  });

  it('keeps an endpoint out for no longer than a call may take, whatever becomes of it', async () => {
    claim.mockResolvedValueOnce([delivery]);
    deliver.mockImplementationOnce(never);
    const end = openSending(wiring, log);
    await vi.advanceTimersByTimeAsync(29_999);
    expect(claim.mock.lastCall).toEqual([15, 4, ['endpoint']]);
    expect(deliver.mock.lastCall?.[1].aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(deliver.mock.lastCall?.[1].aborted).toBe(true);
    expect(claim.mock.lastCall).toEqual([16, 4, []]);
    expect(log.mock.calls).toEqual([
      [
        'warning',
        'A webhook call did not end',
        expect.objectContaining({ endpoint_id: 'endpoint' }),
      ],
    ]);
    await end();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives calls that are under way two seconds to end, then cuts them off', async () => {
    claim.mockResolvedValueOnce([delivery]);
    deliver.mockImplementationOnce(async (claimed, signal) => {
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
      return { ...claimed, outcome: 'left', error: null };
    });
    const { ended, ending } = await endingOf(openSending(wiring, log));
    await vi.advanceTimersByTimeAsync(1_999);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await ending;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not wait for one that is cut off and does not end', async () => {
    claim.mockResolvedValueOnce([delivery]);
    deliver.mockImplementationOnce(never);
    const { ended, ending } = await endingOf(openSending(wiring, log));
    await vi.advanceTimersByTimeAsync(2_999);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await ending;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits for calls that were claimed when it was asked to end', async () => {
    const claimed = Promise.withResolvers<readonly ClaimedWebhookDelivery[]>();
    claim.mockReturnValueOnce(claimed.promise);
    const answer = Promise.withResolvers<WebhookReport>();
    deliver.mockReturnValueOnce(answer.promise);
    const { ended, ending } = await endingOf(openSending(wiring, log));
    claimed.resolve([delivery]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ended).not.toHaveBeenCalled();
    answer.resolve({ ...delivery, outcome: 'delivered', error: null });
    await ending;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells of what did not come through, and not of what did', async () => {
    claim.mockResolvedValueOnce([delivery, delivery, delivery]);
    deliver
      .mockResolvedValueOnce({ ...delivery, outcome: 'failed', error: 'refused' })
      .mockResolvedValueOnce({ ...delivery, outcome: 'quarantined', error: 'refused' });
    const end = openSending(wiring, log);
    await vi.advanceTimersByTimeAsync(0);
    await end();
    expect(log.mock.calls).toMatchObject([
      ['warning', 'A webhook did not come through', { delivery_id: 'delivery', code: 'refused' }],
      ['error', 'A webhook is in quarantine', { delivery_id: 'delivery', code: 'refused' }],
    ]);
  });

  it('says once that it cannot be done, and once that it can again', async () => {
    claim.mockRejectedValueOnce(new Error('gone')).mockRejectedValueOnce(new Error('gone'));
    const end = openSending(wiring, log);
    await vi.advanceTimersByTimeAsync(2_000);
    await end();
    expect(log.mock.calls).toMatchObject([
      ['warning', 'Webhooks cannot be sent', { error: 'gone' }],
      ['info', 'Webhooks are sent again'],
    ]);
  });
});

it('the health of webhooks is good while they are late by up to five minutes, and then the shop is degraded', async () => {
  const health = (oldestDueSeconds: number) =>
    webhooksHealth(() => ({ standing: async () => ({ oldestDueSeconds }) }));
  await expect(health(300).check()).resolves.toBeUndefined();
  await expect(health(300.1).check()).rejects.toThrow('Webhooks are late.');
  expect(await health(2.6).facts?.()).toEqual({ oldest_due_seconds: 3 });
  expect(health(0).optional).toBe(true);
});

async function endingOf(end: () => Promise<void>) {
  await vi.advanceTimersByTimeAsync(0);
  const ended = vi.fn();
  return { ended, ending: end().then(ended) };
}
