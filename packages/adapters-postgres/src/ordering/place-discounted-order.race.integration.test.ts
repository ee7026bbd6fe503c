import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import type { CallContext } from '@kastoma/application/core';
import type { PlaceOrder } from '@kastoma/application/ordering';
import {
  anAddress,
  asCustomer,
  clicksOf,
  dollars,
  givenCart,
  givenCoupon,
  givenCustomer,
  givenPromotion,
  givenVariant,
  orderingUseCases,
  times,
  underKey,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { ProductId, UserId, VariantId } from '@kastoma/domain/core';
import type { Promotion } from '@kastoma/domain/pricing';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

let test: TestDatabase;
let shop: ShopPorts;
let placeOrder: PlaceOrder;
let lamp: { readonly productId: ProductId; readonly variantId: VariantId };

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 20 });
  shop = postgresShop(test.database);
  placeOrder = orderingUseCases(shop).placeOrder;
  lamp = await givenVariant(shop, 9_999);
});

afterAll(async () => {
  await test.drop();
});

describe('shoppers who present one code at once', () => {
  it('get it as often as it may be used, and the others are told and order nothing', async () => {
    const summer = await givenPromotion(shop, { automatic: false, limits: { total: 7 } });
    const { code } = (await givenCoupon(shop, summer)).state;
    const customers = await times(30, () => aCustomerWith(code));
    const runs = await Promise.all(customers.map((customerId) => place(customerId)));
    const orders = runs.filter((run) => run.isOk()).map((run) => run._unsafeUnwrap());
    expect(orders).toHaveLength(7);
    for (const { totals, promotions } of orders) {
      expect(totals.discount).toEqual(dollars('2.00'));
      expect(promotions).toMatchObject([{ promotionId: summer.state.id, couponCode: code }]);
    }
    const refusals = runs.filter((run) => run.isErr()).map((run) => run._unsafeUnwrapErr());
    for (const refusal of refusals)
      expect(refusal).toMatchObject({
        code: 'ordering.coupon_does_not_apply',
        rejections: [{ code: 'coupon.limit_reached' }],
      });
    expect(await countedUses(summer)).toBe(7);
    expect(await ordersOf(customers)).toBe(7);
  });

  it('get a code for a single use once', async () => {
    const thanks = await givenPromotion(shop, { automatic: false });
    const { code } = (await givenCoupon(shop, thanks, { singleUse: true })).state;
    const customers = await times(20, () => aCustomerWith(code));
    const runs = await Promise.all(customers.map((customerId) => place(customerId)));
    expect(runs.filter((run) => run.isOk())).toHaveLength(1);
    for (const run of runs.filter((it) => it.isErr()))
      expect(run._unsafeUnwrapErr()).toMatchObject({ rejections: [{ code: 'coupon.used_up' }] });
    expect(await countedUses(thanks)).toBe(1);
    expect(await ordersOf(customers)).toBe(1);
  });
});

describe('shoppers who come for an automatic promotion at once', () => {
  it('all order, and as many as it is for pay less', async () => {
    const tea = await givenPromotion(shop, {
      limits: { total: 5 },
      conditions: { productIds: [lamp.productId] },
    });
    const customers = await times(25, () => aCustomerWith(null));
    const runs = await Promise.all(customers.map((customerId) => place(customerId)));
    const discounts = runs.map((run) => run._unsafeUnwrap().totals.discount.toDecimal());
    expect(discounts.toSorted()).toEqual([
      ...Array.from({ length: 20 }, () => '0.00'),
      ...Array.from({ length: 5 }, () => '2.00'),
    ]);
    expect(await countedUses(tea)).toBe(5);
  });
});

describe('an order that is sent again and again', () => {
  it('counts once, under one key or without one', async () => {
    const summer = await givenPromotion(shop, { automatic: false, limits: { total: 10 } });
    const { code } = (await givenCoupon(shop, summer)).state;
    const keyed = await aCustomerWith(code);
    const context = underKey(asCustomer(keyed), 'one order, please', {
      scope: `${keyed} POST /orders`,
    });
    const underOneKey = await times(8, () => place(keyed, context));
    const plain = await aCustomerWith(code);
    const withoutKey = await times(8, () => place(plain));
    for (const runs of [underOneKey, withoutKey])
      expect(runs.filter((run) => run.isOk())).toHaveLength(1);
    expect(await countedUses(summer)).toBe(2);
  });
});

/** Somebody with a lamp in the cart, and the code. */
async function aCustomerWith(code: string | null): Promise<UserId> {
  const customerId = await givenCustomer(shop);
  await givenCart(shop, customerId, [{ ...lamp, quantity: 1 }]);
  if (code === null) return customerId;
  const presented = await clicksOf(customerId, orderingUseCases(shop)).presentCode(code);
  expect(presented.isOk()).toBe(true);
  return customerId;
}

function place(customerId: UserId, context: CallContext = asCustomer(customerId)) {
  const unsaid = { email: null, billingAddress: null, shippingMethod: null, couponCodes: null };
  const how = { ...unsaid, quoteHash: null };
  const shippingAddress = anAddress();
  return placeOrder.execute(
    { customerId, shippingAddress, ...how, paymentMethod: 'manual', notes: '' },
    context,
  );
}

async function countedUses({ state }: Promotion): Promise<number> {
  const [row] = await test.database<{ count: number }[]>`
    select count(*)::int as count
    from pricing.redemptions
    where promotion_id = ${state.id} and given_back_at is null
  `;
  return row?.count ?? 0;
}

async function ordersOf(customers: readonly UserId[]): Promise<number> {
  const [row] = await test.database<{ count: number }[]>`
    select count(*)::int as count from ordering.orders where customer_id = any(${[...customers]}::uuid[])
  `;
  return row?.count ?? 0;
}
