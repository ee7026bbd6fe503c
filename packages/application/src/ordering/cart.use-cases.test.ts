import { err } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import {
  Defect,
  type CartItemId,
  type ProductId,
  type Quantity,
  type UserId,
  type VariantId,
} from '@kastoma/domain/core';

import { anAddress } from '../testing/builders/address.builder.ts';
import { builderIds } from '../testing/builders/builder-ids.ts';
import { dollars } from '../testing/builders/money.builder.ts';
import { asCustomer, underKey } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import {
  clicksOf,
  orderingUseCases,
  type OrderingUseCases,
} from '../testing/ordering-use-cases.ts';
import { withoutShippingBy, type PricingChange } from '../testing/ports/changed-pricing.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCustomer, givenProduct, givenVariant } from '../testing/stocked-shop.ts';
import type { CartView } from './cart-view.ts';

let shop: ShopPorts;
let customerId: UserId;
let useCases: OrderingUseCases;
let clicks: ReturnType<typeof clicksOf>;

beforeEach(async () => {
  shop = inMemoryShop();
  customerId = await givenCustomer(shop);
  useCases = orderingUseCases(shop);
  clicks = clicksOf(customerId, useCases);
});

async function cartOf(id: UserId): Promise<CartView> {
  return (await useCases.viewCart.execute({ customerId: id }))._unsafeUnwrap();
}

async function givenLamps(units: number, quantity: number): Promise<CartView> {
  const { variantId } = await givenVariant(shop, units);
  return (await clicks.addVariant(variantId, quantity))._unsafeUnwrap();
}

function itemOf(cart: CartView): CartItemId {
  return cart.items[0]?.id as CartItemId;
}

function edit(expectedVersion: number | null = null) {
  return { customerId, expectedVersion };
}

describe('viewing a cart', () => {
  it('shows an empty one to whoever has none, and stores nothing', async () => {
    expect(await cartOf(customerId)).toMatchObject({
      id: null,
      version: 0,
      items: [],
      itemCount: 0,
      shippingMethod: 'standard',
      isEstimated: true,
      totals: { total: dollars('0.00') },
    });
    expect((await shop.carts.findActive(customerId))._unsafeUnwrap()).toBeNull();
  });

  it('shows what it costs now, and whether it can be had now', async () => {
    const { variantId } = await givenVariant(shop, 3, { name: 'Lamp' });
    expect((await clicks.addVariant(variantId, 3)).isOk()).toBe(true);
    const other = clicksOf(await givenCustomer(shop), useCases);
    expect((await other.addVariant(variantId, 1)).isOk()).toBe(true);
    expect((await cartOf(customerId)).items).toMatchObject([
      { name: 'Lamp', unitPrice: dollars('19.99'), subtotal: dollars('59.97'), available: true },
    ]);

    const doubled = orderingUseCases(shop, {
      change: (offer) => [{ ...offer, unitPrice: dollars('40.00'), availableUnits: 2 }],
    });
    expect((await doubled.viewCart.execute({ customerId }))._unsafeUnwrap()).toMatchObject({
      items: [{ unitPrice: dollars('40.00'), subtotal: dollars('120.00'), available: false }],
      totals: { subtotal: dollars('120.00'), shipping: dollars('0.00'), total: dollars('120.00') },
    });
  });

  it('says of what is no longer sold that it cannot be had', async () => {
    await givenLamps(5, 1);
    const { viewCart } = orderingUseCases(shop, {
      change: (offer) => [{ ...offer, published: false }],
    });
    const cart = (await viewCart.execute({ customerId }))._unsafeUnwrap();
    expect(cart.items).toMatchObject([{ available: false }]);
  });

  it('leaves out what has no price any more', async () => {
    await givenLamps(5, 1);
    const { viewCart } = orderingUseCases(shop, { change: () => [] });
    const cart = (await viewCart.execute({ customerId }))._unsafeUnwrap();
    expect(cart).toMatchObject({ items: [], itemCount: 0, totals: { total: dollars('0.00') } });
  });

  it('counts what it shows', async () => {
    const [a, b] = [await givenVariant(shop, 9), await givenVariant(shop, 9)];
    expect((await clicks.addVariant(a.variantId, 2)).isOk()).toBe(true);
    expect((await clicks.addVariant(b.variantId, 3))._unsafeUnwrap().itemCount).toBe(5);
    const { viewCart } = orderingUseCases(shop, {
      change: (offer) => (offer.variantId === a.variantId ? [] : [offer]),
    });
    const cart = (await viewCart.execute({ customerId }))._unsafeUnwrap();
    expect(cart).toMatchObject({ items: [{ quantity: 3 }], itemCount: 3 });
  });

  it('falls back to the default when the shop gave up the chosen way of shipping', async () => {
    await givenLamps(5, 1);
    const express = { ...edit(), method: 'express' };
    expect((await useCases.chooseShipping.execute(express, asCustomer(customerId))).isOk()).toBe(
      true,
    );
    const without = orderingUseCases(shop, { pricing: withoutShippingBy('express') });
    const fallenBack = {
      shippingMethod: 'standard',
      isEstimated: true,
      totals: { shipping: dollars('5.99') },
    };
    expect((await without.viewCart.execute({ customerId }))._unsafeUnwrap()).toMatchObject(
      fallenBack,
    );
    const { variantId } = await givenVariant(shop, 1);
    const more = await clicksOf(customerId, without).addVariant(variantId);
    expect(more._unsafeUnwrap()).toMatchObject(fallenBack);
    expect(await cartOf(customerId)).toMatchObject({ shippingMethod: 'express' });
  });

  it('shows nothing at all when the pricing left out what is sold', async () => {
    await givenLamps(5, 1);
    const pricing: PricingChange = (standard) => ({
      shippingMethods: standard.shippingMethods,
      price: (request) => standard.price({ ...request, lines: [] }),
    });
    const { viewCart } = orderingUseCases(shop, { pricing });
    await expect(async () => viewCart.execute({ customerId })).rejects.toThrow(Defect);
  });

  it('is not possible in a shop that ships in no way at all', async () => {
    const pricing: PricingChange = (standard) => ({
      shippingMethods: [],
      price: (request) => standard.price(request),
    });
    const { viewCart } = orderingUseCases(shop, { pricing });
    await expect(async () => viewCart.execute({ customerId })).rejects.toThrow(Defect);
  });
});

describe('adding to a cart', () => {
  it('opens a cart, prices it, and lengthens the line when more is added', async () => {
    const { productId, variantId } = await givenVariant(shop, 5);
    const first = (await clicks.addVariant(variantId, 2))._unsafeUnwrap();
    expect(first).toMatchObject({
      version: 1,
      itemCount: 2,
      items: [{ productId, variantId, quantity: 2, available: true }],
      totals: {
        subtotal: dollars('39.98'),
        shipping: dollars('5.99'),
        tax: dollars('0.00'),
        total: dollars('45.97'),
      },
    });
    expect(first.id).not.toBeNull();
    const second = (await clicks.addVariant(variantId, 4))._unsafeUnwrap();
    expect(second).toMatchObject({ id: first.id, version: 2, itemCount: 6 });
    expect(second.items).toMatchObject([{ id: first.items[0]?.id, quantity: 6, available: false }]);
    expect(await cartOf(customerId)).toEqual(second);
  });

  it('takes a product that comes in one variant by its name alone', async () => {
    const { productId, variantId } = await givenVariant(shop, 5);
    const cart = (await clicks.addProduct(productId))._unsafeUnwrap();
    expect(cart.items).toMatchObject([{ variantId }]);
  });

  it('asks which one when the product comes in several variants, and names those that are sold', async () => {
    const { id, variants } = (await givenProduct(shop, { variants: [{}, {}, {}] }, 5)).state;
    const [first, second, third] = variants.map((variant) => variant.id);
    const withdrawn = orderingUseCases(shop, {
      change: (offer) => [{ ...offer, published: offer.variantId !== second }],
    });
    expect(await clicksOf(customerId, withdrawn).addProduct(id)).toEqual(
      err({ code: 'ordering.variant_required', variantIds: [first, third] }),
    );
    expect((await cartOf(customerId)).id).toBeNull();
  });

  it.each(['draft', 'archived'] as const)('refuses what is %s', async (status) => {
    const { productId, variantId } = await givenVariant(shop, 5, { status });
    expect(await clicks.addVariant(variantId)).toEqual(
      err({ code: 'ordering.offer_not_found', path: ['variantId'] }),
    );
    expect(await clicks.addProduct(productId)).toEqual(
      err({ code: 'ordering.offer_not_found', path: ['productId'] }),
    );
  });

  it('refuses what does not exist, or has no price in the cart’s currency', async () => {
    const foreign = await givenVariant(shop, 5, { currency: 'EUR' });
    for (const variantId of [builderIds.next<VariantId>(), foreign.variantId])
      expect((await clicks.addVariant(variantId)).isErr()).toBe(true);
    for (const productId of [builderIds.next<ProductId>(), foreign.productId])
      expect((await clicks.addProduct(productId)).isErr()).toBe(true);
    expect((await cartOf(customerId)).id).toBeNull();
  });

  it('refuses a line that is too long, and leaves it as it was', async () => {
    const { variantId } = await givenVariant(shop, 5);
    expect((await clicks.addVariant(variantId, 9_999)).isOk()).toBe(true);
    expect((await clicks.addVariant(variantId, 1))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.line_too_large',
      maximum: 9_999,
    });
    expect((await cartOf(customerId)).version).toBe(1);
  });

  it('refuses the two hundred and first line', async () => {
    const { variants } = (
      await givenProduct(shop, { variants: Array.from({ length: 200 }, () => ({})) })
    ).state;
    for (const { id } of variants) expect((await clicks.addVariant(id)).isOk()).toBe(true);
    const { variantId } = await givenVariant(shop);
    expect((await clicks.addVariant(variantId))._unsafeUnwrapErr()).toMatchObject({
      code: 'ordering.cart_full',
    });
    expect((await cartOf(customerId)).itemCount).toBe(200);
  });

  it('adds once under one key', async () => {
    const { variantId } = await givenVariant(shop, 5);
    const context = underKey(asCustomer(customerId), 'click', {
      answerOf: () => ({ status: 201, headers: {}, body: 'the cart' }),
    });
    const add = () =>
      useCases.addToCart.execute(
        { customerId, choice: { kind: 'variant', variantId }, quantity: 2 as Quantity },
        context,
      );
    expect((await add()).isOk()).toBe(true);
    expect((await add())._unsafeUnwrapErr()).toMatchObject({ code: 'core.idempotent_replay' });
    expect((await cartOf(customerId)).itemCount).toBe(2);
  });
});

describe('changing a cart', () => {
  const context = asCustomer(builderIds.next());

  it('sets how many units of a line are wanted, or takes it out', async () => {
    const cart = await givenLamps(5, 2);
    const change = (quantity: number | null) =>
      useCases.changeCartItem.execute(
        { ...edit(), itemId: itemOf(cart), quantity: quantity as Quantity | null },
        context,
      );
    expect((await change(5))._unsafeUnwrap()).toMatchObject({ version: 2, itemCount: 5 });
    expect((await change(null))._unsafeUnwrap()).toMatchObject({ version: 3, items: [] });
    expect(await change(1)).toEqual(err({ code: 'ordering.cart_item_not_found' }));
    expect(await change(null)).toEqual(err({ code: 'ordering.cart_item_not_found' }));
  });

  it('does not find the line of somebody else’s cart', async () => {
    const cart = await givenLamps(5, 2);
    const stranger = await givenCustomer(shop);
    const changed = useCases.changeCartItem.execute(
      { customerId: stranger, expectedVersion: null, itemId: itemOf(cart), quantity: null },
      context,
    );
    expect(await changed).toEqual(err({ code: 'ordering.cart_item_not_found' }));
    expect((await cartOf(customerId)).itemCount).toBe(2);
  });

  it('chooses how it is shipped, by a method that the shop has', async () => {
    await givenLamps(5, 2);
    const choose = (method: string) =>
      useCases.chooseShipping.execute({ ...edit(), method }, context);
    expect((await choose('express'))._unsafeUnwrap()).toMatchObject({
      shippingMethod: 'express',
      isEstimated: true,
      totals: { shipping: dollars('12.99') },
    });
    expect(await choose('pigeon')).toEqual(
      err({
        code: 'ordering.unknown_shipping_method',
        path: ['method'],
        method: 'pigeon',
        methods: ['standard', 'express', 'overnight', 'international'],
      }),
    );
    expect((await cartOf(customerId)).shippingMethod).toBe('express');
  });

  it('is told where it is shipped to; with a way of shipping chosen its price is no estimate any more', async () => {
    await givenLamps(5, 2);
    const address = anAddress({ country: 'GB' });
    const told = await useCases.chooseAddress.execute({ ...edit(), address }, context);
    expect(told._unsafeUnwrap()).toMatchObject({ shippingAddress: address, isEstimated: true });
    const express = { ...edit(), method: 'express' };
    expect((await useCases.chooseShipping.execute(express, context)).isOk()).toBe(true);
    expect(await cartOf(customerId)).toMatchObject({
      shippingAddress: address,
      isEstimated: false,
    });
  });

  it('takes everything out', async () => {
    await givenLamps(5, 2);
    expect((await useCases.clearCart.execute(edit(), context))._unsafeUnwrap()).toMatchObject({
      items: [],
      isEstimated: true,
    });
  });

  it('is refused to whoever saw an older version', async () => {
    const cart = await givenLamps(5, 2);
    const stale = err({ code: 'core.stale_version', currentVersion: 1 });
    expect(await useCases.clearCart.execute(edit(2), context)).toEqual(stale);
    expect(await useCases.clearCart.execute(edit(0), context)).toEqual(stale);
    const command = { ...edit(7), itemId: itemOf(cart), quantity: null };
    expect(await useCases.changeCartItem.execute(command, context)).toEqual(stale);
    expect(
      await useCases.chooseShipping.execute({ ...edit(7), method: 'express' }, context),
    ).toEqual(stale);
    expect((await useCases.clearCart.execute(edit(1), context)).isOk()).toBe(true);
  });

  it('is not opened for somebody whom the shop does not know', async () => {
    const stranger = builderIds.next<UserId>();
    const { variantId } = await givenVariant(shop, 5);
    const asStranger = asCustomer(stranger);
    const everything = { customerId: stranger, expectedVersion: null };
    const unknown = err({ code: 'ordering.customer_not_found' });
    expect(await clicksOf(stranger, useCases).addVariant(variantId)).toEqual(unknown);
    expect(await useCases.clearCart.execute(everything, asStranger)).toEqual(unknown);
    const express = { ...everything, method: 'express' };
    expect(await useCases.chooseShipping.execute(express, asStranger)).toEqual(unknown);
    expect((await shop.carts.findActive(stranger))._unsafeUnwrap()).toBeNull();
  });

  it('loses none of two clicks at once', async () => {
    const [a, b] = [await givenVariant(shop, 1), await givenVariant(shop, 1)];
    const runs = await Promise.all([
      clicks.addVariant(a.variantId),
      clicks.addVariant(b.variantId),
    ]);
    expect(runs.map((run) => run.isOk())).toEqual([true, true]);
    expect((await cartOf(customerId)).itemCount).toBe(2);
  });
});
