import fc from 'fast-check';

import type { PricingInput } from '../../pricing/pricing-input.ts';
import { demand, demandSame } from './breach.ts';
import { defineLaw } from './law.ts';
import type { LawRefundRequest, PaidOrder, Refunder } from './refunder.ts';

type Plan = readonly (
  | { readonly of: 'units'; readonly line: number; readonly part: number }
  | { readonly of: 'amount'; readonly perMille: number }
  | { readonly of: 'too much'; readonly beyond: number }
  | { readonly of: 'shipping' }
)[];

/** Law 10. */
export const refunds = defineLaw<Refunder, { readonly cart: PricingInput; readonly plan: Plan }>({
  law: 'refunds',
  says: 'However units, amounts and shipping are paid back, it adds up to what was paid for them and their tax, and never more is paid back than is left.',
  cases: (carts) => fc.record({ cart: carts, plan: anyPlan() }),
  check: (refunder, { cart, plan }) => {
    const order = refunder(cart);
    if (order === null) return fc.pre(false);
    const ledger = new Ledger(order);
    for (const step of plan) ledger.take(step);
    ledger.takeTheRest();
  },
});

function anyPlan(): fc.Arbitrary<Plan> {
  return fc.array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          of: fc.constant('units' as const),
          line: fc.nat({ max: 9 }),
          part: fc.nat({ max: 20 }),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          of: fc.constant('amount' as const),
          perMille: fc.integer({ min: 0, max: 1_000 }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          of: fc.constant('too much' as const),
          beyond: fc.integer({ min: 1, max: 100 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ of: fc.constant('shipping' as const) }) },
    ),
    { maxLength: 8 },
  );
}

/** What should be left, kept beside what the implementation says. Amounts may all be below zero: then so is what is left. */
class Ledger {
  readonly #order: PaidOrder;
  readonly #units: Map<string, number>;
  readonly #sign: bigint;
  #goods: bigint;
  #shipping: bigint;

  constructor(order: PaidOrder) {
    this.#order = order;
    this.#units = new Map(order.lines.map(({ id, quantity }) => [id, quantity]));
    this.#goods = order.lines.reduce((sum, { paid }) => sum + paid, 0n);
    this.#shipping = order.shippingPaid;
    this.#sign = this.#goods + this.#shipping < 0n ? -1n : 1n;
  }

  take(step: Plan[number]): void {
    switch (step.of) {
      case 'units':
        return this.#takeUnits(step.line, step.part);
      case 'amount':
        return this.#takeAmount((this.#goods * BigInt(step.perMille)) / 1_000n);
      case 'too much':
        return this.#refuseBeyond(BigInt(step.beyond) * this.#sign);
      case 'shipping':
        return this.#takeShipping();
    }
  }

  takeTheRest(): void {
    for (const [lineId, quantity] of this.#units)
      if (quantity > 0) this.#goodsPaidBack({ of: 'units', lineId, quantity });
    demandSame(this.#goods, 0n, 'what is left when every unit is paid back');
    this.#takeShipping();
    const again = this.#order.refund({ of: 'shipping' });
    demand((again ?? 0n) === 0n, () => `shipping was paid back twice, by ${again} more`);
  }

  #takeUnits(line: number, part: number): void {
    const [lineId, left] = [...this.#units][line % Math.max(1, this.#units.size)] ?? ['', 0];
    const quantity = Math.min(left, part);
    if (quantity > 0) {
      const isPaidBack = this.#goodsPaidBack({ of: 'units', lineId, quantity });
      if (isPaidBack) this.#units.set(lineId, left - quantity);
    } else if (lineId !== '') {
      const refused = this.#order.refund({ of: 'units', lineId, quantity: left + 1 });
      demand(refused === null, () => `${left + 1} units were paid back, and there were ${left}`);
    }
  }

  /** Units that cost nothing any more may be paid back with nothing, or refused: then they are still there. */
  #goodsPaidBack(request: LawRefundRequest): boolean {
    const paid = this.#order.refund(request);
    if (paid === null) return false;
    demand(paid * this.#sign >= 0n, () => `a refund pays back ${paid}`);
    demand(
      paid * this.#sign <= this.#goods * this.#sign,
      () => `a refund pays back ${paid}, and ${this.#goods} was left`,
    );
    this.#goods -= paid;
    return true;
  }

  #takeAmount(amount: bigint): void {
    if (amount === 0n) return;
    const paid = this.#order.refund({ of: 'amount', amount });
    demandSame(paid ?? 'refused', amount, 'a refund by amount');
    this.#goods -= amount;
  }

  #refuseBeyond(beyond: bigint): void {
    const amount = this.#goods + beyond;
    const paid = this.#order.refund({ of: 'amount', amount });
    demand(paid === null, () => `${amount} was paid back, and ${this.#goods} was left`);
  }

  #takeShipping(): void {
    const paid = this.#order.refund({ of: 'shipping' }) ?? 0n;
    demandSame(paid, this.#shipping, 'what is paid back for shipping');
    this.#shipping = 0n;
  }
}
