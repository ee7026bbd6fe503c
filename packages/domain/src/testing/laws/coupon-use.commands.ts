import fc from 'fast-check';

import { demand, demandSame } from './breach.ts';
import type { CouponUseModel, CouponUses, UseLimits } from './coupon-use.model.ts';

export type CouponUseCommand = fc.AsyncCommand<CouponUseModel, CouponUses>;

const CUSTOMERS = ['ada@people.example', 'grace@people.example', 'alan@people.example'] as const;

/** An order has one customer. */
function customerOf(order: number): string {
  return CUSTOMERS[order % CUSTOMERS.length] ?? CUSTOMERS[0];
}

/** Limits that are reached soon; some promotions have none. */
export function anyUseLimits(): fc.Arbitrary<readonly UseLimits[]> {
  const limit = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined });
  return fc
    .array(fc.record({ total: limit, perCustomer: limit }), { minLength: 1, maxLength: 3 })
    .map((all) => all.map((of, index) => ({ ...of, promotionId: `promotion-${index}` })));
}

/** Orders that are placed, tried again, placed at the same moment and cancelled. */
export function couponUseCommands(
  limits: readonly UseLimits[],
): fc.Arbitrary<Iterable<CouponUseCommand>> {
  const promotion = fc.constantFrom(...limits.map(({ promotionId }) => promotionId));
  const order = fc.nat({ max: 7 });
  return fc.commands<CouponUseModel, CouponUses, false>(
    [
      fc.tuple(order, promotion).map(([number, id]) => new Redeem(number, id)),
      fc
        .tuple(fc.uniqueArray(order, { minLength: 2, maxLength: 5 }), promotion)
        .map(([numbers, id]) => new RedeemAtOnce(numbers, id)),
      order.map((number) => new GiveBack(number)),
    ],
    { maxCommands: 25, size: '+1', disableReplayLog: true },
  );
}

/** Compares what was counted with what should have been. */
async function demandCounts(
  model: CouponUseModel,
  uses: CouponUses,
  promotionId: string,
  customer: string,
): Promise<void> {
  const counted = await uses.usesOf(promotionId, customer);
  demand(
    !model.isExceeded(promotionId, counted),
    () => `${promotionId} was used ${counted.total} times, above its limit`,
  );
  const expected = model.usesOf(promotionId, customer);
  demandSame(`${counted.total}`, `${expected.total}`, `the uses of ${promotionId}`);
  demandSame(
    `${counted.byCustomer}`,
    `${expected.byCustomer}`,
    `the uses of ${promotionId} by ${customer}`,
  );
}

class Redeem implements CouponUseCommand {
  readonly #order: number;
  readonly #promotionId: string;

  constructor(order: number, promotionId: string) {
    this.#order = order;
    this.#promotionId = promotionId;
  }

  check(model: Readonly<CouponUseModel>): boolean {
    return !model.isGivenBack(this.#orderId);
  }

  async run(model: CouponUseModel, uses: CouponUses): Promise<void> {
    const customer = customerOf(this.#order);
    const isRepeated = model.has(this.#orderId, this.#promotionId);
    const isLetIn = isRepeated || model.hasRoom(this.#promotionId, customer);
    const outcome = await uses.redeem(this.#orderId, this.#promotionId, customer);
    demandSame(outcome, isLetIn ? 'redeemed' : 'limit_reached', this.toString());
    if (isLetIn) model.redeem(this.#orderId, this.#promotionId, customer);
    await demandCounts(model, uses, this.#promotionId, customer);
  }

  toString(): string {
    return `redeem(${this.#orderId}, ${this.#promotionId}, ${customerOf(this.#order)})`;
  }

  get #orderId(): string {
    return `order-${this.#order}`;
  }
}

/** Who wins a race is not said; but nobody is let in above a limit, and nobody is turned away below it. */
class RedeemAtOnce implements CouponUseCommand {
  readonly #orders: readonly number[];
  readonly #promotionId: string;

  constructor(orders: readonly number[], promotionId: string) {
    this.#orders = orders;
    this.#promotionId = promotionId;
  }

  check(model: Readonly<CouponUseModel>): boolean {
    return this.#orders.every((order) => !model.isGivenBack(`order-${order}`));
  }

  async run(model: CouponUseModel, uses: CouponUses): Promise<void> {
    const outcomes = await Promise.all(
      this.#orders.map(async (order) => ({
        order,
        outcome: await uses.redeem(`order-${order}`, this.#promotionId, customerOf(order)),
      })),
    );
    for (const { order, outcome } of outcomes)
      if (outcome === 'redeemed')
        model.redeem(`order-${order}`, this.#promotionId, customerOf(order));
    for (const { order, outcome } of outcomes) {
      const customer = customerOf(order);
      await demandCounts(model, uses, this.#promotionId, customer);
      demand(
        outcome === 'redeemed' || !model.hasRoom(this.#promotionId, customer),
        () => `order-${order} was turned away by ${this.#promotionId}, which has uses left`,
      );
    }
  }

  toString(): string {
    return `redeemAtOnce([${this.#orders.map((order) => `order-${order}`).join(', ')}], ${this.#promotionId})`;
  }
}

class GiveBack implements CouponUseCommand {
  readonly #order: number;

  constructor(order: number) {
    this.#order = order;
  }

  check(): boolean {
    return true;
  }

  async run(model: CouponUseModel, uses: CouponUses): Promise<void> {
    await uses.giveBack(`order-${this.#order}`);
    model.giveBack(`order-${this.#order}`);
    const customer = customerOf(this.#order);
    for (const promotionId of model.promotionIds)
      await demandCounts(model, uses, promotionId, customer);
  }

  toString(): string {
    return `giveBack(order-${this.#order})`;
  }
}
