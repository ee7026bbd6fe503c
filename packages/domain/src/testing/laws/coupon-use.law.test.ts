import fc from 'fast-check';
import { expect, test } from 'vitest';

import { laws } from './all-laws.ts';
import { anyUseLimits, couponUseCommands, type CouponUseCommand } from './coupon-use.commands.ts';
import {
  modelOfCouponUse,
  type CouponUseModel,
  type CouponUses,
  type OpenCouponUses,
  type Redemption,
  type UseCounts,
  type UseLimits,
} from './coupon-use.model.ts';

type Mistake = 'none' | 'counts a retry' | 'gives back twice' | 'races' | 'forgets the customer';

/** Counts in memory, as a shop might; on request with a mistake that shops have made. */
class UsesInMemory implements CouponUses {
  readonly #limits: ReadonlyMap<string, UseLimits>;
  readonly #mistake: Mistake;
  #uses: { readonly orderId: string; readonly promotionId: string; readonly customer: string }[] =
    [];
  #givenBackTooMuch = 0;

  constructor(limits: readonly UseLimits[], mistake: Mistake) {
    this.#limits = new Map(limits.map((of) => [of.promotionId, of]));
    this.#mistake = mistake;
  }

  async redeem(orderId: string, promotionId: string, customer: string): Promise<Redemption> {
    const isRepeated = this.#uses.some(
      (use) => use.orderId === orderId && use.promotionId === promotionId,
    );
    if (isRepeated && this.#mistake !== 'counts a retry') return 'redeemed';
    const { total = Infinity, perCustomer = Infinity } = this.#limits.get(promotionId) ?? {};
    const uses = this.usesOf(promotionId, customer);
    const byCustomer = this.#mistake === 'forgets the customer' ? 0 : uses.byCustomer;
    if (uses.total >= total || byCustomer >= perCustomer) return 'limit_reached';
    if (this.#mistake === 'races') await Promise.resolve();
    this.#uses.push({ orderId, promotionId, customer });
    return 'redeemed';
  }

  giveBack(orderId: string) {
    const left = this.#uses.filter((use) => use.orderId !== orderId);
    if (this.#mistake === 'gives back twice' && left.length === this.#uses.length)
      this.#givenBackTooMuch += 1;
    this.#uses = left;
  }

  usesOf(promotionId: string, customer: string): UseCounts {
    const uses = this.#uses.filter((use) => use.promotionId === promotionId);
    return {
      total: Math.max(0, uses.length - this.#givenBackTooMuch),
      byCustomer: uses.filter((use) => use.customer === customer).length,
    };
  }
}

test('a count that keeps the limits, counts an order once and gives back once keeps the law', async () => {
  const report = await laws.couponUse((limits) => new UsesInMemory(limits, 'none'), { seed: 1 });
  expect(report.runs).toBe(1_000);
});

test.each([
  ['counts a retry', /the uses of promotion-\d is \d, and should be \d|limit_reached/],
  ['gives back twice', /the uses of promotion-\d is \d, and should be \d/],
  ['races', /above its limit/],
  ['forgets the customer', /redeemed, and should be limit_reached|above its limit/],
] as const)('a count that %s is caught, and the shortest story is told', async (mistake, told) => {
  const broken = laws.couponUse((limits) => new UsesInMemory(limits, mistake), { seed: 1 });
  await expect(broken).rejects.toThrow(told);
  await expect(broken).rejects.toThrow(/commands: \[\s+"redeem/);
});

test('a broken law is seen again with its seed and its path', async () => {
  const open: OpenCouponUses = (limits) => new UsesInMemory(limits, 'races');
  const first: unknown = await laws.couponUse(open, { seed: 7 }).catch((thrown: unknown) => thrown);
  const { seed, path } = first as { readonly seed: number; readonly path: string };
  await expect(laws.couponUse(open, { seed, path })).rejects.toThrow(/above its limit/);
});

test('the commands run in any suite, against a model that may start with uses', async () => {
  const stories = anyUseLimits().chain((limits) =>
    fc.record({ limits: fc.constant(limits), commands: couponUseCommands(limits) }),
  );
  await fc.assert(
    fc.asyncProperty(stories, async ({ limits, commands }) => {
      const model: CouponUseModel = modelOfCouponUse(limits);
      const real = new UsesInMemory(limits, 'none');
      for (const { promotionId } of limits) {
        model.redeem('order-before', promotionId, 'ada@people.example');
        await real.redeem('order-before', promotionId, 'ada@people.example');
      }
      const story: Iterable<CouponUseCommand> = commands;
      await fc.asyncModelRun(() => ({ model, real }), story);
    }),
  );
});
