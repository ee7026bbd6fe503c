import fc from 'fast-check';

import type { PricingInput } from '../../pricing/pricing-input.ts';
import { demand, demandSame } from './breach.ts';
import { ALL_OF_IT, combiningFreely, termsOf, withoutFloors } from './changed-cart.ts';
import { defineLaw, pricedOrPassed } from './law.ts';
import type { LawPart, PricedCart, Pricer } from './pricer.ts';

/** Law 3. */
export const bounds = defineLaw<Pricer, PricingInput>({
  law: 'bounds',
  says: 'No discount is below nothing, above what it discounts or above its maximum, no total is below nothing, and no unit below its minimum price.',
  cases: (carts) => carts,
  check: (pricer, cart) => {
    const priced = pricedOrPassed(pricer, cart);
    const { lines, shipping, totals } = priced;
    for (const line of lines) demandBounds(line, `the line ${line.id}`);
    if (shipping !== null) demandBounds(shipping, 'shipping');
    demand(totals.total >= 0n, () => `the total is ${totals.total}`);
    demand(
      totals.discount >= 0n && totals.discount <= totals.subtotal,
      () => `${totals.discount} is taken off goods for ${totals.subtotal}`,
    );
    demandFloors(cart, priced);
    demandMaxima(cart, priced);
  },
});

function demandFloors(cart: PricingInput, { lines }: PricedCart): void {
  const minimumOf = new Map(
    cart.lines.map(({ id, minimumUnitPrice, quantity }) => [
      id,
      (minimumUnitPrice?.minorUnits ?? 0n) * BigInt(quantity),
    ]),
  );
  for (const { id, subtotal, discount } of lines) {
    const minimum = minimumOf.get(id) ?? 0n;
    demand(
      discount === 0n || subtotal - discount >= minimum,
      () => `the line ${id} goes for ${subtotal - discount}, and its minimum is ${minimum}`,
    );
  }
}

function demandMaxima({ promotions }: PricingInput, { applied }: PricedCart): void {
  const maximumOf = new Map(
    promotions?.map(({ id, limits }) => [id, limits.maximumDiscount?.minorUnits]),
  );
  for (const { promotionId, discount, shippingDiscount } of applied) {
    const taken = discount + shippingDiscount;
    const maximum = maximumOf.get(promotionId) ?? taken;
    demand(taken <= maximum, () => `${promotionId} takes ${taken} off, and ${maximum} at most`);
  }
}

function demandBounds(
  { subtotal, discount, discounts, tax, taxRelief, total }: LawPart,
  name: string,
): void {
  demand(discount >= 0n, () => `${discount} is taken off ${name}`);
  demand(discount <= subtotal, () => `${discount} is taken off ${name}, which costs ${subtotal}`);
  for (const { promotionId, amount } of discounts ?? [])
    demand(amount >= 0n, () => `${promotionId} takes ${amount} off ${name}`);
  demand(tax >= 0n, () => `the tax of ${name} is ${tax}`);
  demand(taxRelief >= 0n, () => `the tax relief of ${name} is ${taxRelief}`);
  demand(total >= 0n, () => `the total of ${name} is ${total}`);
}

const EVERYTHING_FREE = 'everything-free';

/** Law 3, its second half. */
export const nothingToPay = defineLaw<Pricer, PricingInput>({
  law: 'nothing to pay',
  says: '100 % off goods without a minimum price is exactly zero, whatever else was taken off, and so is the tax on them.',
  needs: ['percentages', 'order_promotions', 'automatic_promotions'],
  cases: (carts, without) =>
    carts.map((cart) => {
      const free = combiningFreely(withoutFloors(cart));
      const everything = termsOf({
        id: EVERYTHING_FREE,
        class: 'order',
        effects: [{ type: 'percentage', percentage: ALL_OF_IT }],
        priority: without.includes('priorities') ? 0 : -10,
      });
      const others = without.includes('stacking') ? [] : (free.promotions ?? []);
      const coupons = without.includes('stacking') ? [] : free.coupons;
      return { ...free, promotions: [...others, everything], coupons };
    }),
  check: (pricer, cart) => {
    fc.pre(cart.lines.length > 0);
    const { lines, totals, shipping, prices } = pricedOrPassed(pricer, cart);
    for (const { id, total, tax } of lines) {
      demandSame(total, 0n, `the total of the line ${id}`);
      demandSame(tax, 0n, `the tax of the line ${id}`);
    }
    const onTop = prices === 'exclusive' ? (shipping?.tax ?? 0n) : 0n;
    demandSame(totals.total, (shipping?.total ?? 0n) + onTop, 'the total');
  },
});
