import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { givenCustomer, givenOrder, type ShopPorts } from '@kastoma/application/testing';
import { Defect, type OrderId } from '@kastoma/domain/core';
import { PAYMENT_STATUSES } from '@kastoma/domain/ordering';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

let test: TestDatabase;
let shop: ShopPorts;
let orderId: OrderId;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 2 });
  shop = postgresShop(test.database);
  orderId = (await givenOrder(shop, await givenCustomer(shop))).state.id;
});

afterAll(() => test.drop());

const read = async () => (await shop.orderQueries.find(orderId, null))._unsafeUnwrap();
const markPayment = async (status: string) => {
  await test.database`update payments.payments set status = ${status} where order_id = ${orderId}`;
};

describe('an order that was stored long ago', () => {
  it('can be read though its address could not be written any more', async () => {
    const kept = {
      ...(await read()).shippingAddress.toJSON(),
      name: '',
      country: 'YU',
      phone: 'x',
    };
    await test.database`
      update ordering.orders set shipping_address = ${test.database.json(kept)} where id = ${orderId}
    `;
    expect((await read()).shippingAddress.toJSON()).toEqual(kept);
  });

  it('costs what it cost, though nothing was known of discounts and taxes', async () => {
    const asItIs = await read();
    await test.database`update ordering.orders set shipping_charge = null where id = ${orderId}`;
    await test.database`update ordering.order_items set units = null where order_id = ${orderId}`;
    expect(await read()).toEqual(asItIs);
  });

  it.each(PAYMENT_STATUSES)('is shown as its payment stands: %s', async (status) => {
    await markPayment(status);
    expect(await read()).toMatchObject({ paymentStatus: status, payments: [{ status }] });
  });

  it('is not shown at all when its payment stands as none can', async () => {
    await test.database`alter table payments.payments drop constraint payments_status_check`;
    await markPayment('lost');
    await expect(read()).rejects.toThrow(Defect);
  });
});
