import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { EVERY_ORDER, type OrderFilter } from '@kastoma/application/ordering';
import {
  givenCustomer,
  givenOrder,
  givenPaidOrder,
  orderingUseCases,
  paymentUseCases,
  SHOP,
  type ShopPorts,
} from '@kastoma/application/testing';
import { FULFILMENT_STATUSES, PAYMENT_STATUSES } from '@kastoma/domain/ordering';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

let test: TestDatabase;
let shop: ShopPorts;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 2 });
  shop = postgresShop(test.database);
  const useCases = { ordering: orderingUseCases(shop), payments: paymentUseCases(shop) };
  const given = (wishes: Parameters<typeof givenPaidOrder>[2]) =>
    givenPaidOrder(shop, useCases, wishes);
  const { orderId: tried } = await given({ isCaptured: false });
  for (const status of PAYMENT_STATUSES) {
    const { orderId } = await given({ isCaptured: false });
    await test.database`update payments.payments set status = ${status} where order_id = ${orderId}`;
    // Whatever came of a payment, another attempt came before and after it.
    for (const [other, later] of [
      ['failed', '1 hour'],
      ['voided', '-1 hour'],
    ])
      await test.database`
        insert into payments.payments
        select (jsonb_populate_record(payment, jsonb_build_object(
          'id', gen_random_uuid(),
          'order_id', ${orderId}::text,
          'status', ${other ?? ''}::text,
          'reference', null,
          'created_at', created_at + ${later ?? ''}::text::interval
        ))).*
        from payments.payments payment
        where order_id = ${tried}
      `;
  }
  const released = await given({ isCaptured: false });
  await test.database`
    update payments.payments set status = 'voided' where order_id = ${released.orderId}
  `;
  // Nobody has been asked to pay for this one.
  await givenOrder(shop, await givenCustomer(shop));
  await given({ isShipped: true });
  const back = await given({ isShipped: true });
  await test.database`
    update ordering.order_items set returned = fulfilled where order_id = ${back.orderId}
  `;
  const half = await given({ quantities: [2, 1] });
  for (const status of ['confirmed', 'processing'] as const)
    expect(
      (
        await useCases.ordering.changeOrderStatus.execute(
          { orderId: half.orderId, status, expectedVersion: null },
          SHOP,
        )
      ).isOk(),
    ).toBe(true);
  const [itemId = ''] = half.itemIds;
  const parcel = { lines: [{ itemId, quantity: 1 }], carrier: null, trackingNumber: null };
  const sent = useCases.ordering.fulfilOrder.execute({ orderId: half.orderId, ...parcel }, SHOP);
  expect((await sent).isOk()).toBe(true);
});

afterAll(() => test.drop());

const listed = async (filter: Partial<OrderFilter>) =>
  (await shop.orderQueries.list(null, { page: 1, pageSize: 100 }, { ...EVERY_ORDER, ...filter }))
    .items;
const idsOf = (orders: readonly { readonly id: string }[]) => orders.map(({ id }) => id);

describe('orders are found', () => {
  it.each(PAYMENT_STATUSES)('by how their money stands: %s', async (paymentStatus) => {
    const expected = (await listed({})).filter((order) => order.paymentStatus === paymentStatus);
    expect(expected.length).toBeGreaterThan(0);
    expect(idsOf(await listed({ paymentStatus }))).toEqual(idsOf(expected));
  });

  it.each(FULFILMENT_STATUSES)('by what has left: %s', async (fulfilmentStatus) => {
    const all = await listed({});
    const expected = all.filter((order) => order.fulfilmentStatus === fulfilmentStatus);
    expect(expected.length).toBeGreaterThan(0);
    expect(idsOf(await listed({ fulfilmentStatus }))).toEqual(idsOf(expected));
  });
});
