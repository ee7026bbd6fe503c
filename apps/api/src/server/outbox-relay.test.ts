import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ClaimedDelivery, DeliveryReport } from '@kastoma/application/core';
import type { Instant } from '@kastoma/domain/core';

import { startRelay } from './outbox-relay.ts';

const claim = vi.fn<(limit: number) => Promise<readonly ClaimedDelivery[]>>();
const deliver = vi.fn<(delivery: ClaimedDelivery) => Promise<DeliveryReport>>();
const log = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  claim.mockResolvedValue([]);
  deliver.mockImplementation(async (delivery) => ({ ...delivery, outcome: 'handled' }));
});

afterEach(() => vi.useRealTimers());

const start = () => startRelay({ claim, deliver }, log);
const pass = async (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe('a running relay', () => {
  it('asks twice a second when there is nothing to do, and not any more when it is stopped', async () => {
    const stop = start();
    await pass(10_000);
    expect(claim).toHaveBeenCalledTimes(21);
    await stop();
    await pass(10_000);
    expect(claim).toHaveBeenCalledTimes(21);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('asks again at once when a delivery has ended, until nothing is due', async () => {
    claim.mockResolvedValueOnce([aDelivery('1')]).mockResolvedValueOnce([aDelivery('2')]);
    const stop = start();
    await pass(0);
    expect(deliver.mock.calls.map(([{ eventId }]) => eventId)).toEqual(['1', '2']);
    await stop();
  });

  it('takes eight at once, and more when half of them are done', async () => {
    const ends: (() => void)[] = [];
    deliver.mockImplementation(
      async (delivery) =>
        new Promise((resolve) => {
          ends.push(() => {
            resolve({ ...delivery, outcome: 'handled' });
          });
        }),
    );
    claim.mockImplementation(async (limit) =>
      Array.from({ length: limit }, () => aDelivery('any')),
    );
    const stop = start();
    await pass(0);
    expect(claim.mock.calls).toEqual([[8]]);
    for (const end of ends.slice(0, 3)) end();
    await pass(0);
    expect(claim).toHaveBeenCalledTimes(1);
    ends[3]?.();
    await pass(0);
    expect(claim.mock.calls).toEqual([[8], [4]]);
    const stopping = stop();
    for (const end of ends) end();
    await stopping;
  });

  it('goes on with others when some take long', async () => {
    deliver.mockReturnValue(never());
    claim.mockResolvedValueOnce(Array.from({ length: 7 }, () => aDelivery('stalled')));
    const stop = start();
    await pass(0);
    deliver.mockImplementation(async (delivery) => ({ ...delivery, outcome: 'handled' }));
    claim.mockResolvedValueOnce([aDelivery('quick')]);
    await pass(500);
    expect(claim.mock.calls[1]).toEqual([1]);
    expect(deliver).toHaveBeenLastCalledWith(aDelivery('quick'));
    const stopping = stop();
    await pass(2_000);
    await stopping;
  });

  it('lets what is under way end when it is stopped', async () => {
    const underWay = Promise.withResolvers<DeliveryReport>();
    claim.mockResolvedValueOnce([aDelivery('1')]);
    deliver.mockReturnValueOnce(underWay.promise);
    const stop = start();
    await pass(0);
    const stopped = vi.fn();
    const stopping = stop().then(stopped);
    await pass(1_000);
    expect(stopped).not.toHaveBeenCalled();
    underWay.resolve({ ...aDelivery('1'), outcome: 'handled' });
    await stopping;
  });

  it('waits two seconds for it and no longer', async () => {
    claim.mockResolvedValueOnce([aDelivery('1')]);
    deliver.mockReturnValueOnce(never());
    const stop = start();
    await pass(0);
    const stopped = vi.fn();
    const stopping = stop().then(stopped);
    await pass(1_999);
    expect(stopped).not.toHaveBeenCalled();
    await pass(1);
    expect(stopped).toHaveBeenCalledOnce();
    await stopping;
  });

  it('warns of what was not handled yet, and reports what is in quarantine, with nothing of anybody', async () => {
    const error = new TypeError('a bug');
    const failed = { ...aDelivery('1'), outcome: 'failed', code: 'test.refused' } as const;
    const given = { ...aDelivery('2'), outcome: 'quarantined', code: 'defect', error } as const;
    claim.mockResolvedValueOnce([failed, given]);
    deliver.mockResolvedValueOnce(failed).mockResolvedValueOnce(given);
    const stop = start();
    await pass(0);
    await stop();
    const told = {
      event_type: 'test.happened',
      consumer: 'test.listener',
      attempts: 1,
      request_id: 'request',
    };
    expect(log.mock.calls).toEqual([
      ['warning', 'An event was not handled yet', { ...told, event_id: '1', code: 'test.refused' }],
      [
        'error',
        'An event is in quarantine',
        expect.objectContaining({ ...told, event_id: '2', code: 'defect', error: 'a bug' }),
      ],
    ]);
  });

  it('says once that the database is gone, and once that it is back', async () => {
    claim.mockRejectedValue(new Error('gone'));
    const stop = start();
    await pass(5_000);
    claim.mockResolvedValueOnce([aDelivery('1')]);
    deliver.mockRejectedValueOnce(new Error('gone again'));
    claim.mockResolvedValue([]);
    await pass(5_000);
    await stop();
    expect(log.mock.calls).toMatchObject([
      ['warning', 'Events cannot be relayed', { error: 'gone' }],
      ['info', 'Events are relayed again'],
      ['warning', 'Events cannot be relayed', { error: 'gone again' }],
      ['info', 'Events are relayed again'],
    ]);
  });
});

function never(): Promise<never> {
  return Promise.withResolvers<never>().promise;
}

function aDelivery(eventId: string): ClaimedDelivery {
  return {
    eventId,
    consumer: 'test.listener',
    attempts: 1,
    correlationId: 'request',
    event: {
      type: 'test.happened',
      schemaVersion: 1,
      aggregateId: 'aggregate',
      aggregateVersion: 1,
      occurredAt: 0 as Instant,
      payload: { email: 'ada@example.com' },
    },
  };
}
