import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Address } from '../core/address.value.ts';
import { parseCurrency } from '../core/currency.value.ts';
import type {
  CartId,
  CartItemId,
  OrderId,
  ProductId,
  UserId,
  VariantId,
} from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { LARGEST_QUANTITY, type Quantity } from '../core/quantity.value.ts';
import { Cart, MOST_CART_ITEMS, MOST_COUPON_CODES } from './cart.aggregate.ts';

const at = (milliseconds: number) => milliseconds as Instant;
const units = (quantity: number) => quantity as Quantity;
const itemId = (variant: string) => `item of ${variant}` as CartItemId;
const item = (variant: string, quantity: number) => ({
  id: itemId(variant),
  productId: 'product' as ProductId,
  variantId: variant as VariantId,
  quantity: units(quantity),
  priceSeen: null,
});
const home = Address.parse({
  name: 'Ada Lovelace',
  line1: '12 St James’s Square',
  city: 'London',
  postalCode: 'SW1Y 4JH',
  country: 'GB',
})._unsafeUnwrap();
const empty = Cart.open({
  id: 'cart' as CartId,
  customerId: 'customer' as UserId,
  currency: parseCurrency('USD')._unsafeUnwrap(),
  lastVersion: 0,
  at: at(0),
});
const holding = (...items: readonly (readonly [string, number])[]) =>
  items.reduce(
    (cart, [variant, quantity]) => cart.addItem(item(variant, quantity), at(1))._unsafeUnwrap(),
    empty,
  );
const unitsIn = (cart: Cart) =>
  cart.state.items.reduce((count, { quantity }) => count + quantity, 0);
const contentsOf = (cart: Cart) =>
  cart.state.items.map(({ variantId, quantity }) => [variantId, quantity]);

describe('a cart', () => {
  test('begins empty, in one currency, and not yet saved', () => {
    expect([empty.version, empty.isNew]).toEqual([0, true]);
    expect(empty.state).toEqual({
      id: 'cart',
      customerId: 'customer',
      currency: 'USD',
      items: [],
      couponCodes: [],
      shippingMethod: null,
      shippingMethodAt: null,
      shippingAddress: null,
      shippingAddressAt: null,
      status: { name: 'active' },
      createdAt: 0,
      updatedAt: 0,
    });
  });

  test('keeps things in the order in which they were put in, one line a variant', () => {
    const cart = holding(['tea', 1], ['cup', 2], ['tea', 3]);
    expect(contentsOf(cart)).toEqual([
      ['tea', 4],
      ['cup', 2],
    ]);
    expect(cart.state.items.map(({ id }) => id)).toEqual([itemId('tea'), itemId('cup')]);
    expect(unitsIn(cart)).toBe(6);
    expect(cart.state.updatedAt).toBe(1);
  });

  test('takes 9,999 units of one thing, and not one more', () => {
    const full = holding(['tea', LARGEST_QUANTITY - 1], ['tea', 1]);
    expect(unitsIn(full)).toBe(LARGEST_QUANTITY);
    expect(full.addItem(item('tea', 1), at(2))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.line_too_large',
      maximum: LARGEST_QUANTITY,
    });
  });

  test('takes 200 different things, and not one more, but more of each', () => {
    const full = holding(
      ...Array.from({ length: MOST_CART_ITEMS }, (_, index) => [`v${index}`, 1] as const),
    );
    expect(full.addItem(item('another', 1), at(2))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.cart_full',
      maximum: MOST_CART_ITEMS,
    });
    expect(unitsIn(full.addItem(item('v0', 1), at(2))._unsafeUnwrap())).toBe(MOST_CART_ITEMS + 1);
  });

  test('forgets what is taken out, and keeps the rest', () => {
    const cart = holding(['tea', 1], ['cup', 2]).removeItem(itemId('tea'), at(2))._unsafeUnwrap();
    expect(contentsOf(cart)).toEqual([['cup', 2]]);
    expect(cart.state.updatedAt).toBe(2);
  });

  test('knows only its own lines', () => {
    const notFound = { code: 'ordering.cart_item_not_found' };
    const cart = holding(['tea', 1]);
    expect(cart.removeItem(itemId('cup'), at(2))._unsafeUnwrapErr()).toEqual(notFound);
    expect(cart.changeQuantity(itemId('cup'), units(2), at(2))._unsafeUnwrapErr()).toEqual(
      notFound,
    );
  });

  test('remembers where to ship until it is cleared, or an order knows it', () => {
    const cart = holding(['tea', 1]).shipTo(home, at(2));
    expect(cart.state).toMatchObject({ shippingAddress: home, updatedAt: 2 });
    expect(cart.clear(at(3)).state.shippingAddress).toBeNull();
    const ordered = cart.checkOut('order' as OrderId, at(3))._unsafeUnwrap();
    expect(ordered.state.shippingAddress).toBeNull();
  });

  test('presents other codes in the stead of its own, each once, and ten at most', () => {
    const cart = empty.applyCoupon('OLD', at(1))._unsafeUnwrap();
    const codes = Array.from({ length: 10 }, (_none, index) => `CODE-${index}`);
    const other = cart.replaceCoupons(['B', 'A', 'B'], at(2))._unsafeUnwrap();
    expect(other.state).toMatchObject({ couponCodes: ['B', 'A'], updatedAt: 2 });
    expect(cart.replaceCoupons([], at(2))._unsafeUnwrap().state.couponCodes).toEqual([]);
    expect(cart.replaceCoupons([...codes, 'CODE-0'], at(2)).isOk()).toBe(true);
    expect(cart.replaceCoupons([...codes, 'CODE-10'], at(2))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.too_many_coupons',
      maximum: 10,
    });
  });

  test('remembers how to ship until it is cleared', () => {
    const cart = holding(['tea', 1]).chooseShipping('express', at(2));
    expect(cart.state).toMatchObject({ shippingMethod: 'express', updatedAt: 2 });
    expect(cart.clear(at(3)).state).toMatchObject({
      items: [],
      shippingMethod: null,
      updatedAt: 3,
      createdAt: 0,
    });
  });

  test('remembers the codes that were presented, each once and in their order', () => {
    const cart = ['SUMMER', 'TEA', 'SUMMER'].reduce(
      (given, code, index) => given.applyCoupon(code, at(index + 2))._unsafeUnwrap(),
      holding(['tea', 1]),
    );
    expect(cart.state).toMatchObject({ couponCodes: ['SUMMER', 'TEA'], updatedAt: 3 });
    const without = cart.removeCoupon('SUMMER', at(5))._unsafeUnwrap();
    expect(without.state).toMatchObject({ couponCodes: ['TEA'], updatedAt: 5 });
    expect(without.removeCoupon('SUMMER', at(6))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.coupon_not_in_cart',
    });
    expect(without.clear(at(7)).state.couponCodes).toEqual([]);
  });

  test('takes ten codes, and not one more, but each of the ten again', () => {
    const full = Array.from({ length: MOST_COUPON_CODES }, (_, index) => `CODE-${index}`).reduce(
      (given, code) => given.applyCoupon(code, at(2))._unsafeUnwrap(),
      empty,
    );
    expect(full.state.couponCodes).toHaveLength(10);
    expect(full.applyCoupon('ANOTHER', at(3))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.too_many_coupons',
      maximum: 10,
    });
    expect(full.applyCoupon('CODE-3', at(3))._unsafeUnwrap()).toBe(full);
  });

  test('becomes one order only', () => {
    const ordered = holding(['tea', 1])
      .checkOut('order' as OrderId, at(2))
      ._unsafeUnwrap();
    expect(ordered.state).toMatchObject({
      status: { name: 'ordered', orderId: 'order' },
      updatedAt: 2,
    });
    expect(ordered.checkOut('another' as OrderId, at(3))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.cart_empty',
    });
  });

  test('of nothing becomes no order', () => {
    expect(empty.checkOut('order' as OrderId, at(2))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.cart_empty',
    });
  });

  test('does not change when what was put in changes', () => {
    const put = { ...item('tea', 1), note: 'more than an item' };
    const cart = empty.addItem(put, at(1))._unsafeUnwrap();
    put.quantity = units(5);
    expect(cart.state.items).toEqual([item('tea', 1)]);
  });

  test('keeps its version until it is saved', () => {
    const restored = Cart.restore(holding(['tea', 1]).state, 7);
    expect([restored.version, restored.isNew]).toEqual([7, false]);
    const longer = restored.addItem(item('cup', 1), at(2))._unsafeUnwrap();
    expect([longer.version, longer.isNew]).toEqual([7, false]);
  });

  test('goes on where the last one ended, so that no old version comes back', () => {
    const { id, customerId, currency } = empty.state;
    const next = Cart.open({ id, customerId, currency, lastVersion: 7, at: at(3) });
    const filled = next.addItem(item('tea', 1), at(4))._unsafeUnwrap();
    expect([filled.version, filled.isNew]).toEqual([7, true]);
  });
});

type Step = {
  readonly kind: 'add' | 'change' | 'remove' | 'clear';
  readonly variant: string;
  readonly quantity: number;
};
type Wishes = ReadonlyMap<string, number>;

const anyStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('add', 'add', 'change', 'remove', 'clear'),
  variant: fc.constantFrom('tea', 'cup', 'pot'),
  quantity: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: LARGEST_QUANTITY })),
});

function take(cart: Cart, { kind, variant, quantity }: Step): Cart | null {
  const outcomes = {
    add: () => cart.addItem(item(variant, quantity), at(1)).unwrapOr(null),
    change: () => cart.changeQuantity(itemId(variant), units(quantity), at(1)).unwrapOr(null),
    remove: () => cart.removeItem(itemId(variant), at(1)).unwrapOr(null),
    clear: () => cart.clear(at(1)),
  };
  return outcomes[kind]();
}

/** The model: a list of wishes by variant. Null is a refusal. */
function wish(wishes: Wishes, { kind, variant, quantity }: Step): Wishes | null {
  if (kind === 'clear') return new Map();
  const present = wishes.get(variant);
  if (kind === 'add') {
    const together = (present ?? 0) + quantity;
    return together > LARGEST_QUANTITY ? null : new Map(wishes).set(variant, together);
  }
  if (present === undefined) return null;
  return kind === 'change'
    ? new Map(wishes).set(variant, quantity)
    : new Map([...wishes].filter(([name]) => name !== variant));
}

describe('whatever is done to a cart', () => {
  test('it holds what a list of wishes would hold, and no step changes an earlier cart', () => {
    fc.assert(
      fc.property(fc.array(anyStep), (steps) => {
        let cart = empty;
        let wishes: Wishes = new Map();
        const earlier: { readonly cart: Cart; readonly asItWas: string }[] = [];
        for (const step of steps) {
          earlier.push({ cart, asItWas: JSON.stringify(cart.state) });
          const nextCart = take(cart, step);
          const nextWishes = wish(wishes, step);
          expect(nextCart === null).toBe(nextWishes === null);
          cart = nextCart ?? cart;
          wishes = nextWishes ?? wishes;
          expect(contentsOf(cart)).toEqual([...wishes]);
          expect(unitsIn(cart)).toBe([...wishes.values()].reduce((sum, count) => sum + count, 0));
        }
        for (const { cart: earlierCart, asItWas } of earlier)
          expect(JSON.stringify(earlierCart.state)).toBe(asItWas);
      }),
      { numRuns: 300 },
    );
  });
});
