import { beforeAll, describe, expect, it } from 'vitest';

import type { UserId } from '@kastoma/domain/core';

import {
  comparePositions,
  readPosition,
  writePosition,
  type LogPosition,
} from '../../notifications/order-event-log.port.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer, givenOrder } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function orderEventLogContract(open: OpenShop): void {
  describe('the log of what happens to orders', () => {
    const shop = shopOfSuite(open);
    let customer: UserId;

    beforeAll(async () => {
      customer = await givenCustomer(shop());
    });

    it('begins behind all that was told, and tells what happens from then on', async () => {
      const before = await shop().orderEventLog.now();
      await givenOrder(shop(), customer);
      await awaited(before, 1);
      const beginning = await shop().orderEventLog.now();
      expect(await after(beginning)).toEqual([]);
      const order = await givenOrder(shop(), customer);
      const [told, ...others] = await awaited(beginning, 1);
      expect(others).toEqual([]);
      const { id, number, placedAt, totals } = order.state;
      expect(told?.event).toMatchObject({
        type: 'order.placed',
        occurredAt: placedAt,
        correlationId: 'test',
        data: { order_id: id, number, total: totals.total.toJSON() },
      });
      expect(told?.event.id).toBe(told?.position.eventId);
      expect(JSON.stringify(told)).not.toContain(customer);
      expect(await shop().orderEventLog.last()).toEqual(told?.position);
    });

    it('is read on from any place in it, in one order, and a place survives being written down', async () => {
      const beginning = await shop().orderEventLog.now();
      await times(6, () => givenOrder(shop(), customer));
      const all = await awaited(beginning, 6);
      const places = all.map(({ position }) => position);
      expect(places).toEqual(places.toSorted(comparePositions));
      const third = readPosition(writePosition(places[2] as LogPosition)) as LogPosition;
      expect(await after(third)).toEqual(all.slice(3));
      expect(await shop().orderEventLog.after(beginning, 2)).toEqual(all.slice(0, 2));
      expect(new Set(all.map(({ event }) => event.id)).size).toBe(6);
    });

    function after(position: LogPosition) {
      return shop().orderEventLog.after(position, 100);
    }

    /** Others may hold transactions open, and what comes after those is told when they have ended. */
    async function awaited(position: LogPosition, count: number) {
      await expect
        .poll(async () => (await after(position)).length, { timeout: 10_000 })
        .toBeGreaterThanOrEqual(count);
      return after(position);
    }
  });
}
