import fc from 'fast-check';

import type { PricingInput } from '../../pricing/pricing-input.ts';
import type { ShippingCharge } from '../../pricing/shipping-method.value.ts';
import { demandSame } from './breach.ts';
import { defineLaw, pricedOrPassed } from './law.ts';
import type { Pricer } from './pricer.ts';

type Shuffled = { readonly cart: PricingInput; readonly shuffled: PricingInput };

/** Law 4. */
export const orderIndependence = defineLaw<Pricer, Shuffled>({
  law: 'order independence',
  says: 'The order of lines, promotions, coupons, codes, uses, tax rules and shipping rates changes nothing.',
  cases: (carts) =>
    fc
      .tuple(carts, fc.nat({ max: 0x7fff_fffe }))
      .map(([cart, chance]) => ({ cart, shuffled: shuffleCart(cart, chance) })),
  check: (pricer, { cart, shuffled }) => {
    const priced = pricedOrPassed(pricer, cart);
    const again = pricer.price(shuffled);
    demandSame(
      again.status === 'refused' ? again.reason : again.text(),
      priced.text(),
      'the quote in another order',
    );
  },
});

type Shuffle = <Item>(items: readonly Item[]) => readonly Item[];

function shuffleCart(cart: PricingInput, chance: number): PricingInput {
  const shuffle = shufflingBy(chance);
  const { promotions, coupons, codes, uses, customer, tax, shipping } = cart;
  return {
    ...cart,
    lines: shuffle(cart.lines).map((line) => ({
      ...line,
      categoryIds: line.categoryIds && shuffle(line.categoryIds),
      tags: line.tags && shuffle(line.tags),
    })),
    promotions: promotions && shuffle(promotions),
    coupons: coupons && shuffle(coupons),
    codes: codes && shuffle(codes),
    uses: uses && shuffle(uses),
    customer: customer && { ...customer, groups: customer.groups && shuffle(customer.groups) },
    tax: tax && { ...tax, rules: shuffle(tax.rules) },
    shipping: shipping && {
      ...shipping,
      rates: shuffle(shipping.rates).map((rate) => ({
        ...rate,
        zone: rate.zone && shuffle(rate.zone),
        charge: shuffleCharge(rate.charge, shuffle),
      })),
    },
  };
}

function shuffleCharge(charge: ShippingCharge, shuffle: Shuffle): ShippingCharge {
  switch (charge.type) {
    case 'flat':
      return charge;
    case 'by_subtotal':
      return { ...charge, steps: shuffle(charge.steps) };
    case 'by_weight':
      return { ...charge, steps: shuffle(charge.steps) };
  }
}

/** Fisher and Yates with the minimal standard generator of Park and Miller: the same chance, the same order. */
function shufflingBy(chance: number): Shuffle {
  let state = chance + 1;
  const next = (below: number) => {
    state = (state * 48_271) % 0x7fff_ffff;
    return state % below;
  };
  return <Item>(items: readonly Item[]) => {
    const left = [...items];
    return items.flatMap(() => left.splice(next(left.length), 1));
  };
}
