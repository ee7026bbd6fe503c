import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseCurrency } from '../core/currency.value.ts';
import type { CartId, CartItemId, ProductId, UserId, VariantId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Money } from '../core/money.value.ts';
import { LARGEST_QUANTITY } from '../core/quantity.value.ts';
import { anyAddress } from '../testing/address.arbitrary.ts';
import { mergeCarts, reportMerge } from './cart-merge.ts';
import {
  Cart,
  MOST_CART_ITEMS,
  MOST_COUPON_CODES,
  type CartContent,
  type CartItem,
} from './cart.aggregate.ts';

const USD = parseCurrency('USD')._unsafeUnwrap();
const NOTHING: CartContent = {
  items: [],
  couponCodes: [],
  shippingMethod: null,
  shippingMethodAt: null,
  shippingAddress: null,
  shippingAddressAt: null,
};
const item = (variant: string, quantity: number, id = `item of ${variant}`): CartItem => ({
  id: id as CartItemId,
  productId: `product of ${variant}` as ProductId,
  variantId: variant as VariantId,
  quantity,
  priceSeen: null,
});
const holding = (...items: readonly CartItem[]): CartContent => ({ ...NOTHING, items });

const anyTime = fc.constantFrom(null, 1, 2, 3).map((at) => at as Instant | null);
let made = 0;

/** Lines of one cart: each variant once, in the order of their ids; an id is no other cart's. */
function anyItems(most: number, least = 0): fc.Arbitrary<readonly CartItem[]> {
  const anyItem = fc.record({
    variant: fc.integer({ min: 0, max: most * 2 }),
    age: fc.integer({ min: 0, max: 999 }),
    quantity: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(LARGEST_QUANTITY)),
    price: fc.constantFrom(null, 100n, 250n),
  });
  return fc
    .uniqueArray(anyItem, { minLength: least, maxLength: most, selector: ({ variant }) => variant })
    .map((items) =>
      items
        .map(({ variant, age, quantity, price }) => {
          made += 1;
          const id = `${String(age).padStart(3, '0')}-${made}`;
          const line = item(`v${variant}`, quantity, id);
          return {
            ...line,
            priceSeen: price === null ? null : Money.of(price, USD)._unsafeUnwrap(),
          };
        })
        .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
}

function anyContent(most = 6, least = 0): fc.Arbitrary<CartContent> {
  return fc
    .record({
      items: anyItems(most, least),
      couponCodes: fc.uniqueArray(
        fc.integer({ min: 0, max: 14 }).map((number) => `CODE-${number}`),
        { maxLength: MOST_COUPON_CODES },
      ),
      shipping: fc.record({ said: fc.constantFrom(null, 'standard', 'express'), at: anyTime }),
      address: fc.record({ said: fc.option(anyAddress(), { nil: null }), at: anyTime }),
    })
    .map(({ shipping, address, ...content }) => ({
      ...content,
      shippingMethod: shipping.said,
      shippingMethodAt: shipping.said === null ? null : shipping.at,
      shippingAddress: address.said,
      shippingAddressAt: address.said === null ? null : address.at,
    }));
}

/** A customer's cart: what has been merged into it before lies in it in order. */
const anyCustomers = anyContent().map((content) => mergeCarts(content, NOTHING));

const readable = (content: CartContent) => JSON.parse(JSON.stringify(content)) as unknown;

describe('two carts that are poured together', () => {
  test('give the same whichever comes first', () => {
    fc.assert(
      fc.property(anyContent(), anyContent(), (one, other) => {
        expect(mergeCarts(one, other)).toEqual(mergeCarts(other, one));
      }),
    );
  });

  test('give the same in whichever order several are poured into one, however full they are', () => {
    const law = (customers: CartContent, one: CartContent, other: CartContent) => {
      const oneFirst = mergeCarts(mergeCarts(customers, one), other);
      expect(mergeCarts(mergeCarts(customers, other), one)).toEqual(oneFirst);
      expect(mergeCarts(customers, mergeCarts(one, other))).toEqual(oneFirst);
    };
    fc.assert(fc.property(anyCustomers, anyContent(), anyContent(), law));
    const full = anyContent(MOST_CART_ITEMS, MOST_CART_ITEMS - 50);
    fc.assert(fc.property(full, full, full, law), { numRuns: 20 });
  });

  test('stay what they are when there is nothing in the other one', () => {
    fc.assert(
      fc.property(anyCustomers, (customers) => {
        expect(readable(mergeCarts(customers, NOTHING))).toEqual(readable(customers));
      }),
    );
  });

  test('lose no unit, code or choice but to the limits of a cart, and the report tells which', () => {
    fc.assert(
      fc.property(anyContent(), anyContent(), (one, other) => {
        const merged = mergeCarts(one, other);
        const report = reportMerge(one, other, merged);
        const wanted = [...one.items, ...other.items].reduce((sum, line) => sum + line.quantity, 0);
        const kept = merged.items.reduce((sum, line) => sum + line.quantity, 0);
        const leftOut = report.items.reduce((sum, line) => sum + line.leftOut, 0);
        expect(kept + leftOut).toBe(wanted);
        expect(merged.items.every(({ quantity }) => quantity <= LARGEST_QUANTITY)).toBe(true);
        const codes = new Set([...one.couponCodes, ...other.couponCodes]);
        expect(new Set([...merged.couponCodes, ...report.couponsLeftOut])).toEqual(codes);
        expect(merged.couponCodes.length).toBeLessThanOrEqual(MOST_COUPON_CODES);
        const said = [one.shippingMethod, other.shippingMethod];
        expect(said).toContain(merged.shippingMethod);
        expect(merged.shippingMethod === null).toBe(said.every((method) => method === null));
      }),
    );
  });
});

describe('the report of a merge', () => {
  test('tells of each variant that is more than before, and of nothing else', () => {
    const [before, poured] = [
      holding(item('cup', 2), item('tea', 9_998)),
      { ...holding(item('pot', 1), item('tea', 3)), couponCodes: ['TEA'] },
    ];
    expect(reportMerge(before, poured, mergeCarts(before, poured))).toEqual({
      items: [
        { productId: 'product of tea', variantId: 'tea', before: 9_998, after: 9_999, leftOut: 2 },
        { productId: 'product of pot', variantId: 'pot', before: 0, after: 1, leftOut: 0 },
      ],
      couponsAdded: ['TEA'],
      couponsLeftOut: [],
      shippingMethodChanged: false,
      shippingAddressChanged: false,
    });
  });

  test('tells what did not fit into a full cart', () => {
    const full = holding(
      ...Array.from({ length: MOST_CART_ITEMS }, (_none, index) =>
        item(`v${String(index).padStart(3, '0')}`, 1),
      ),
    );
    const merged = mergeCarts(full, holding(item('v999', 5)));
    expect(merged.items).toHaveLength(MOST_CART_ITEMS);
    expect(reportMerge(full, holding(item('v999', 5)), merged).items).toEqual([
      { productId: 'product of v999', variantId: 'v999', before: 0, after: 0, leftOut: 5 },
    ]);
  });

  test('says that how it is shipped is another than before', () => {
    const one = { ...NOTHING, shippingMethod: 'standard', shippingMethodAt: 1 as Instant };
    const later = { ...NOTHING, shippingMethod: 'express', shippingMethodAt: 2 as Instant };
    expect(reportMerge(one, later, mergeCarts(one, later))).toMatchObject({
      shippingMethodChanged: true,
      shippingAddressChanged: false,
    });
    expect(mergeCarts(later, one).shippingMethod).toBe('express');
  });
});

test('a guest’s cart that was handed over is empty and can neither be ordered nor changed back', () => {
  const guest = Cart.open({
    id: 'guest' as CartId,
    customerId: null,
    currency: USD,
    lastVersion: 0,
    at: 0 as Instant,
  });
  const given = guest
    .takeOver(holding(item('tea', 1)), 1 as Instant)
    .handOver('theirs' as CartId, 2 as Instant);
  expect(given.state).toMatchObject({
    items: [],
    status: { name: 'merged', into: 'theirs' },
    updatedAt: 2,
  });
  expect(given.checkOut('order' as never, 3 as Instant).isErr()).toBe(true);
  const theirs = Cart.open({
    ...given.state,
    customerId: 'ada' as UserId,
    lastVersion: 3,
    at: 4 as Instant,
  });
  expect(theirs.takeOver(holding(item('tea', 1)), 5 as Instant).version).toBe(3);
});
