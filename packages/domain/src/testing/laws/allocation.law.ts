import fc from 'fast-check';

import type { Weight } from '../../core/allocation.ts';
import type { PricingInput } from '../../pricing/pricing-input.ts';
import { demand, demandSame } from './breach.ts';
import { defineLaw, pricedOrPassed } from './law.ts';
import type { Allocate, LawPart, LawShare, PricedCart, Pricer } from './pricer.ts';

/** Law 2. */
export const allocation = defineLaw<Pricer, PricingInput>({
  law: 'allocation',
  says: 'The shares of a discount add up to the discount that was applied.',
  cases: (carts) => carts,
  check: (pricer, cart) => {
    const priced = pricedOrPassed(pricer, cart);
    const names = priced.applied.map(({ promotionId }) => promotionId);
    demand(new Set(names).size === names.length, () => 'a promotion was applied twice');
    const sharesOfGoods = sharesOf(priced.lines);
    if (sharesOfGoods === null) demandDiscountsAddUp(priced);
    else demandSharesAddUp(priced, sharesOfGoods, 'discount');
    const sharesOfShipping = priced.shipping === null ? [] : sharesOf([priced.shipping]);
    if (sharesOfShipping !== null) demandSharesAddUp(priced, sharesOfShipping, 'shippingDiscount');
  },
});

/** Null where the engine does not say who took what. */
function sharesOf(parts: readonly LawPart[]): readonly LawShare[] | null {
  const shares: LawShare[] = [];
  for (const { discounts } of parts) {
    if (discounts === null) return null;
    const names = discounts.map(({ promotionId }) => promotionId);
    demand(new Set(names).size === names.length, () => 'a promotion has two shares in one line');
    shares.push(...discounts);
  }
  return shares;
}

function demandDiscountsAddUp({ lines, applied }: PricedCart): void {
  demandSame(
    lines.reduce((sum, { discount }) => sum + discount, 0n),
    applied.reduce((sum, { discount }) => sum + discount, 0n),
    'what the lines were discounted by',
  );
}

function demandSharesAddUp(
  { applied }: PricedCart,
  shares: readonly LawShare[],
  part: 'discount' | 'shippingDiscount',
): void {
  const sums = new Map<string, bigint>();
  for (const { promotionId, amount } of shares)
    sums.set(promotionId, (sums.get(promotionId) ?? 0n) + amount);
  for (const promotion of applied) {
    const { promotionId } = promotion;
    demandSame(sums.get(promotionId) ?? 0n, promotion[part], `the sum of shares of ${promotionId}`);
    sums.delete(promotionId);
  }
  const [stranger] = sums.keys();
  demand(stranger === undefined, () => `${stranger} has shares and was not applied`);
}

type Sharing = { readonly whole: bigint; readonly weights: readonly Weight[] };

/** Law 2 for the allocation itself, and law 11 for negative amounts. Carts have no part in it. */
export const sharing = defineLaw<Allocate, Sharing>({
  law: 'sharing',
  says: 'Parts add up to the whole, differ from the exact share by less than one unit, ignore the order, and mirror for negative amounts.',
  cases: () =>
    fc.record({
      whole: fc.oneof(
        fc.bigInt({ min: -200n, max: 200n }),
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      ),
      weights: fc
        .array(fc.bigInt({ min: 0n, max: 1_000n }), { minLength: 1, maxLength: 8 })
        .filter((weights) => weights.some((weight) => weight > 0n))
        .map((weights) => weights.map((weight, index) => ({ id: `part-${index}`, weight }))),
    }),
  check: (allocate, { whole, weights }) => {
    const parts = allocate(whole, weights);
    const sum = weights.reduce((total, { weight }) => total + weight, 0n);
    demandSame(
      parts.reduce((total, part) => total + part, 0n),
      whole,
      'the sum of the parts',
    );
    for (const [index, { id, weight }] of weights.entries()) {
      const part = parts[index] ?? 0n;
      const offBy = part * sum - whole * weight;
      demand(offBy < sum && -offBy < sum, () => `${id} gets ${part}, a unit or more off its share`);
      demand(weight > 0n || part === 0n, () => `${id} has no weight and gets ${part}`);
    }
    const mirrored = allocate(-whole, weights).map((part) => -part);
    demandSame(mirrored.join(), parts.join(), 'the mirror of sharing out the negative amount');
    const backwards = allocate(whole, weights.toReversed()).toReversed();
    demandSame(backwards.join(), parts.join(), 'sharing out in another order');
  },
});
