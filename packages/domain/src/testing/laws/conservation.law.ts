import type { PricingInput } from '../../pricing/pricing-input.ts';
import { demand, demandSame } from './breach.ts';
import { defineLaw, pricedOrPassed } from './law.ts';
import type { LawPart, PricedCart, Pricer } from './pricer.ts';

/** Law 1. */
export const conservation = defineLaw<Pricer, PricingInput>({
  law: 'conservation',
  says: 'The total is the line totals, shipping and the tax on top; each line total is its base less its shares.',
  cases: (carts) => carts,
  check: (pricer, cart) => {
    const priced = pricedOrPassed(pricer, cart);
    demandLines(cart, priced);
    for (const line of priced.lines) demandPart(line, `the line ${line.id}`);
    if (priced.shipping !== null) demandPart(priced.shipping, 'shipping');
    demandTotals(priced);
  },
});

/** Every line of the cart once, and nothing else. */
function demandLines(cart: PricingInput, { lines }: PricedCart): void {
  const names = (of: readonly { readonly id: string }[]) => of.map(({ id }) => id).toSorted();
  demandSame(names(lines).join(), names(cart.lines).join(), 'the list of lines');
  const priced = new Map(lines.map((line) => [line.id, line]));
  for (const { id, unitPrice, quantity } of cart.lines)
    demandSame(
      priced.get(id)?.subtotal ?? 0n,
      unitPrice.minorUnits * BigInt(quantity),
      `the subtotal of the line ${id}`,
    );
}

function demandPart(part: LawPart, name: string): void {
  const { subtotal, discount, discounts, taxRelief, total } = part;
  demandSame(total, subtotal - discount - taxRelief, `the total of ${name}`);
  if (discounts === null) return;
  const shares = discounts.reduce((sum, { amount }) => sum + amount, 0n);
  demandSame(discount, shares, `the discount of ${name}`);
}

function demandTotals({ lines, shipping, totals, prices }: PricedCart): void {
  const sum = (pick: (part: LawPart) => bigint) =>
    lines.reduce((total, line) => total + pick(line), 0n);
  const goods = sum(({ total }) => total);
  const shipped = shipping?.total ?? 0n;
  demandSame(
    totals.subtotal,
    sum(({ subtotal }) => subtotal),
    'the subtotal',
  );
  demandSame(
    totals.discount,
    sum(({ discount }) => discount),
    'the discount',
  );
  demandSame(totals.shipping, shipped, 'shipping');
  demandSame(totals.tax, sum(({ tax }) => tax) + (shipping?.tax ?? 0n), 'the tax');
  const onTop = prices === 'exclusive' ? totals.tax : 0n;
  demandSame(totals.total, goods + shipped + onTop, 'the total');
  demand(shipping === null || shipped >= 0n, () => 'shipping costs less than nothing');
}
