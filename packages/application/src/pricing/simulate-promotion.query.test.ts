import { err } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { CartId, UserId, VariantId } from '@kastoma/domain/core';

import { anAddress } from '../testing/builders/address.builder.ts';
import { builderIds } from '../testing/builders/builder-ids.ts';
import { dollars } from '../testing/builders/money.builder.ts';
import { percent } from '../testing/builders/promotion.builder.ts';
import { asCustomer } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { clicksOf, orderingUseCases } from '../testing/ordering-use-cases.ts';
import { givenCoupon, givenPromotion } from '../testing/promoted-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCustomer, givenVariant } from '../testing/stocked-shop.ts';
import { OrderingSimulationSubjects } from './acl/ordering-simulation-subjects.ts';
import { SimulatePromotion, type SimulatePromotionQuery } from './simulate-promotion.query.ts';
import { NEW_STORE_PRICING } from './store-pricing.ts';

type Draft = SimulatePromotionQuery['draft'];

const FIFTH: Draft = {
  name: 'A fifth off',
  effects: [{ type: 'percentage', percentage: percent('20') }],
};

let shop: ShopPorts;
let ada: UserId;
let lamp: VariantId;

beforeEach(async () => {
  shop = inMemoryShop();
  ada = await givenCustomer(shop);
  lamp = (await givenVariant(shop, 90, { variants: [{ price: '10.00' }] })).variantId;
});

function simulation(store = NEW_STORE_PRICING): SimulatePromotion {
  const { carts, offers, customers, orderQueries, promotionsInForce: promotions, clock } = shop;
  const reading = { carts, offers, customers, orderQueries, promotions, store, clock };
  return new SimulatePromotion({
    subjects: new OrderingSimulationSubjects(reading),
    ids: shop.ids,
  });
}

async function givenLampsOf(customerId: UserId, quantity: number): Promise<CartId> {
  const clicks = clicksOf(customerId, orderingUseCases(shop));
  return (await clicks.addVariant(lamp, quantity))._unsafeUnwrap().id as CartId;
}

async function place(customerId: UserId): Promise<string> {
  const how = { email: null, billingAddress: null, shippingMethod: null, quoteHash: null };
  const placed = await orderingUseCases(shop).placeOrder.execute(
    { customerId, shippingAddress: anAddress(), ...how, paymentMethod: 'manual', notes: '' },
    asCustomer(customerId),
  );
  return placed._unsafeUnwrap().id;
}

async function onCart(cartId: CartId, draft: Draft = FIFTH) {
  return (await simulation().execute({ draft, on: { kind: 'cart', cartId } }))._unsafeUnwrap();
}

async function onLastOrders(count: number, draft: Draft = FIFTH) {
  const on = { kind: 'last_orders' as const, count };
  return (await simulation().execute({ draft, on }))._unsafeUnwrap();
}

describe('trying a draft on a cart', () => {
  it('says what the cart costs without it and with it', async () => {
    const cartId = await givenLampsOf(ada, 3);
    expect(await onCart(cartId)).toMatchObject({
      carts: [
        {
          kind: 'cart',
          id: cartId,
          number: null,
          outcome: {
            isChanged: true,
            before: { discount: dollars('0.00'), total: dollars('35.99') },
            after: { discount: dollars('6.00'), total: dollars('29.99') },
            promotions: [{ name: 'A fifth off', change: 'begins' }],
          },
          rejection: null,
        },
      ],
      summary: [{ carts: 1, changed: 1, differences: { discount: dollars('6.00') } }],
    });
  });

  it('counts with the codes and the promotions that the cart has', async () => {
    const tenth = await givenPromotion(shop, { automatic: false });
    const { code } = (await givenCoupon(shop, tenth)).state;
    const cartId = await givenLampsOf(ada, 3);
    expect((await clicksOf(ada, orderingUseCases(shop)).presentCode(code)).isOk()).toBe(true);
    const [cart] = (await onCart(cartId)).carts;
    expect(cart?.outcome).toMatchObject({ before: { discount: dollars('3.00') } });
  });

  it('says in words why it would do nothing', async () => {
    const draft = { ...FIFTH, conditions: { minimumSubtotal: dollars('50.00') } };
    const [cart] = (await onCart(await givenLampsOf(ada, 3), draft)).carts;
    expect(cart).toMatchObject({
      outcome: { isChanged: false },
      rejection: {
        code: 'promotion.below_minimum',
        message: '“A fifth off” needs goods for 50.00, this cart has 30.00.',
      },
    });
  });

  it('says which promotion shuts it out', async () => {
    await givenPromotion(shop, { name: 'Opening week', isExclusive: true });
    const [cart] = (await onCart(await givenLampsOf(ada, 3))).carts;
    expect(cart?.rejection?.message).toBe(
      '“A fifth off” cannot be combined with “Opening week”, which is used instead.',
    );
  });

  it('changes nothing', async () => {
    const cartId = await givenLampsOf(ada, 3);
    const before = (await orderingUseCases(shop).viewCart.execute(ada))._unsafeUnwrap();
    await onCart(cartId);
    expect((await orderingUseCases(shop).viewCart.execute(ada))._unsafeUnwrap()).toEqual(before);
  });

  it('prices with the default where the shop gave up the way of shipping', async () => {
    const cartId = await givenLampsOf(ada, 3);
    const choice = { customerId: ada, expectedVersion: null, method: 'express' };
    const chosen = orderingUseCases(shop).chooseShipping.execute(choice, asCustomer(ada));
    expect((await chosen).isOk()).toBe(true);
    const without = simulation({
      ...NEW_STORE_PRICING,
      shippingMethodsIn: (currency) => NEW_STORE_PRICING.shippingMethodsIn(currency).slice(0, 1),
    });
    const on = { kind: 'cart' as const, cartId };
    const tried = (await without.execute({ draft: FIFTH, on }))._unsafeUnwrap();
    expect(tried.carts[0]?.outcome).toMatchObject({ before: { shipping: dollars('5.99') } });
  });

  it('is refused for a cart that is not there, or was ordered', async () => {
    const cartId = await givenLampsOf(ada, 1);
    await place(ada);
    const missing = err({ code: 'pricing.cart_missing', path: ['cartId'] });
    for (const id of [cartId, builderIds.next<CartId>()]) {
      const on = { kind: 'cart' as const, cartId: id };
      expect(await simulation().execute({ draft: FIFTH, on })).toEqual(missing);
    }
  });

  it('is refused for a draft that is none, and the place is named', async () => {
    const on = { kind: 'last_orders' as const, count: 1 };
    expect(await simulation().execute({ draft: { name: 'x', effects: [] }, on })).toEqual(
      err({
        code: 'pricing.invalid_promotion',
        path: ['promotion', 'effects'],
        reason: 'no_effect',
      }),
    );
  });
});

describe('trying a draft on the last orders', () => {
  it('prices them once more, the latest first, and sums up', async () => {
    const ids: string[] = [];
    for (const quantity of [1, 2, 3]) {
      await givenLampsOf(ada, quantity);
      ids.unshift(await place(ada));
      shop.clock.advance(60);
    }
    const { carts, summary } = await onLastOrders(2);
    expect(carts).toMatchObject([
      { kind: 'order', id: ids[0], number: 'KAS-2026-000003' },
      { kind: 'order', id: ids[1], number: 'KAS-2026-000002' },
    ]);
    expect(summary).toMatchObject([
      {
        carts: 2,
        changed: 2,
        differences: { discount: dollars('10.00'), total: dollars('-10.00') },
      },
    ]);
  });

  it('keeps the prices of then, though the catalogue has others by now', async () => {
    await givenLampsOf(ada, 1);
    await place(ada);
    shop = { ...shop, offers: { ofVariants: async () => [], ofProduct: async () => [] } };
    const [order] = (await onLastOrders(10)).carts;
    expect(order?.outcome).toMatchObject({ before: { subtotal: dollars('10.00') } });
  });

  it('gives each its codes, though they are used up and over by now', async () => {
    const tenth = await givenPromotion(shop, {
      automatic: false,
      limits: { total: 1 },
      endsAt: (shop.clock.now() + 60_000) as never,
    });
    const { code } = (await givenCoupon(shop, tenth, { singleUse: true })).state;
    await givenLampsOf(ada, 1);
    expect((await clicksOf(ada, orderingUseCases(shop)).presentCode(code)).isOk()).toBe(true);
    await place(ada);
    shop.clock.advance(120);
    const [order] = (await onLastOrders(10)).carts;
    expect(order?.outcome).toMatchObject({ before: { discount: dollars('1.00') } });
  });

  it('knows which of them was a customer’s first one', async () => {
    for (const quantity of [1, 2]) {
      await givenLampsOf(ada, quantity);
      await place(ada);
      shop.clock.advance(60);
    }
    const draft = { ...FIFTH, conditions: { firstOrder: true } };
    const { carts } = await onLastOrders(10, draft);
    expect(carts.map(({ rejection }) => rejection?.code ?? null)).toEqual([
      'promotion.not_first_order',
      null,
    ]);
  });

  it('says nothing of a shop without orders', async () => {
    expect(await onLastOrders(200)).toEqual({ carts: [], summary: [] });
  });
});
