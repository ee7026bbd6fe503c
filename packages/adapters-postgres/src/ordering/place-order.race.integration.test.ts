import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import type { CallContext } from '@kastoma/application/core';
import {
  AddToCart,
  PlaceOrder,
  ProviderPayments,
  type PlaceOrderCommand,
} from '@kastoma/application/ordering';
import {
  anAddress,
  asCustomer,
  expectToAddUp,
  givenCart,
  givenCustomer,
  givenVariant,
  paymentUseCases,
  times,
  underKey,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { Quantity, UserId, VariantId } from '@kastoma/domain/core';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

let test: TestDatabase;
let shop: ShopPorts;
let placeOrder: PlaceOrder;
let addToCart: AddToCart;
/** How often an order was begun: a circle that the database breaks is begun anew. */
let attempts = 0;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 20 });
  shop = postgresShop(test.database);
  const { ordering: unitOfWork, settings, clock, ids } = shop;
  const counting = {
    now: () => {
      attempts += 1;
      return clock.now();
    },
  };
  const { orderQueries } = shop;
  const execution = new ProviderPayments(paymentUseCases(shop).carryOut);
  placeOrder = new PlaceOrder({ unitOfWork, ids, clock: counting, execution, orderQueries });
  addToCart = new AddToCart({ unitOfWork, settings, ids, clock });
});

afterAll(async () => {
  await test.drop();
});

describe('shoppers who come at once', () => {
  it('fifty of them for the last ten units place exactly ten orders, and forty are told that it is sold out', async () => {
    const { productId, variantId } = await givenVariant(shop, 10);
    const customers = await times(50, async () => {
      const customerId = await givenCustomer(shop);
      await givenCart(shop, customerId, [{ productId, variantId, quantity: 1 }]);
      return customerId;
    });

    const runs = await Promise.all(customers.map((customerId) => place(customerId)));

    expect(runs.filter((run) => run.isOk())).toHaveLength(10);
    const refusals = runs.filter((run) => run.isErr()).map((run) => run._unsafeUnwrapErr());
    expect(refusals).toEqual(
      Array.from({ length: 40 }, () => ({
        code: 'ordering.out_of_stock',
        shortages: [{ variantId, requested: 1, available: 0 }],
      })),
    );
    expect(await stockOf(variantId)).toEqual({ onHand: 10, reserved: 10 });
    await expectToAddUp(shop, variantId);
    expect(await ordersWith(variantId)).toBe(10);
    const cartsLeft = await Promise.all(customers.map(async (id) => shop.carts.findActive(id)));
    expect(cartsLeft.filter((cart) => cart._unsafeUnwrap() !== null)).toHaveLength(40);
    expect(await eventsOfPlacedOrders(customers)).toBe(10);
  });

  it('never wait for each other in a circle, whatever the order of what they want', async () => {
    const [a, b, c] = [
      await givenVariant(shop, 100),
      await givenVariant(shop, 100),
      await givenVariant(shop, 100),
    ];
    const lists = [
      [a, b, c],
      [c, b, a],
      [b, c, a],
    ].map((list) => list.map((variant) => ({ ...variant, quantity: 1 })));
    const customers = await times(30, async (index) => {
      const customerId = await givenCustomer(shop);
      await givenCart(shop, customerId, lists[index % lists.length] ?? []);
      return customerId;
    });
    attempts = 0;
    const runs = await Promise.all(customers.map((customerId) => place(customerId)));
    expect(runs.filter((run) => run.isOk())).toHaveLength(30);
    expect(attempts).toBe(30);
    for (const { variantId } of [a, b, c]) {
      expect(await stockOf(variantId)).toEqual({ onHand: 100, reserved: 30 });
      await expectToAddUp(shop, variantId);
    }
  });

  it('ten requests for one cart place one order', async () => {
    const { productId, variantId } = await givenVariant(shop, 100);
    const customerId = await givenCustomer(shop);
    await givenCart(shop, customerId, [{ productId, variantId, quantity: 3 }]);
    const runs = await times(10, () => place(customerId));
    expect(runs.filter((run) => run.isOk())).toHaveLength(1);
    const refusals = runs.filter((run) => run.isErr()).map((run) => run._unsafeUnwrapErr().code);
    expect(new Set(refusals)).toEqual(new Set(['ordering.cart_empty']));
    expect(await stockOf(variantId)).toEqual({ onHand: 100, reserved: 3 });
    expect((await shop.orderQueries.list(customerId, { page: 1, pageSize: 10 })).count).toBe(1);
  });

  it('ten requests under one key place one order; the others get its answer, or are told to wait', async () => {
    const { productId, variantId } = await givenVariant(shop, 100);
    const customerId = await givenCustomer(shop);
    await givenCart(shop, customerId, [{ productId, variantId, quantity: 3 }]);
    const context = underKey(asCustomer(customerId), 'one order, please', {
      scope: `${customerId} POST /orders`,
      answerOf: () => ({ status: 201, headers: {}, body: 'the order' }),
    });
    const runs = await times(10, () => place(customerId, context));
    expect(runs.filter((run) => run.isOk())).toHaveLength(1);
    for (const run of runs.filter((it) => it.isErr())) {
      expect([
        { code: 'core.idempotency_key_in_flight' },
        {
          code: 'core.idempotent_replay',
          answer: { status: 201, headers: {}, body: 'the order' },
        },
      ]).toContainEqual(run._unsafeUnwrapErr());
    }
    expect(await stockOf(variantId)).toEqual({ onHand: 100, reserved: 3 });
    expect((await place(customerId, context))._unsafeUnwrapErr()).toMatchObject({
      code: 'core.idempotent_replay',
    });
  });

  it('two first clicks of one shopper make one cart with both lines', async () => {
    for (let round = 0; round < 5; round += 1) {
      const customerId = await givenCustomer(shop);
      const variants = [await givenVariant(shop, 1), await givenVariant(shop, 1)];
      const runs = await Promise.all(variants.map((variant) => add(customerId, variant.variantId)));
      expect(runs.map((run) => run.isOk())).toEqual([true, true]);
      const cart = (await shop.carts.findActive(customerId))._unsafeUnwrap();
      expect(new Set(cart?.state.items.map(({ variantId }) => variantId))).toEqual(
        new Set(variants.map(({ variantId }) => variantId)),
      );
      const [{ count } = { count: 0 }] = await test.database<{ count: number }[]>`
        select count(*)::int as count from ordering.carts where customer_id = ${customerId}
      `;
      expect(count).toBe(1);
    }
  });
});

function place(customerId: UserId, context: CallContext = asCustomer(customerId)) {
  const command: PlaceOrderCommand = {
    customerId,
    shippingAddress: anAddress(),
    email: null,
    billingAddress: null,
    shippingMethod: null,
    paymentMethod: 'manual',
    couponCodes: null,
    quoteHash: null,
    notes: '',
  };
  return placeOrder.execute(command, context);
}

function add(customerId: UserId, variantId: VariantId) {
  const choice = { kind: 'variant' as const, variantId };
  const command = { customerId, choice, quantity: 1 as Quantity };
  return addToCart.execute(command, asCustomer(customerId));
}

async function stockOf(variantId: VariantId) {
  const { onHand, reserved } = (await shop.stockQueries.find(variantId))._unsafeUnwrap();
  return { onHand, reserved };
}

async function ordersWith(variantId: VariantId): Promise<number> {
  const [row] = await test.database<{ count: number }[]>`
    select count(*)::int as count from ordering.order_items where variant_id = ${variantId}
  `;
  return row?.count ?? 0;
}

async function eventsOfPlacedOrders(customers: readonly UserId[]): Promise<number> {
  const [row] = await test.database<{ count: number }[]>`
    select count(*)::int as count
    from core.outbox
    where type = 'ordering.order_placed' and payload ->> 'customerId' = any(${[...customers]})
  `;
  return row?.count ?? 0;
}
