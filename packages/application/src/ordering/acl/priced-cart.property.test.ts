import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type {
  CartId,
  CouponId,
  OrderId,
  OrderItemId,
  ProductId,
  UserId,
  VariantId,
} from '@kastoma/domain/core';
import { Order, type OrderItem, type OrderNumber } from '@kastoma/domain/ordering';
import { price, type PricingInput, type Quote } from '@kastoma/domain/pricing';
import { anyPricingInput } from '@kastoma/domain/testing';

import { anAddress } from '../../testing/builders/address.builder.ts';
import type { PricedCart } from '../cart-pricing.port.ts';
import { toPricedCart } from './priced-cart.ts';

/** A quote of anything, and how ordering sees it. */
function priced(input: PricingInput): { readonly quote: Quote; readonly cart: PricedCart } {
  const quote = price(input)._unsafeUnwrap();
  const { promotions = [], coupons = [], uses = [], codes = [] } = quote.input;
  const known = coupons.map((coupon) => ({
    ...coupon,
    id: `id of ${coupon.code}` as CouponId,
    usesLeft: coupon.usesLeft,
  }));
  return { quote, cart: toPricedCart(quote, codes, { promotions, coupons: known, uses }) };
}

describe('whatever a cart is priced at', () => {
  it('an order can be made of it: no amount contradicts another', () => {
    fc.assert(
      fc.property(
        anyPricingInput().filter(({ lines, shipping }) => lines.length > 0 && shipping !== null),
        (input) => {
          const { quote, cart } = priced(input);
          const { currency, prices, promotions, totals } = cart;
          const shares = new Map(cart.lines.map((line) => [line.id, line]));
          const items = quote.lines.map((line): OrderItem => ({
            ...line,
            ...(shares.get(line.id) as PricedCart['lines'][number]),
            id: line.id as OrderItemId,
            productId: line.productId as ProductId,
            variantId: line.variantId as VariantId,
            sku: 'sku',
            name: 'name',
          }));
          const order = Order.place({
            id: 'order' as OrderId,
            number: 'KAS-2026-000001' as OrderNumber,
            customerId: 'ada' as UserId,
            cartId: 'cart' as CartId,
            currency,
            prices,
            items,
            shipping: cart.shipping as NonNullable<PricedCart['shipping']>,
            promotions,
            totals,
            quoteHash: cart.quoteHash,
            email: null,
            shippingAddress: anAddress(),
            billingAddress: anAddress(),
            paymentMethod: 'manual',
            notes: '',
            at: input.at,
          });
          expect(order.isOk()).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('each code either takes something off or says why not, and each use is of one promotion', () => {
    fc.assert(
      fc.property(anyPricingInput(), (input) => {
        const { quote, cart } = priced(input);
        expect(cart.coupons.map(({ code }) => code)).toEqual(quote.input.codes ?? []);
        for (const { code, rejection, discount, promotion } of cart.coupons) {
          expect(rejection === null).toBe(discount.minorUnits > 0n);
          const named = quote.rejected.find(({ couponCode }) => couponCode === code)?.promotionId;
          const terms = quote.input.promotions?.find(({ id }) => id === named);
          const isSecret =
            terms !== undefined && (!terms.isActive || (terms.startsAt ?? -Infinity) > input.at);
          expect(promotion === null).toBe(rejection?.code === 'coupon.unknown' || isSecret);
          expect(rejection?.message ?? 'Applied.').toMatch(/^\S.*\.$/u);
        }
        expect(cart.uses.map(({ promotionId }) => promotionId)).toEqual(
          cart.promotions.map(({ promotionId }) => promotionId),
        );
        for (const { couponId } of cart.uses.filter((use) => use.couponId !== null))
          expect(couponId).toMatch(/^id of /);
      }),
      { numRuns: 300 },
    );
  });

  it('every step of it has its words', () => {
    fc.assert(
      fc.property(anyPricingInput(), (input) => {
        const { explanation, rejected } = priced(input).cart;
        for (const { text, exact } of explanation) {
          expect(text).not.toMatch(/undefined|null|NaN|\[object/);
          expect(exact).toMatch(/^-?\d+(\.\d+|\/\d+)?$/);
        }
        for (const { message } of rejected) expect(message).toMatch(/^\S.*\.$/su);
      }),
      { numRuns: 300 },
    );
  });
});
