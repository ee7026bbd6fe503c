import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { VariantId } from '@kastoma/domain/core';
import { addUpDemand, type Demand } from '@kastoma/domain/inventory';

import { builderIds, nextNumber } from '../builders/builder-ids.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenVariant } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';
import { expectToAddUp, movementsOf } from './stock-ledger.contract.ts';
import { causeOf, revise } from './stock-queries.contract.ts';

export function stockReservationsContract(open: OpenShop): void {
  describe('units that are held', () => {
    const shop = shopOfSuite(open);
    const variantWith = async (units: number) => (await givenVariant(shop(), units)).variantId;
    const anOrder = () => `order:${nextNumber()}`;
    const reserve = (order: string, ...demand: readonly Demand[]) =>
      shop().inventory.run(SHOP, ({ ledger }) =>
        ledger.reserve(addUpDemand(demand), causeOf(order)),
      );
    const hold = async (order: string, ...demand: readonly Demand[]) =>
      expect((await reserve(order, ...demand)).isOk()).toBe(true);
    const release = async (order: string) =>
      (
        await shop().inventory.run(SHOP, ({ ledger }) => ledger.release(causeOf(order)))
      )._unsafeUnwrap();
    const fulfil = (order: string, ...demand: readonly Demand[]) =>
      shop().inventory.run(SHOP, ({ ledger }) =>
        ledger.fulfil(addUpDemand(demand), causeOf(order)),
      );
    const restock = (order: string, ...demand: readonly Demand[]) =>
      shop().inventory.run(SHOP, ({ ledger }) =>
        ledger.restock(addUpDemand(demand), causeOf(order)),
      );
    const stockOf = async (variantId: VariantId) => {
      await expectToAddUp(shop(), variantId);
      const { onHand, reserved } = (await shop().stockQueries.find(variantId))._unsafeUnwrap();
      return [onHand, reserved];
    };

    it('are given back exactly once, however often and by how many at once', async () => {
      const [a, b] = [await variantWith(10), await variantWith(10)];
      const [order, other] = [anOrder(), anOrder()];
      await hold(order, { variantId: a, quantity: 3 }, { variantId: b, quantity: 4 });
      await hold(other, { variantId: a, quantity: 2 });
      const released = await times(8, async () => release(order));
      expect(released.filter((all) => all.length > 0)).toEqual([
        addUpDemand([
          { variantId: a, quantity: 3 },
          { variantId: b, quantity: 4 },
        ]),
      ]);
      expect([await stockOf(a), await stockOf(b)]).toEqual([
        [10, 2],
        [10, 0],
      ]);
      expect(await release(order)).toEqual([]);
      expect(await release(anOrder())).toEqual([]);
      const [latest] = await movementsOf(shop(), b);
      expect(latest).toMatchObject({ type: 'release', reservedDelta: -4, reference: order });
    });

    it('leave the house in parts, and what is left is given back', async () => {
      const variantId = await variantWith(10);
      const order = anOrder();
      await hold(order, { variantId, quantity: 5 });
      expect((await fulfil(order, { variantId, quantity: 2 })).isOk()).toBe(true);
      expect(await stockOf(variantId)).toEqual([8, 3]);
      expect((await movementsOf(shop(), variantId))[0]).toMatchObject({
        type: 'sale',
        onHandDelta: -2,
        reservedDelta: -2,
      });
      expect(await release(order)).toEqual([{ variantId, quantity: 3 }]);
      expect(await stockOf(variantId)).toEqual([8, 0]);
    });

    it('are all that leaves the house: not one more, for one order or for another', async () => {
      const [a, b] = [await variantWith(10), await variantWith(10)];
      const order = anOrder();
      await hold(order, { variantId: a, quantity: 2 }, { variantId: b, quantity: 2 });
      const both = [
        { variantId: a, quantity: 1 },
        { variantId: b, quantity: 3 },
      ];
      expect(await fulfil(order, ...both)).toEqual(
        err({
          code: 'inventory.units_not_reserved',
          shortages: [{ variantId: b, requested: 3, available: 2 }],
        }),
      );
      expect([await stockOf(a), await stockOf(b)]).toEqual([
        [10, 2],
        [10, 2],
      ]);
      const runs = await times(6, () => fulfil(order, { variantId: a, quantity: 1 }));
      expect(runs.filter((run) => run.isOk())).toHaveLength(2);
      expect(await stockOf(a)).toEqual([8, 0]);
    });

    it('either leave the house or are given back when both happen at once', async () => {
      for (let round = 0; round < 5; round += 1) {
        const variantId = await variantWith(1);
        const order = anOrder();
        await hold(order, { variantId, quantity: 1 });
        const [sold, back] = await Promise.all([
          fulfil(order, { variantId, quantity: 1 }),
          release(order),
        ]);
        expect([sold.isOk(), back.length > 0].filter(Boolean)).toHaveLength(1);
        expect(await stockOf(variantId)).toEqual([sold.isOk() ? 0 : 1, 0]);
      }
    });

    it('may be held anew after they were given back', async () => {
      const variantId = await variantWith(4);
      const order = anOrder();
      await hold(order, { variantId, quantity: 3 });
      await release(order);
      expect((await reserve(order, { variantId, quantity: 2 })).isOk()).toBe(true);
      expect(await fulfil(order, { variantId, quantity: 3 })).toMatchObject({
        error: { shortages: [{ available: 2 }] },
      });
      expect(await release(order)).toEqual([{ variantId, quantity: 2 }]);
    });

    it('come back onto the shelf when they are returned', async () => {
      const variantId = await variantWith(4);
      const order = anOrder();
      await hold(order, { variantId, quantity: 3 });
      expect((await fulfil(order, { variantId, quantity: 3 })).isOk()).toBe(true);
      expect((await restock(order, { variantId, quantity: 2 })).isOk()).toBe(true);
      expect(await stockOf(variantId)).toEqual([3, 0]);
      const unknown = builderIds.next<VariantId>();
      expect((await restock(order, { variantId: unknown, quantity: 1 })).isErr()).toBe(true);
    });

    it('are none where nobody counts: everything can be had, and nothing is written down', async () => {
      const variantId = await variantWith(0);
      await revise(shop(), variantId, { tracking: { mode: 'not_tracked' } });
      const order = anOrder();
      expect((await reserve(order, { variantId, quantity: 50 })).isOk()).toBe(true);
      expect((await fulfil(order, { variantId, quantity: 50 })).isOk()).toBe(true);
      expect((await restock(order, { variantId, quantity: 5 })).isOk()).toBe(true);
      expect(await release(order)).toEqual([]);
      expect(await movementsOf(shop(), variantId)).toEqual([]);
      expect(await stockOf(variantId)).toEqual([0, 0]);
    });

    it('of a time when somebody counted leave the house when nobody does any more', async () => {
      const variantId = await variantWith(5);
      const order = anOrder();
      await hold(order, { variantId, quantity: 2 });
      await revise(shop(), variantId, { tracking: { mode: 'not_tracked' } });
      expect((await fulfil(order, { variantId, quantity: 1 })).isOk()).toBe(true);
      expect(await release(order)).toEqual([{ variantId, quantity: 1 }]);
      expect(await stockOf(variantId)).toEqual([4, 0]);
    });

    it('run ahead of the goods as far as the limit of backorders, however many come at once', async () => {
      const variantId = await variantWith(4);
      await revise(shop(), variantId, { tracking: { mode: 'backorder', limit: 6 } });
      const runs = await times(20, async () => reserve(anOrder(), { variantId, quantity: 1 }));
      expect(runs.filter((run) => run.isOk())).toHaveLength(10);
      expect(await stockOf(variantId)).toEqual([4, 10]);
      const refused = runs.find((run) => run.isErr());
      expect(refused?._unsafeUnwrapErr()).toMatchObject({ shortages: [{ available: 0 }] });
    });

    it('are shipped before the books know of their arrival where backorders are on', async () => {
      const variantId = await variantWith(1);
      await revise(shop(), variantId, { tracking: { mode: 'backorder', limit: null } });
      const order = anOrder();
      await hold(order, { variantId, quantity: 3 });
      expect((await fulfil(order, { variantId, quantity: 3 })).isOk()).toBe(true);
      expect(await stockOf(variantId)).toEqual([-2, 0]);
    });

    it('are never more than a stock take finds, when both happen at once', async () => {
      for (let round = 0; round < 5; round += 1) {
        const variantId = await variantWith(10);
        const counting = shop().inventory.run(SHOP, async ({ ledger, locations }) => {
          const main = (await locations.find(null))._unsafeUnwrap();
          const before = (await ledger.find(variantId, main.state.id))._unsafeUnwrap();
          return before
            .revise({ counted: 4 }, causeOf('stock_take'))
            .asyncAndThen((moved) => ledger.save(before, moved, causeOf('').at));
        });
        const orders = times(8, async () => reserve(anOrder(), { variantId, quantity: 1 }));
        const counted = await counting;
        const sold = (await orders).filter((run) => run.isOk()).length;
        expect(await stockOf(variantId)).toEqual([counted.isOk() ? 4 : 10, sold]);
        expect(sold).toBe(counted.isOk() ? 4 : 8);
      }
    });

    it('are told of when the last one went and when the first came back, and staff’s changes always', async () => {
      const variantId = await variantWith(3);
      const order = anOrder();
      await hold(anOrder(), { variantId, quantity: 1 });
      await hold(order, { variantId, quantity: 2 });
      await release(order);
      await revise(shop(), variantId, { counted: 8 });
      const told = (await shop().eventsOf(variantId)).filter(
        ({ type }) => type === 'inventory.stock_changed',
      );
      expect(told.map(({ payload }) => payload)).toMatchObject([
        { onHand: 3, reserved: 3, available: 0, inStock: false, inStockChanged: true },
        { onHand: 3, reserved: 1, available: 2, inStock: true, inStockChanged: true },
        { onHand: 8, reserved: 1, available: 7, inStock: true, inStockChanged: false },
      ]);
      expect(told.map(({ aggregateVersion }) => aggregateVersion)).toEqual([3, 4, 5]);
    });
  });
}
