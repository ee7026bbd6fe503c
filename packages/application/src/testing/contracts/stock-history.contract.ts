import fc from 'fast-check';
import type { Result } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { VariantId } from '@kastoma/domain/core';
import { addUpDemand, defineTracking, lowestAvailable } from '@kastoma/domain/inventory';

import type { InventoryTx } from '../../inventory/inventory.unit-of-work.ts';
import { nextNumber } from '../builders/builder-ids.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop, ShopPorts } from '../shop-ports.ts';
import { givenVariant } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';
import { expectToAddUp } from './stock-ledger.contract.ts';
import { causeOf } from './stock-queries.contract.ts';

const anyStep = fc.record({
  kind: fc.constantFrom(
    ...(['reserve', 'reserve', 'release', 'fulfil', 'restock'] as const),
    ...(['purchase', 'damage', 'adjustment', 'count', 'rules'] as const),
  ),
  order: fc.nat(3),
  variant: fc.nat(1),
  units: fc.integer({ min: 1, max: 6 }),
  mode: fc.constantFrom('tracked', 'backorder', 'not_tracked'),
});
type Step = typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never;

/** Random histories, one step after the other and then all at once: the books add up at every moment. */
export function stockHistoryContract(open: OpenShop, { runs = 60 }: { runs?: number } = {}): void {
  describe('the books of stock', () => {
    const shop = shopOfSuite(open);

    it.each([
      ['one thing after the other', false],
      ['everything at once', true],
    ])('add up, whatever happens, %s', { timeout: 60_000 }, async (_title, atOnce) => {
      const histories = fc.array(anyStep, { minLength: 5, maxLength: 25 });
      await fc.assert(
        fc.asyncProperty(histories, async (steps) => {
          const variants = [
            (await givenVariant(shop(), 8)).variantId,
            (await givenVariant(shop(), 3)).variantId,
          ] as const;
          const history = nextNumber();
          const take = async (step: Step) => takeStep(shop(), step, variants, history);
          if (atOnce) await Promise.all(steps.map(take));
          else
            for (const step of steps) {
              await take(step);
              for (const variantId of variants) await expectSoundness(shop(), variantId);
            }
          for (const variantId of variants) await expectSoundness(shop(), variantId);
          await expectReservationsToHoldAll(shop(), variants, history);
        }),
        { numRuns: runs },
      );
    });
  });
}

async function takeStep(
  shop: ShopPorts,
  { kind, order, variant, units, mode }: Step,
  variants: readonly [VariantId, VariantId],
  history: number,
): Promise<void> {
  const variantId = variant === 0 ? variants[0] : variants[1];
  const cause = causeOf(`order:${history}.${order}`);
  const one = [{ variantId, quantity: units }];
  const both = addUpDemand(variants.map((id) => ({ variantId: id, quantity: units })));
  type Refusal = { readonly code: string };
  const work = async ({ ledger, locations }: InventoryTx): Promise<Result<unknown, Refusal>> => {
    switch (kind) {
      case 'reserve':
        return ledger.reserve(order === 0 ? both : one, cause);
      case 'release':
        return ledger.release(cause).map(() => undefined);
      case 'fulfil':
        return ledger.fulfil(one, cause);
      case 'restock':
        return ledger.restock(one, cause);
      case 'purchase':
      case 'damage':
      case 'adjustment':
      case 'count':
      case 'rules': {
        const main = (await locations.find(null))._unsafeUnwrap();
        const before = (await ledger.find(variantId, main.state.id))._unsafeUnwrap();
        const limit = mode === 'backorder' && units < 6 ? units : null;
        const tracking = defineTracking(mode, limit)._unsafeUnwrap();
        const moved =
          kind === 'count'
            ? before.revise({ counted: units + 3 }, cause)
            : kind === 'rules'
              ? before.revise({ tracking }, cause)
              : before.post(kind, kind === 'adjustment' ? units - 3 : units, cause);
        return moved
          .asyncAndThen((change) => ledger.save(before, change, cause.at))
          .map(() => undefined);
      }
    }
  };
  const outcome = await shop.inventory.run(SHOP, work);
  // What the rules refuse is an answer; anything else would be thrown.
  if (outcome.isErr()) expect(outcome.error.code).toMatch(/^inventory\./);
}

async function expectSoundness(shop: ShopPorts, variantId: VariantId): Promise<void> {
  await expectToAddUp(shop, variantId);
  const stock = (await shop.stockQueries.find(variantId))._unsafeUnwrap();
  const { onHand, reserved, tracking, backorderLimit } = stock;
  const rule = defineTracking(tracking, backorderLimit)._unsafeUnwrap();
  expect(reserved).toBeGreaterThanOrEqual(0);
  expect(onHand - reserved).toBeGreaterThanOrEqual(lowestAvailable(rule));
}

/** When everybody has given back what they hold, nothing is reserved any more. */
async function expectReservationsToHoldAll(
  shop: ShopPorts,
  variants: readonly VariantId[],
  history: number,
): Promise<void> {
  for (const order of [0, 1, 2, 3]) {
    const cause = causeOf(`order:${history}.${order}`);
    (await shop.inventory.run(SHOP, ({ ledger }) => ledger.release(cause)))._unsafeUnwrap();
  }
  for (const variantId of variants) {
    await expectSoundness(shop, variantId);
    expect((await shop.stockQueries.find(variantId))._unsafeUnwrap().reserved).toBe(0);
  }
}
