import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, VariantId } from '@kastoma/domain/core';
import { addUpDemand, type Demand, type MovementCause } from '@kastoma/domain/inventory';

import { builderIds } from '../builders/builder-ids.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop, ShopPorts } from '../shop-ports.ts';
import { givenVariant } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const cause: MovementCause = {
  reference: 'order:42',
  actor: 'user:7',
  reason: 'Order placed',
  at: Date.UTC(2026, 10, 23, 10, 0, 0, 123) as Instant,
};

export function stockLedgerContract(open: OpenShop): void {
  describe('a stock ledger', () => {
    const shop = shopOfSuite(open);
    const variantWith = async (units: number) => (await givenVariant(shop(), units)).variantId;
    const reserve = (...demand: readonly Demand[]) =>
      shop().inventory.run(SHOP, ({ ledger }) => ledger.reserve(addUpDemand(demand), cause));
    const stockOf = async (variantId: VariantId) => {
      const found = (await shop().stockQueries.find(variantId))._unsafeUnwrap();
      await expectToAddUp(shop(), variantId);
      return found;
    };

    it('opens an account with its first units as a movement, or with none', async () => {
      const full = await variantWith(12);
      const empty = await variantWith(0);
      expect(await stockOf(full)).toMatchObject({ onHand: 12, reserved: 0, available: 12 });
      expect(await stockOf(empty)).toMatchObject({ onHand: 0, reserved: 0, available: 0 });
      expect(await movementsOf(shop(), empty)).toEqual([]);
      expect(await movementsOf(shop(), full)).toMatchObject([
        { type: 'adjustment', onHandDelta: 12, reservedDelta: 0, reason: 'Initial stock' },
      ]);
    });

    it('reserves units, and writes down why', async () => {
      const variantId = await variantWith(12);
      expect((await reserve({ variantId, quantity: 5 })).isOk()).toBe(true);
      expect(await stockOf(variantId)).toMatchObject({
        onHand: 12,
        reserved: 5,
        available: 7,
        version: 2,
      });
      const [latest] = await movementsOf(shop(), variantId);
      expect(latest).toMatchObject({
        type: 'reservation',
        onHandDelta: 0,
        reservedDelta: 5,
        onHandBefore: 12,
        onHandAfter: 12,
        reservedBefore: 0,
        reservedAfter: 5,
        reference: 'order:42',
        actor: 'user:7',
        reason: 'Order placed',
        occurredAt: cause.at,
      });
    });

    it('reserves to the last unit, and not one more', async () => {
      const variantId = await variantWith(3);
      expect((await reserve({ variantId, quantity: 3 })).isOk()).toBe(true);
      expect(await reserve({ variantId, quantity: 1 })).toEqual(
        shortOf({ variantId, requested: 1, available: 0 }),
      );
      expect(await stockOf(variantId)).toMatchObject({ reserved: 3, version: 2 });
    });

    it('reserves all or nothing, and names everything that is short', async () => {
      const [plenty, little, none] = [
        await variantWith(10),
        await variantWith(2),
        await variantWith(0),
      ];
      const unknown = builderIds.next<VariantId>();
      const refused = await reserve(
        { variantId: plenty, quantity: 4 },
        { variantId: little, quantity: 3 },
        { variantId: none, quantity: 1 },
        { variantId: unknown, quantity: 1 },
      );
      expect(refused).toEqual(
        shortOf(
          { variantId: little, requested: 3, available: 2 },
          { variantId: none, requested: 1, available: 0 },
          { variantId: unknown, requested: 1, available: 0 },
        ),
      );
      expect(await stockOf(plenty)).toMatchObject({ reserved: 0, version: 1 });
      expect(await stockOf(little)).toMatchObject({ reserved: 0, version: 1 });
      expect(await movementsOf(shop(), plenty)).toHaveLength(1);
    });

    it('takes a reservation back when its transaction fails', async () => {
      const variantId = await variantWith(5);
      const run = await shop().inventory.run(SHOP, ({ ledger }) =>
        ledger
          .reserve([{ variantId, quantity: 5 }], cause)
          .andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(run).toEqual(err({ code: 'test.refused' }));
      expect(await stockOf(variantId)).toMatchObject({ reserved: 0, version: 1 });
      expect(await movementsOf(shop(), variantId)).toHaveLength(1);
    });

    it('never sells more than there is, however many want it at once', async () => {
      const variantId = await variantWith(10);
      const runs = await times(30, (index) => reserve({ variantId, quantity: (index % 3) + 1 }));
      const sold = runs.reduce((sum, run, index) => sum + (run.isOk() ? (index % 3) + 1 : 0), 0);
      expect(await stockOf(variantId)).toMatchObject({ onHand: 10, reserved: sold });
      expect(sold).toBe(10);
      for (const run of runs.filter((it) => it.isErr())) {
        expect(run._unsafeUnwrapErr()).toMatchObject({ code: 'inventory.insufficient_stock' });
      }
    });

    it('gives several variants to one or the other when both want both', async () => {
      const a = await variantWith(20);
      const b = await variantWith(20);
      const runs = await times(40, (index) => {
        const both = [
          { variantId: a, quantity: 1 },
          { variantId: b, quantity: 1 },
        ];
        return reserve(...(index % 2 === 0 ? both : both.toReversed()));
      });
      expect(runs.filter((run) => run.isOk())).toHaveLength(20);
      expect(await stockOf(a)).toMatchObject({ reserved: 20 });
      expect(await stockOf(b)).toMatchObject({ reserved: 20 });
    });

    it('has an empty demand fulfilled by doing nothing', async () => {
      expect(await reserve()).toEqual(ok());
    });
  });
}

function shortOf(
  ...shortages: readonly { variantId: VariantId; requested: number; available: number }[]
) {
  return err({ code: 'inventory.insufficient_stock', shortages });
}

export async function movementsOf(shop: ShopPorts, variantId: VariantId) {
  const filter = { variantId, location: null, type: null };
  const page = await shop.stockQueries.movements(filter, { page: 1, pageSize: 1_000 });
  return page._unsafeUnwrap().items;
}

/** Each column is the sum of its deltas, and each movement begins where the one before it ended. */
export async function expectToAddUp(shop: ShopPorts, variantId: VariantId): Promise<void> {
  const stock = (await shop.stockQueries.find(variantId))._unsafeUnwrap();
  const movements = await movementsOf(shop, variantId);
  const sum = (deltas: readonly number[]) => deltas.reduce((total, delta) => total + delta, 0);
  expect(sum(movements.map(({ onHandDelta }) => onHandDelta))).toBe(stock.onHand);
  expect(sum(movements.map(({ reservedDelta }) => reservedDelta))).toBe(stock.reserved);
  const oldestFirst = movements.toReversed();
  const before = oldestFirst.map(({ onHandBefore, reservedBefore }) => [
    onHandBefore,
    reservedBefore,
  ]);
  const after = oldestFirst.map(({ onHandAfter, reservedAfter }) => [onHandAfter, reservedAfter]);
  expect([...before, [stock.onHand, stock.reserved]]).toEqual([[0, 0], ...after]);
}
