import { err } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import {
  Defect,
  LARGEST_MINOR_UNITS,
  Money,
  type CartId,
  type UserId,
  type VariantId,
} from '@kastoma/domain/core';
import type { PricingInput } from '@kastoma/domain/pricing';

import { anAddress } from '../testing/builders/address.builder.ts';
import { builderIds } from '../testing/builders/builder-ids.ts';
import { dollars, USD } from '../testing/builders/money.builder.ts';
import { aPromotion, percent } from '../testing/builders/promotion.builder.ts';
import { asCustomer, SHOP, underKey } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { clicksOf, orderingUseCases } from '../testing/ordering-use-cases.ts';
import { RecordedPause } from '../testing/ports/recorded-pause.ts';
import { givenCoupon, givenPromotion } from '../testing/promoted-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCustomer, givenVariant } from '../testing/stocked-shop.ts';
import { OrderingSimulationSubjects } from './acl/ordering-simulation-subjects.ts';
import { SimulatePromotion, type SimulatePromotionQuery } from './simulate-promotion.query.ts';
import type { SimulationSubject, SimulationSubjects } from './simulation-subjects.port.ts';
import { NEW_STORE_PRICING } from './store-pricing.ts';

type Draft = SimulatePromotionQuery['draft'];

const FIFTH: Draft = {
  name: 'A fifth off',
  effects: [{ type: 'percentage', percentage: percent('20') }],
};

let shop: ShopPorts;
let ada: UserId;
let lamp: VariantId;
let pause: RecordedPause;

beforeEach(async () => {
  shop = inMemoryShop();
  pause = new RecordedPause();
  ada = await givenCustomer(shop);
  lamp = (await givenVariant(shop, 90, { variants: [{ price: '10.00' }] })).variantId;
});

function simulation(store = NEW_STORE_PRICING): SimulatePromotion {
  const { carts, offers, customers, orderQueries, promotionsInForce: promotions } = shop;
  const { settings, clock, pricing: unitOfWork } = shop;
  const reading = { carts, offers, customers, orderQueries, promotions, settings, store, clock };
  return new SimulatePromotion({
    subjects: new OrderingSimulationSubjects(reading),
    ids: shop.ids,
    pause,
    unitOfWork,
  });
}

async function givenLampsOf(customerId: UserId, quantity: number): Promise<CartId> {
  const clicks = clicksOf(customerId, orderingUseCases(shop));
  return (await clicks.addVariant(lamp, quantity))._unsafeUnwrap().id as CartId;
}

async function place(customerId: UserId): Promise<string> {
  const unsaid = { email: null, billingAddress: null, shippingMethod: null, couponCodes: null };
  const how = { ...unsaid, quoteHash: null };
  const placed = await orderingUseCases(shop).placeOrder.execute(
    { customerId, shippingAddress: anAddress(), ...how, paymentMethod: 'manual', notes: '' },
    asCustomer(customerId),
  );
  return placed._unsafeUnwrap().id;
}

async function onCart(cartId: CartId, draft: Draft = FIFTH) {
  return (
    await simulation().execute({ draft, on: { kind: 'cart', cartId } }, SHOP)
  )._unsafeUnwrap();
}

async function onLastOrders(count: number, draft: Draft = FIFTH) {
  const on = { kind: 'last_orders' as const, count };
  return (await simulation().execute({ draft, on }, SHOP))._unsafeUnwrap();
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
    const before = (
      await orderingUseCases(shop).viewCart.execute({ customerId: ada })
    )._unsafeUnwrap();
    await onCart(cartId);
    expect(
      (await orderingUseCases(shop).viewCart.execute({ customerId: ada }))._unsafeUnwrap(),
    ).toEqual(before);
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
    const tried = (await without.execute({ draft: FIFTH, on }, SHOP))._unsafeUnwrap();
    expect(tried.carts[0]?.outcome).toMatchObject({ before: { shipping: dollars('5.99') } });
  });

  it('is refused for a cart that is not there, or was ordered', async () => {
    const cartId = await givenLampsOf(ada, 1);
    await place(ada);
    const missing = err({ code: 'pricing.cart_missing', path: ['cartId'] });
    for (const id of [cartId, builderIds.next<CartId>()]) {
      const on = { kind: 'cart' as const, cartId: id };
      expect(await simulation().execute({ draft: FIFTH, on }, SHOP)).toEqual(missing);
    }
  });

  it('is refused for a draft that is none, and the place is named', async () => {
    const on = { kind: 'last_orders' as const, count: 1 };
    expect(await simulation().execute({ draft: { name: 'x', effects: [] }, on }, SHOP)).toEqual(
      err({
        code: 'pricing.invalid_promotion',
        path: ['promotion', 'effects'],
        reason: 'no_effect',
      }),
    );
  });
});

describe('trying a draft on what is at the end of money', () => {
  const fortune = Money.of(LARGEST_MINOR_UNITS, USD)._unsafeUnwrap();
  const FREE: Draft = {
    name: 'All of it',
    effects: [{ type: 'percentage', percentage: percent('100') }],
  };

  function anOrder(quantity: number, wishes: Partial<PricingInput> = {}): SimulationSubject {
    const line = { id: 'line', productId: 'lamp', variantId: 'brass lamp', unitPrice: fortune };
    const lines = [{ ...line, quantity }];
    const input = { currency: USD, at: shop.clock.now(), lines, shipping: null, ...wishes };
    return { kind: 'order', id: 'order', number: null, charged: null, input };
  }

  function onOrders(orders: readonly SimulationSubject[], draft: Draft = FREE) {
    const { ids, pricing: unitOfWork } = shop;
    const subjects: SimulationSubjects = {
      cart: () => expect.fail('No cart was asked for.'),
      lastOrders: async () => orders,
    };
    const simulate = new SimulatePromotion({ subjects, ids, pause, unitOfWork });
    return simulate.execute({ draft, on: { kind: 'last_orders', count: 9 } }, SHOP);
  }

  it('says which has no price, and nothing of its codes', async () => {
    const { carts, summary } = (
      await onOrders([anOrder(2, { codes: ['SUMMER'] }), anOrder(1)])
    )._unsafeUnwrap();
    expect(carts).toMatchObject([
      { outcome: { outcome: 'not_priceable' }, rejection: null, rejectedCodes: [] },
      { outcome: { outcome: 'priced' }, rejection: null, rejectedCodes: [] },
    ]);
    expect(summary).toMatchObject([
      { carts: 2, notPriceable: [{ code: 'pricing.amount_out_of_bounds', carts: 1 }] },
    ]);
  });

  it('is refused where the sum of what it changes is no amount any more', async () => {
    expect(await onOrders([anOrder(1), anOrder(1)])).toEqual(
      err({ code: 'core.money_out_of_bounds', currency: USD }),
    );
  });

  it('says in words why it would do nothing where no other promotion is known', async () => {
    const draft = { ...FREE, conditions: { minimumQuantity: 2 } };
    const [order] = (await onOrders([anOrder(1)], draft))._unsafeUnwrap().carts;
    expect(order?.rejection?.message).toBe('“All of it” needs 2 units, this cart has 1.');
  });

  it('tells only of codes, and not of the promotions that come by themselves', async () => {
    const terms = aPromotion({ conditions: { minimumQuantity: 2 } }).state.terms;
    const order = anOrder(1, { promotions: [terms], codes: ['SUMMER'] });
    const [tried] = (await onOrders([order]))._unsafeUnwrap().carts;
    expect(tried?.rejectedCodes.map(({ couponCode }) => couponCode)).toEqual(['SUMMER']);
  });
});

describe('a simulation is a defect where', () => {
  it('the shop has no way of shipping', async () => {
    const cartId = await givenLampsOf(ada, 1);
    const without = simulation({ ...NEW_STORE_PRICING, shippingMethodsIn: () => [] });
    const on = { kind: 'cart' as const, cartId };
    await expect(async () => without.execute({ draft: FIFTH, on }, SHOP)).rejects.toThrow(Defect);
  });

  it('the promotions of an order were not found', async () => {
    await givenLampsOf(ada, 1);
    await place(ada);
    const promotionsInForce = { ...shop.promotionsInForce, forPastCarts: async () => [] };
    shop = { ...shop, promotionsInForce };
    await expect(onLastOrders(1)).rejects.toThrow(Defect);
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

  it('says what each was charged, whatever it would cost today', async () => {
    const tenth = await givenPromotion(shop);
    await givenLampsOf(ada, 3);
    await place(ada);
    const gone = shop.pricing.run(SHOP, ({ promotions }) =>
      promotions
        .find(tenth.state.id)
        .andThen((found) => found.delete(shop.clock.now()))
        .andThen((deleted) => promotions.save(deleted)),
    );
    expect((await gone).isOk()).toBe(true);
    const [order] = (await onLastOrders(10)).carts;
    expect(order).toMatchObject({
      charged: {
        discount: dollars('3.00'),
        shipping: dollars('5.99'),
        tax: dollars('0.00'),
        total: dollars('32.99'),
      },
      outcome: { before: { total: dollars('35.99') } },
    });
    const [cart] = (await onCart(await givenLampsOf(ada, 1))).carts;
    expect(cart?.charged).toBeNull();
  });

  it('names each code of an order that takes nothing off any more, be it unknown by now', async () => {
    const tenth = await givenPromotion(shop, { automatic: false });
    const coupon = await givenCoupon(shop, tenth);
    const { id, code } = coupon.state;
    await givenLampsOf(ada, 1);
    expect((await clicksOf(ada, orderingUseCases(shop)).presentCode(code)).isOk()).toBe(true);
    await place(ada);
    expect((await onLastOrders(1)).carts[0]?.rejectedCodes).toEqual([]);
    const gone = shop.pricing.run(SHOP, ({ coupons }) =>
      coupons
        .find(id)
        .andThen((found) => found.delete(shop.clock.now()))
        .andThen((deleted) => coupons.save(deleted)),
    );
    expect((await gone).isOk()).toBe(true);
    expect((await onLastOrders(1)).carts[0]?.rejectedCodes).toEqual([
      { code: 'coupon.unknown', couponCode: code, message: `There is no code ${code}.` },
    ]);
  });

  it('reads what it needs in few reads, and lets others have their turn', async () => {
    for (let count = 0; count < 9; count += 1) {
      await givenLampsOf(ada, 1);
      await place(ada);
    }
    const reads: string[] = [];
    const counted = <Port extends object>(port: Port): Port =>
      new Proxy(port, {
        get:
          (_port, name: string) =>
          (...given: readonly unknown[]) => {
            reads.push(name);
            return (port as Record<string, (...all: readonly unknown[]) => unknown>)[name]?.(
              ...given,
            );
          },
      });
    const { promotionsInForce, customers, offers, orderQueries } = shop;
    shop = {
      ...shop,
      promotionsInForce: counted(promotionsInForce),
      customers: counted(customers),
      offers: counted(offers),
      orderQueries: counted(orderQueries),
    };
    const { carts, summary } = await onLastOrders(9);
    expect(reads.toSorted()).toEqual([
      'firstOrders',
      'forPastCarts',
      'groupsOf',
      'list',
      'ofVariants',
    ]);
    expect(pause.milliseconds).toEqual([0, 0]);
    expect(carts).toHaveLength(9);
    expect(summary).toMatchObject([
      { currency: 'USD', carts: 9, changed: 9, differences: { total: dollars('-18.00') } },
    ]);
  });

  it('is answered once under one key, whatever was ordered since', async () => {
    await givenLampsOf(ada, 1);
    await place(ada);
    const ask = (fingerprint = 'one') =>
      simulation().execute(
        { draft: FIFTH, on: { kind: 'last_orders', count: 10 } },
        underKey(SHOP, 'key', { fingerprint }),
      );
    expect((await ask())._unsafeUnwrap().carts).toHaveLength(1);
    await givenLampsOf(ada, 1);
    await place(ada);
    expect(await ask()).toMatchObject(err({ code: 'core.idempotent_replay' }));
    expect(await ask('two')).toEqual(err({ code: 'core.idempotency_key_reused' }));
  });

  it('says nothing of a shop without orders', async () => {
    expect(await onLastOrders(200)).toEqual({ carts: [], summary: [] });
  });
});
