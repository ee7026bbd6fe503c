import { err, errAsync, ok } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import { Defect, type UserId, type VariantId } from '@kastoma/domain/core';

import { anAddress } from '../testing/builders/address.builder.ts';
import { dollars } from '../testing/builders/money.builder.ts';
import { asCustomer, underKey } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { clicksOf, orderingUseCases } from '../testing/ordering-use-cases.ts';
import { withoutShippingBy, type PricingChange } from '../testing/ports/changed-pricing.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCustomer, givenVariant } from '../testing/stocked-shop.ts';
import type { PlaceOrderCommand } from './place-order.use-case.ts';

let shop: ShopPorts;
let customerId: UserId;
let lamp: VariantId;
let chair: VariantId;

beforeEach(async () => {
  shop = inMemoryShop();
  customerId = await givenCustomer(shop);
  lamp = (await givenVariant(shop, 5, { name: 'Lamp' })).variantId;
  chair = (await givenVariant(shop, 5, { name: 'Chair', variants: [{ price: '80.00' }] }))
    .variantId;
});

async function givenFullCart(): Promise<void> {
  const clicks = clicksOf(customerId, orderingUseCases(shop));
  expect((await clicks.addVariant(lamp, 2)).isOk()).toBe(true);
  expect((await clicks.addVariant(chair, 1)).isOk()).toBe(true);
}

function place(
  wishes: Partial<PlaceOrderCommand> = {},
  { placeOrder } = orderingUseCases(shop),
  context = asCustomer(customerId),
) {
  return placeOrder.execute(
    {
      customerId,
      shippingAddress: anAddress(),
      email: null,
      billingAddress: null,
      shippingMethod: null,
      couponCodes: null,
      paymentMethod: 'manual',
      quoteHash: null,
      notes: '',
      ...wishes,
    },
    context,
  );
}

async function reservedOf(variantId: VariantId): Promise<number> {
  return (await shop.stockQueries.find(variantId))._unsafeUnwrap().reserved;
}

/** The cart stands as it was, and there is no trace of an order. */
async function expectNothingHappened(): Promise<void> {
  const cart = (await shop.carts.findActive(customerId))._unsafeUnwrap();
  expect(cart?.version).toBe(2);
  expect(cart?.state.items.map(({ quantity }) => quantity)).toEqual([2, 1]);
  expect(await shop.orderQueries.list(null, { page: 1, pageSize: 1 })).toMatchObject({ count: 0 });
  expect([await reservedOf(lamp), await reservedOf(chair)]).toEqual([0, 0]);
}

describe('the address of an order', () => {
  const chooseAddress = async (city: string) => {
    const choice = { customerId, expectedVersion: null, address: anAddress({ city }) };
    const chosen = orderingUseCases(shop).chooseAddress.execute(choice, asCustomer(customerId));
    expect((await chosen).isOk()).toBe(true);
  };

  it('is that of the cart where the order states none, and the one that it states where it does', async () => {
    for (const [shippingAddress, city] of [
      [null, 'Shelbyville'],
      [anAddress({ city: 'Ogdenville' }), 'Ogdenville'],
    ] as const) {
      await givenFullCart();
      await chooseAddress('Shelbyville');
      const order = (await place({ shippingAddress }))._unsafeUnwrap();
      expect([order.shippingAddress.city, order.billingAddress.city]).toEqual([city, city]);
    }
  });

  it('is required from one of them', async () => {
    await givenFullCart();
    expect(await place({ shippingAddress: null })).toEqual(
      err({ code: 'ordering.shipping_address_required' }),
    );
  });
});

describe('placing an order', () => {
  it('turns the cart into an order at today’s prices', async () => {
    await givenFullCart();
    const order = (await place({ notes: ' Ring twice ' }))._unsafeUnwrap();
    expect(order).toMatchObject({
      number: 'KAS-2026-000001',
      customerId,
      status: 'pending',
      paymentStatus: 'pending',
      fulfilmentStatus: 'unfulfilled',
      currency: 'USD',
      totals: {
        subtotal: dollars('119.98'),
        discount: dollars('0.00'),
        shipping: dollars('0.00'),
        tax: dollars('0.00'),
        total: dollars('119.98'),
      },
      items: [
        { variantId: lamp, name: 'Lamp', unitPrice: dollars('19.99'), quantity: 2 },
        { variantId: chair, name: 'Chair', unitPrice: dollars('80.00'), quantity: 1 },
      ],
      shippingMethod: 'standard',
      paymentMethod: 'manual',
      payments: [{ method: 'manual', status: 'pending', amount: dollars('119.98') }],
      notes: 'Ring twice',
      placedAt: shop.clock.now(),
      version: 1,
    });
    const stored = await shop.orderQueries.find(order.id as never, customerId);
    expect(stored).toEqual(ok(order));
  });

  it('leaves the shopper without a cart, and the next click opens a new one', async () => {
    await givenFullCart();
    const before = (await shop.carts.findActive(customerId))._unsafeUnwrap();
    expect((await place()).isOk()).toBe(true);
    expect((await shop.carts.findActive(customerId))._unsafeUnwrap()).toBeNull();
    await givenFullCart();
    const after = (await shop.carts.findActive(customerId))._unsafeUnwrap();
    expect(after?.state.id).not.toBe(before?.state.id);
    expect([before?.version, after?.version]).toEqual([2, 5]);
  });

  it('shows the empty cart after it under a version of its own, and no older one changes it', async () => {
    await givenFullCart();
    expect((await place()).isOk()).toBe(true);
    const { viewCart, clearCart } = orderingUseCases(shop);
    expect((await viewCart.execute({ customerId }))._unsafeUnwrap()).toMatchObject({
      id: null,
      version: 3,
      items: [],
    });
    await givenFullCart();
    const stale = { customerId, expectedVersion: 2 };
    expect(await clearCart.execute(stale, asCustomer(customerId))).toEqual(
      err({ code: 'core.stale_version', currentVersion: 5 }),
    );
  });

  it('keeps the address to write to about this order', async () => {
    await givenFullCart();
    const order = (await place({ email: 'office@people.example' }))._unsafeUnwrap();
    expect(order.email).toBe('office@people.example');
    expect(await shop.orderQueries.find(order.id as never, customerId)).toEqual(ok(order));
    await givenFullCart();
    expect((await place())._unsafeUnwrap().email).toBeNull();
  });

  it('promises the units, and writes down for which order', async () => {
    await givenFullCart();
    const order = (await place())._unsafeUnwrap();
    expect([await reservedOf(lamp), await reservedOf(chair)]).toEqual([2, 1]);
    const page = await shop.stockQueries.movements(
      { variantId: lamp, location: null, type: null },
      { page: 1, pageSize: 1 },
    );
    expect(page._unsafeUnwrap().items).toMatchObject([
      { reference: `order:${order.id}`, actor: `user:${customerId}`, reservedDelta: 2 },
    ]);
  });

  it('tells of the order, and of the payment that is asked for', async () => {
    await givenFullCart();
    const order = (await place())._unsafeUnwrap();
    const toldBy = { correlationId: 'test', actor: `user:${customerId}` };
    expect(await shop.eventsOf(order.id)).toMatchObject([
      {
        ...toldBy,
        type: 'ordering.order_placed',
        payload: { number: order.number, total: { amount: '119.98', currency: 'USD' } },
      },
    ]);
    expect(await shop.eventsOf(order.payments[0]?.id ?? '')).toMatchObject([
      { ...toldBy, type: 'payments.payment_requested', payload: { orderId: order.id } },
    ]);
  });

  it('bills where the goods go unless told otherwise', async () => {
    await givenFullCart();
    const order = (await place())._unsafeUnwrap();
    expect(order.billingAddress).toEqual(order.shippingAddress);
    await givenFullCart();
    const company = anAddress({ name: 'Ada’s company' });
    const second = (await place({ billingAddress: company }))._unsafeUnwrap();
    expect(second.billingAddress).toEqual(company);
    expect(second.number).toBe('KAS-2026-000002');
  });

  it('ships as the order says, else as the cart says', async () => {
    await givenFullCart();
    const choice = { customerId, expectedVersion: null, method: 'express' };
    const { chooseShipping } = orderingUseCases(shop);
    expect((await chooseShipping.execute(choice, asCustomer(customerId))).isOk()).toBe(true);
    expect((await place())._unsafeUnwrap()).toMatchObject({
      shippingMethod: 'express',
      totals: { shipping: dollars('12.99'), total: dollars('132.97') },
    });
    await givenFullCart();
    const second = await place({ shippingMethod: 'overnight' });
    expect(second._unsafeUnwrap().totals.shipping).toEqual(dollars('24.99'));
  });

  it('accepts the price that the customer saw', async () => {
    await givenFullCart();
    const { viewCart } = orderingUseCases(shop);
    const seen = (await viewCart.execute({ customerId }))._unsafeUnwrap();
    expect((await place({ quoteHash: seen.quoteHash })).isOk()).toBe(true);
  });

  it('places one order under one key', async () => {
    await givenFullCart();
    const answer = { status: 201, headers: {}, body: 'the order' };
    const context = underKey(asCustomer(customerId), 'order', { answerOf: () => answer });
    expect((await place({}, orderingUseCases(shop), context)).isOk()).toBe(true);
    expect(await place({}, orderingUseCases(shop), context)).toEqual(
      err({ code: 'core.idempotent_replay', answer }),
    );
    expect([await reservedOf(lamp), await reservedOf(chair)]).toEqual([2, 1]);
  });
});

describe('an order is refused, and nothing happens, when', () => {
  it('there is nothing in the cart, or no cart', async () => {
    expect(await place()).toEqual(err({ code: 'ordering.cart_empty' }));
    await givenFullCart();
    const everything = { customerId, expectedVersion: null };
    const { clearCart } = orderingUseCases(shop);
    expect((await clearCart.execute(everything, asCustomer(customerId))).isOk()).toBe(true);
    expect(await place()).toEqual(err({ code: 'ordering.cart_empty' }));
  });

  it('the price is another one than the customer saw: the cart of now is shown', async () => {
    await givenFullCart();
    const { viewCart } = orderingUseCases(shop);
    const { quoteHash } = (await viewCart.execute({ customerId }))._unsafeUnwrap();
    const dearer = orderingUseCases(shop, {
      change: (offer) => [
        offer.variantId === chair ? { ...offer, unitPrice: dollars('90.00') } : offer,
      ],
    });
    const refused = (await place({ quoteHash }, dearer))._unsafeUnwrapErr();
    expect(refused).toMatchObject({
      code: 'ordering.quote_changed',
      cart: { version: 2, totals: { subtotal: dollars('129.98') } },
    });
    await expectNothingHappened();
  });

  it('units are missing: each variant that is short is named', async () => {
    await givenFullCart();
    const rival = await givenCustomer(shop);
    const clicks = clicksOf(rival, orderingUseCases(shop));
    expect((await clicks.addVariant(lamp, 4)).isOk()).toBe(true);
    const taken = place({ customerId: rival }, orderingUseCases(shop), asCustomer(rival));
    expect((await taken).isOk()).toBe(true);

    expect(await place()).toEqual(
      err({
        code: 'ordering.out_of_stock',
        shortages: [{ variantId: lamp, requested: 2, available: 1 }],
      }),
    );
    expect(await reservedOf(lamp)).toBe(4);
    expect(await reservedOf(chair)).toBe(0);
    expect((await shop.carts.findActive(customerId))._unsafeUnwrap()?.version).toBe(2);
    expect((await shop.orderQueries.list(customerId, { page: 1, pageSize: 1 })).count).toBe(0);
  });

  it('something in it is no longer sold, or has no price any more', async () => {
    await givenFullCart();
    const withdrawn = orderingUseCases(shop, {
      change: (offer) => [{ ...offer, published: offer.variantId !== chair }],
    });
    const gone = orderingUseCases(shop, {
      change: (offer) => (offer.variantId === lamp ? [] : [offer]),
    });
    expect(await place({}, withdrawn)).toEqual(
      err({ code: 'ordering.item_not_for_sale', path: ['items', 1, 'variantId'] }),
    );
    expect(await place({}, gone)).toEqual(
      err({ code: 'ordering.item_not_for_sale', path: ['items', 0, 'variantId'] }),
    );
    await expectNothingHappened();
  });

  it('the shop does not ship or get paid in that way', async () => {
    await givenFullCart();
    expect((await place({ shippingMethod: 'pigeon' }))._unsafeUnwrapErr()).toMatchObject({
      code: 'ordering.unknown_shipping_method',
      path: ['shippingMethod'],
      method: 'pigeon',
    });
    expect(await place({ paymentMethod: 'shells' })).toEqual(
      err({
        code: 'ordering.payment_method_not_offered',
        method: 'shells',
        methods: ['manual', 'test', 'stripe'],
      }),
    );
    await expectNothingHappened();
  });

  it('the shop gave up the way of shipping that the cart chose: nothing else is chosen in silence', async () => {
    await givenFullCart();
    const choice = { customerId, expectedVersion: null, method: 'express' };
    const { chooseShipping } = orderingUseCases(shop);
    expect((await chooseShipping.execute(choice, asCustomer(customerId))).isOk()).toBe(true);
    const without = orderingUseCases(shop, { pricing: withoutShippingBy('express') });
    expect((await place({}, without))._unsafeUnwrapErr()).toMatchObject({
      code: 'ordering.unknown_shipping_method',
      path: ['shippingMethod'],
      methods: ['standard', 'overnight', 'international'],
    });
    expect((await place({ shippingMethod: 'overnight' }, without)).isOk()).toBe(true);
  });

  it('the notes are too long, or cannot be stored', async () => {
    await givenFullCart();
    expect((await place({ notes: 'x'.repeat(2_001) }))._unsafeUnwrapErr()).toMatchObject({
      code: 'core.invalid_text',
      path: ['notes'],
      reason: 'too_long',
    });
    expect((await place({ notes: 'a\u0000b' }))._unsafeUnwrapErr()).toMatchObject({
      path: ['notes'],
    });
    await expectNothingHappened();
  });

  it('the cart is too dear to be true', async () => {
    await givenFullCart();
    const priceless: PricingChange = () => ({
      shippingMethods: ['standard'],
      price: () => errAsync({ code: 'ordering.cart_not_priceable', reason: 'too dear' }),
    });
    expect(await place({}, orderingUseCases(shop, { pricing: priceless }))).toEqual(
      err({ code: 'ordering.cart_not_priceable', reason: 'too dear' }),
    );
    await expectNothingHappened();
  });
});

describe('a pricing with a defect', () => {
  it('sells nothing, and is no refusal: those who keep the shop must hear of it', async () => {
    await givenFullCart();
    const contradictory: PricingChange = (standard) => ({
      shippingMethods: standard.shippingMethods,
      price: (request) =>
        standard.price(request).map((priced) => ({
          ...priced,
          totals: { ...priced.totals, total: dollars('1.00') },
        })),
    });
    const forgetful: PricingChange = (standard) => ({
      shippingMethods: standard.shippingMethods,
      price: (request) => standard.price({ ...request, lines: request.lines.slice(1) }),
    });
    const placeAt = async (pricing: PricingChange) =>
      place({}, orderingUseCases(shop, { pricing }));
    await expect(placeAt(contradictory)).rejects.toThrow(Defect);
    await expect(placeAt(forgetful)).rejects.toThrow(Defect);
    const unshipped: PricingChange = (standard) => ({
      shippingMethods: standard.shippingMethods,
      price: (request) => standard.price(request).map((quote) => ({ ...quote, shipping: null })),
    });
    await expect(placeAt(unshipped)).rejects.toThrow(Defect);
    await expectNothingHappened();
  });
});
