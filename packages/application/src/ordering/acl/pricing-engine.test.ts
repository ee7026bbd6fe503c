import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import {
  Defect,
  LARGEST_MINOR_UNITS,
  Money,
  type Currency,
  type Instant,
} from '@kastoma/domain/core';

import { flatShippingRates } from '../../pricing/flat-shipping-rates.ts';
import { BUILT_AT, builderIds } from '../../testing/builders/builder-ids.ts';
import { dollars, USD } from '../../testing/builders/money.builder.ts';
import { PricingEngine } from './pricing-engine.ts';

const engine = new PricingEngine(USD, flatShippingRates);

function price(unitPrice: Money, quantity: number, shippingMethod = 'standard') {
  const line = { id: 'line-1', variantId: builderIds.next<never>(), unitPrice, quantity };
  const at = BUILT_AT as Instant;
  return engine.price({ currency: USD, at, lines: [line], shippingMethod });
}

describe('the pricing engine, as a cart sees it', () => {
  it('offers the ways of shipping with the default first', () => {
    expect(engine.shippingMethods).toEqual(['standard', 'express', 'overnight', 'international']);
  });

  it('explains what a cart costs, in words', () => {
    const texts = (total: string) =>
      price(dollars(total), 2)
        ._unsafeUnwrap()
        .explanation.map(({ text }) => text);
    expect(texts('10.00')).toEqual([
      '2 at 10.00 each',
      'Shipping by standard at its flat rate',
      'Goods 20.00 plus shipping 5.99',
    ]);
    expect(texts('50.00')).toEqual([
      '2 at 50.00 each',
      'Shipping by standard is free from 100.00; the goods come to 100.00',
      'Goods 100.00 plus shipping 0.00',
    ]);
  });

  it('gives lines, totals and a hash that changes when the money does', () => {
    const priced = price(dollars('10.00'), 2)._unsafeUnwrap();
    expect(priced.lines).toEqual([
      {
        id: 'line-1',
        subtotal: dollars('20.00'),
        discount: dollars('0.00'),
        tax: dollars('0.00'),
        total: dollars('20.00'),
      },
    ]);
    expect(priced.totals.total).toEqual(dollars('25.99'));
    expect(priced.quoteHash).toMatch(/^[0-9a-f]{64}$/);
    expect(price(dollars('10.01'), 2)._unsafeUnwrap().quoteHash).not.toBe(priced.quoteHash);
  });

  it('is never asked for a way of shipping that the shop does not have', () => {
    expect(() => price(dollars('1.00'), 1, 'pigeon')).toThrow(Defect);
  });

  it('takes what no customer can cause for a defect, and does not blame the cart', () => {
    expect(() => price(dollars('1.00'), 0)).toThrow(Defect);
    const euro = Money.of(100n, 'EUR' as Currency)._unsafeUnwrap();
    expect(() => price(euro, 1)).toThrow(Defect);
    expect(() => price(Money.of(-1n, USD)._unsafeUnwrap(), 1)).toThrow(Defect);
  });

  it('has no price for what is too dear to be true', () => {
    const fortune = Money.of(LARGEST_MINOR_UNITS, USD)._unsafeUnwrap();
    expect(price(fortune, 2)).toEqual(
      err({ code: 'ordering.cart_not_priceable', reason: 'pricing.amount_out_of_bounds' }),
    );
  });
});
