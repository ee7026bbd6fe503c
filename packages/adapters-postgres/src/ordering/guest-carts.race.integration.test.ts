import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import {
  anAddress,
  asCustomer,
  clicksOf,
  givenCustomer,
  givenVariant,
  orderingUseCases,
  SHOP,
  type OrderingUseCases,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { CartId, Quantity, UserId, VariantId } from '@kastoma/domain/core';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

let shop: ShopPorts;
let close: () => Promise<void>;
let useCases: OrderingUseCases;

beforeAll(async () => {
  ({ ports: shop, close } = await postgresShopsOn(inject('postgresUrl'))());
  useCases = orderingUseCases(shop);
});

afterAll(() => close());

const add = (guestCart: CartId | null, variantId: VariantId, quantity = 1) =>
  useCases.addToCart.execute(
    { guestCart, choice: { kind: 'variant', variantId }, quantity: quantity as Quantity },
    SHOP,
  );
const openCart = async (variantId: VariantId, quantity: number) =>
  (await add(null, variantId, quantity))._unsafeUnwrap().id as CartId;
const merge = (customerId: UserId, guestCart: CartId) =>
  useCases.mergeCarts.execute({ customerId, guestCart }, asCustomer(customerId));
const unitsOf = async (customerId: UserId) => {
  const cart = (await shop.carts.findActive(customerId))._unsafeUnwrap();
  return (cart?.state.items ?? []).map(({ variantId, quantity }) => [variantId, quantity]);
};
const aVariant = async () => (await givenVariant(shop, 100)).variantId;

describe('at the same moment', () => {
  it('first requests of one customer open one cart, and none of them is lost', async () => {
    const customerId = await givenCustomer(shop);
    const variants = await Promise.all(Array.from({ length: 6 }, aVariant));
    const clicks = clicksOf(customerId, useCases);
    const added = await Promise.all(variants.map((variantId) => clicks.addVariant(variantId)));
    expect(added.every((one) => one.isOk())).toBe(true);
    expect(new Set((await unitsOf(customerId)).map(([id]) => id))).toEqual(new Set(variants));
  });

  it.each([false, true])(
    'logins with carts of several devices lose nothing; has the customer a cart: %s',
    async (hasCart) => {
      const customerId = await givenCustomer(shop);
      const [lamp, chair] = [await aVariant(), await aVariant()];
      const clicks = clicksOf(customerId, useCases);
      if (hasCart) expect((await clicks.addVariant(lamp, 1)).isOk()).toBe(true);
      const guests = [
        await openCart(lamp, 2),
        await openCart(lamp, 3),
        await openCart(chair, 4),
        await openCart(chair, 5),
      ];
      const merged = await Promise.all(
        [...guests, ...guests].map((guestCart) => merge(customerId, guestCart)),
      );
      expect(merged.every((one) => one.isOk())).toBe(true);
      const reports = merged.filter((one) => one._unsafeUnwrap().report !== null);
      expect(reports).toHaveLength(guests.length);
      expect(await unitsOf(customerId)).toEqual([
        [lamp, hasCart ? 6 : 5],
        [chair, 9],
      ]);
    },
  );

  it('a login and what the guest still puts in lose nothing: it is in one of the two carts', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [customerId, lamp] = [await givenCustomer(shop), await aVariant()];
      const guestCart = await openCart(lamp, 1);
      const [login, late] = await Promise.all([
        merge(customerId, guestCart),
        add(guestCart, lamp, 2),
      ]);
      expect([login.isOk(), late.isOk()]).toEqual([true, true]);
      const cart = late._unsafeUnwrap();
      if (cart.id !== guestCart) expect(cart.itemCount).toBe(2);
      expect((await merge(customerId, cart.id as CartId)).isOk()).toBe(true);
      expect(await unitsOf(customerId)).toEqual([[lamp, 3]]);
    }
  });

  it('a login and an order of the guest’s cart never sell and merge the same units', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [customerId, lamp] = [await givenCustomer(shop), await aVariant()];
      const guestCart = await openCart(lamp, 2);
      const [login, order] = await Promise.all([
        merge(customerId, guestCart),
        useCases.placeOrder.execute(
          {
            guestCart,
            shippingAddress: anAddress(),
            email: 'guest@people.example',
            billingAddress: null,
            shippingMethod: null,
            couponCodes: null,
            paymentMethod: 'manual',
            quoteHash: null,
            notes: '',
          },
          SHOP,
        ),
      ]);
      const isMerged = login._unsafeUnwrap().report !== null;
      expect([isMerged, order.isOk()]).toEqual([isMerged, !isMerged]);
      expect(await unitsOf(customerId)).toEqual(isMerged ? [[lamp, 2]] : []);
    }
  });
});
