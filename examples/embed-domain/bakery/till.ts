import type { Product, Variant } from '@kastoma/domain/catalog';
import { parseCountry, Rate, type Instant } from '@kastoma/domain/core';
import { price, PromotionTerms, type Quote } from '@kastoma/domain/pricing';

import { EUR, euro } from './assortment.ts';
import { must } from './must.ts';

const GERMANY = must(parseCountry('DE'));
const percent = (text: string) => must(Rate.parsePercentage(text));

const promotions = [
  must(
    PromotionTerms.define({
      id: 'regulars',
      name: '10 % for regulars',
      effects: [{ type: 'percentage', percentage: percent('10'), target: { tags: ['baked'] } }],
      conditions: { customerGroups: ['regulars'] },
    }),
  ),
  must(
    PromotionTerms.define({
      id: 'opening',
      name: '3 euros off 20',
      effects: [{ type: 'fixed_amount', amount: euro('3.00'), spread: 'across' }],
      conditions: { minimumSubtotal: euro('20.00'), basis: 'base' },
    }),
  ),
];

const tax = {
  prices: 'inclusive',
  rounding: 'per_line',
  rules: [
    { id: 'de-19', name: 'VAT 19 %', country: GERMANY, taxClass: 'standard', rate: percent('19') },
    { id: 'de-7', name: 'VAT 7 %', country: GERMANY, taxClass: 'reduced', rate: percent('7') },
  ],
} as const;

const bicycle = {
  method: 'bicycle',
  rates: [{ charge: { type: 'flat', amount: euro('3.50') } }],
} as const;

export type Basket = ReadonlyMap<Product, number>;

/** Everything here comes in one form. */
export function onlyVariantOf({ state }: Product): Variant {
  return state.variants[0];
}

/** What a basket costs a regular of ours in Germany, tax included. */
export function ringUp(basket: Basket, codes: readonly string[], at: Instant): Quote {
  const lines = [...basket].map(([product, quantity]) => {
    const variant = onlyVariantOf(product);
    return {
      id: variant.sku,
      productId: product.state.id,
      variantId: variant.id,
      unitPrice: variant.price,
      quantity,
      tags: product.state.tags,
      taxClass: variant.taxClass,
    };
  });
  return must(
    price({
      currency: EUR,
      at,
      lines,
      promotions,
      coupons: [{ code: 'OPENING', promotionId: 'opening' }],
      codes,
      customer: { groups: ['regulars'] },
      destination: { country: GERMANY },
      tax,
      shipping: bicycle,
    }),
  );
}
