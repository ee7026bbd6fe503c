import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, LocationId, VariantId } from '@kastoma/domain/core';
import { Location, type MovementCause, type StockRevision } from '@kastoma/domain/inventory';

import type { MovementView } from '../../inventory/stock-queries.port.ts';
import { BUILT_AT, builderIds, nextNumber } from '../builders/builder-ids.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop, ShopPorts } from '../shop-ports.ts';
import { givenVariant } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function stockQueriesContract(open: OpenShop): void {
  describe('queries on stock', () => {
    const shop = shopOfSuite(open);
    const ledgerOf = (variantId: VariantId) => ({ variantId, location: null, type: null });
    const reserve = async (variantId: VariantId, order: number, expiresAt?: Instant) => {
      const run = await shop().inventory.run(SHOP, ({ ledger }) =>
        ledger.reserve([{ variantId, quantity: 1 }], causeOf(`order:${order}`), expiresAt),
      );
      expect(run.isOk()).toBe(true);
    };

    it('know no stock of an unknown variant, and no movements', async () => {
      const unknown = builderIds.next<VariantId>();
      const notFound = err({ code: 'inventory.stock_not_found' });
      const { stockQueries } = shop();
      expect(await stockQueries.find(unknown)).toEqual(notFound);
      expect(await stockQueries.movements(ledgerOf(unknown), { page: 1, pageSize: 10 })).toEqual(
        notFound,
      );
      expect(
        await stockQueries.movementFeed(ledgerOf(unknown), { after: null, pageSize: 10 }),
      ).toEqual(notFound);
    });

    it('know no stock at an unknown location', async () => {
      const { variantId } = await givenVariant(shop(), 10);
      const notFound = err({ code: 'inventory.location_not_found' });
      const { stockQueries } = shop();
      expect(await stockQueries.find(variantId, 'NOWHERE')).toEqual(notFound);
      const filter = { location: 'NOWHERE', threshold: 1 };
      expect(await stockQueries.lowStock(filter, { page: 1, pageSize: 1 })).toEqual(notFound);
    });

    it('list movements page by page, the latest first, each on one page', async () => {
      const { variantId } = await givenVariant(shop(), 10);
      for (const order of [1, 2, 3, 4]) await reserve(variantId, order);
      const pages = await Promise.all(
        [1, 2, 3, 4].map(async (page) =>
          (
            await shop().stockQueries.movements(ledgerOf(variantId), { page, pageSize: 2 })
          )._unsafeUnwrap(),
        ),
      );
      expect(pages.map(({ items }) => items.map(({ reference }) => reference))).toEqual([
        ['order:4', 'order:3'],
        ['order:2', 'order:1'],
        ['catalog'],
        [],
      ]);
      expect(pages.map(({ count, countIsExact }) => [count, countIsExact])).toEqual(
        pages.map(() => [5, true]),
      );
      const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
      expect(new Set(ids).size).toBe(5);
    });

    it('read a ledger on from where one was, whatever is written meanwhile, and one type of it', async () => {
      const { variantId } = await givenVariant(shop(), 10);
      for (const order of [1, 2, 3]) await reserve(variantId, order);
      const { stockQueries } = shop();
      const seen: MovementView[] = [];
      let after = null;
      do {
        const request = { after, pageSize: 2 };
        const part = await stockQueries.movementFeed(ledgerOf(variantId), request);
        seen.push(...part._unsafeUnwrap().items);
        after = part._unsafeUnwrap().next;
        if (seen.length === 2) await reserve(variantId, 4);
      } while (after !== null);
      expect(seen.map(({ reference }) => reference)).toEqual([
        'order:3',
        'order:2',
        'order:1',
        'catalog',
      ]);
      const filter = { ...ledgerOf(variantId), type: 'adjustment' as const };
      const page = await stockQueries.movements(filter, { page: 1, pageSize: 10 });
      expect(page._unsafeUnwrap()).toMatchObject({ count: 1, items: [{ reference: 'catalog' }] });
    });

    it('show an account with its rules, and nothing available where nobody counts', async () => {
      const { variantId } = await givenVariant(shop(), 3);
      const show = async () => (await shop().stockQueries.find(variantId))._unsafeUnwrap();
      expect(await show()).toEqual({
        variantId,
        location: 'MAIN',
        tracking: 'tracked',
        backorderLimit: null,
        reorderPoint: null,
        onHand: 3,
        reserved: 0,
        available: 3,
        inStock: true,
        version: 1,
      });
      await revise(shop(), variantId, {
        tracking: { mode: 'backorder', limit: 4 },
        reorderPoint: 2,
      });
      expect(await show()).toMatchObject({
        tracking: 'backorder',
        backorderLimit: 4,
        reorderPoint: 2,
      });
      await revise(shop(), variantId, { tracking: { mode: 'not_tracked' } });
      expect(await show()).toMatchObject({ available: null, inStock: true, version: 3 });
    });

    it('keep the units of each location apart, and orders away from all but the default one', async () => {
      const { variantId } = await givenVariant(shop(), 3);
      const code = await givenLocation(shop());
      const { stockQueries, locations } = shop();
      const none = { location: code, onHand: 0, version: 1, inStock: false };
      expect((await stockQueries.find(variantId, code))._unsafeUnwrap()).toMatchObject(none);
      const run = await shop().inventory.run(SHOP, async ({ ledger, locations: all }) => {
        const location = (await all.find(code))._unsafeUnwrap();
        const before = (await ledger.find(variantId, location.state.id))._unsafeUnwrap();
        const cause = causeOf('delivery');
        return ledger.save(
          before,
          before.post('purchase', 7, cause)._unsafeUnwrap(),
          BUILT_AT as Instant,
        );
      });
      expect(run.isOk()).toBe(true);
      const there = (await stockQueries.find(variantId, code))._unsafeUnwrap();
      expect(there).toMatchObject({ onHand: 7, version: 2 });
      expect((await stockQueries.find(variantId))._unsafeUnwrap()).toMatchObject({ onHand: 3 });
      const filter = { ...ledgerOf(variantId), location: code };
      const page = await stockQueries.movements(filter, { page: 1, pageSize: 9 });
      expect(page._unsafeUnwrap().items.map(({ onHandAfter }) => onHandAfter)).toEqual([7]);
      const listed = (await locations.list({ page: 1, pageSize: 100 })).items;
      expect(listed[0]?.state).toMatchObject({ code: 'MAIN', isDefault: true });
      expect(listed.map(({ state }) => state.code)).toContain(code);
    });

    it('refuse a second location under one code', async () => {
      const code = await givenLocation(shop());
      const again = shop().inventory.run(SHOP, ({ locations }) => locations.add(aLocation(code)));
      expect((await again)._unsafeUnwrapErr()).toMatchObject({
        code: 'inventory.location_code_taken',
      });
    });

    it('list what runs out, the least first: by its own point, or by the threshold where it has none', async () => {
      const few = (await givenVariant(shop(), 2)).variantId;
      const point = (await givenVariant(shop(), 40)).variantId;
      const low = (await givenVariant(shop(), 3)).variantId;
      const ignored = (await givenVariant(shop(), 1)).variantId;
      const archived = (await givenVariant(shop(), 1, { status: 'archived' })).variantId;
      await revise(shop(), point, { reorderPoint: 50 });
      await revise(shop(), low, { reorderPoint: 2 });
      await revise(shop(), ignored, { tracking: { mode: 'not_tracked' } });
      const own = new Set<string>([few, point, low, ignored, archived]);
      const list = async (threshold: number, pageSize = 100) => {
        const filter = { location: null, threshold };
        const page = await shop().stockQueries.lowStock(filter, { page: 1, pageSize });
        return page._unsafeUnwrap();
      };
      const seen = (await list(2)).items.filter(({ variantId }) => own.has(variantId));
      expect(seen).toMatchObject([
        { variantId: few, available: 2, threshold: 2 },
        { variantId: point, available: 40, threshold: 50 },
      ]);
      const all = (await list(1_000)).items;
      expect(all.map(({ available }) => available)).toEqual(
        all.map(({ available }) => available).toSorted((a, b) => a - b),
      );
      expect((await list(1_000, 1)).items).toEqual(all.slice(0, 1));
      expect((await list(1_000, 1)).count).toBe(all.length);
    });

    it('name what units are still held under although their time is up, the oldest first', async () => {
      const { variantId } = await givenVariant(shop(), 10);
      const orders = [nextNumber(), nextNumber(), nextNumber(), nextNumber()] as const;
      const due = (minutes: number) => (BUILT_AT + minutes * 60_000) as Instant;
      await reserve(variantId, orders[0], due(2));
      await reserve(variantId, orders[1], due(1));
      await reserve(variantId, orders[2], due(4));
      await reserve(variantId, orders[3]);
      const expired = async (minutes: number, limit = 10) =>
        shop().stockQueries.expiredReservations(due(minutes), limit);
      expect(await expired(3)).toEqual([`order:${orders[1]}`, `order:${orders[0]}`]);
      expect(await expired(3, 1)).toEqual([`order:${orders[1]}`]);
      const settled = shop().inventory.run(SHOP, ({ ledger }) =>
        ledger
          .release(causeOf(`order:${orders[1]}`))
          .andThen(() => ledger.holdUntil(`order:${orders[0]}`, null)),
      );
      expect((await settled)._unsafeUnwrap()).toBe(1);
      expect(await expired(3)).toEqual([]);
    });
  });
}

export function causeOf(reference: string): MovementCause {
  return { reference, actor: 'system', reason: 'A test', at: BUILT_AT as Instant };
}

/** Changes the rules of an account, or takes stock. */
export async function revise(
  shop: ShopPorts,
  variantId: VariantId,
  revision: StockRevision,
): Promise<void> {
  const revised = shop.inventory.run(SHOP, async ({ ledger, locations }) => {
    const main = (await locations.find(null))._unsafeUnwrap();
    const before = (await ledger.find(variantId, main.state.id))._unsafeUnwrap();
    const moved = before.revise(revision, causeOf('stock_take'))._unsafeUnwrap();
    return ledger.save(before, moved, BUILT_AT as Instant);
  });
  (await revised)._unsafeUnwrap();
}

function aLocation(code: string): Location {
  const id = builderIds.next<LocationId>();
  return Location.create({ id, code, name: 'A shed', at: BUILT_AT as Instant })._unsafeUnwrap();
}

async function givenLocation(shop: ShopPorts): Promise<string> {
  const code = `SHED-${nextNumber()}`;
  const added = shop.inventory.run(SHOP, ({ locations }) => locations.add(aLocation(code)));
  (await added)._unsafeUnwrap();
  return code;
}
