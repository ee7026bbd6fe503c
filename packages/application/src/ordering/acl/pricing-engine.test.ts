import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import {
  Defect,
  LARGEST_MINOR_UNITS,
  Money,
  type Country,
  type Currency,
  type Instant,
  type ProductId,
  type UserId,
  type VariantId,
} from '@kastoma/domain/core';

import type { PromotionsForBuyer } from '../../pricing/promotions-in-force.port.ts';
import { NEW_STORE_PRICING } from '../../pricing/store-pricing.ts';
import { BUILT_AT } from '../../testing/builders/builder-ids.ts';
import { dollars, USD } from '../../testing/builders/money.builder.ts';
import type { CartToPrice, LineToPrice } from '../cart-pricing.port.ts';
import { PricingEngine } from './pricing-engine.ts';

const NOTHING: PromotionsForBuyer = {
  promotions: [],
  coupons: [],
  uses: [],
  buyer: { groups: [], isFirstOrder: true },
};

function engineWith(known: PromotionsForBuyer = NOTHING) {
  return new PricingEngine(USD, NEW_STORE_PRICING, {
    forCart: async () => known,
    forPastCarts: async () => [],
  });
}

function aLine(unitPrice: Money, quantity: number): LineToPrice {
  return {
    id: 'line-1',
    productId: 'lamp' as ProductId,
    variantId: 'brass lamp' as VariantId,
    unitPrice,
    quantity,
    categoryIds: [],
    tags: [],
    taxClass: 'standard',
    weightGrams: null,
    minimumUnitPrice: null,
  };
}

function aCart(unitPrice: Money, quantity: number, wishes: Partial<CartToPrice> = {}): CartToPrice {
  return {
    customerId: 'ada' as UserId,
    guestEmail: null,
    currency: USD,
    at: BUILT_AT as Instant,
    lines: [aLine(unitPrice, quantity)],
    couponCodes: [],
    shippingMethod: 'standard',
    destination: { country: 'US' as Country, region: null },
    ...wishes,
  };
}

function price(unitPrice: Money, quantity: number, wishes: Partial<CartToPrice> = {}) {
  return engineWith().price(aCart(unitPrice, quantity, wishes));
}

describe('the pricing engine, as a cart sees it', () => {
  it('offers the ways of shipping with the default first', () => {
    expect(engineWith().shippingMethods).toEqual([
      'standard',
      'express',
      'overnight',
      'international',
    ]);
  });

  it('explains what a cart costs, in words', async () => {
    const texts = async (unitPrice: string) =>
      (await price(dollars(unitPrice), 2))._unsafeUnwrap().explanation.map(({ text }) => text);
    expect(await texts('10.00')).toEqual([
      '2 at 10.00 each',
      'Shipping by standard at its flat rate',
      'Goods 20.00 plus shipping 5.99',
    ]);
    expect(await texts('50.00')).toEqual([
      '2 at 50.00 each',
      'Shipping by standard is free from 100.00; the goods come to 100.00',
      'Goods 100.00 plus shipping 0.00',
    ]);
  });

  it('gives lines, totals and a hash that changes when the money does', async () => {
    const priced = (await price(dollars('10.00'), 2))._unsafeUnwrap();
    const zero = dollars('0.00');
    expect(priced.lines).toEqual([
      {
        id: 'line-1',
        subtotal: dollars('20.00'),
        discount: zero,
        discounts: [],
        taxRelief: zero,
        tax: zero,
        taxes: [],
        total: dollars('20.00'),
        units: [{ quantity: 2, total: dollars('10.00'), tax: zero }],
      },
    ]);
    expect(priced.totals.total).toEqual(dollars('25.99'));
    expect(priced.quoteHash).toMatch(/^[0-9a-f]{64}$/);
    const dearer = (await price(dollars('10.01'), 2))._unsafeUnwrap();
    expect(dearer.quoteHash).not.toBe(priced.quoteHash);
  });

  it('is never asked for a way of shipping that the shop does not have', async () => {
    const asked = async () => price(dollars('1.00'), 1, { shippingMethod: 'pigeon' });
    await expect(asked()).rejects.toThrow(Defect);
  });

  it('takes what no customer can cause for a defect, and does not blame the cart', async () => {
    const euro = Money.of(100n, 'EUR' as Currency)._unsafeUnwrap();
    const negative = Money.of(-1n, USD)._unsafeUnwrap();
    for (const [unitPrice, quantity] of [
      [dollars('1.00'), 0],
      [euro, 1],
      [negative, 1],
    ] as const) {
      const asked = async () => price(unitPrice, quantity);
      await expect(asked()).rejects.toThrow(Defect);
    }
  });

  it('has no price for what is too dear to be true', async () => {
    const fortune = Money.of(LARGEST_MINOR_UNITS, USD)._unsafeUnwrap();
    expect(await price(fortune, 2)).toEqual(
      err({ code: 'ordering.cart_not_priceable', reason: 'pricing.amount_out_of_bounds' }),
    );
  });
});
