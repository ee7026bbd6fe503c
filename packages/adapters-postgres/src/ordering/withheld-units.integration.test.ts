import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import {
  FakePaymentProvider,
  givenPaidOrder,
  givenVariant,
  orderingUseCases,
  paymentUseCases,
  SHOP,
  type OrderingUseCases,
  type PaidOrder,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { OrderId, Quantity, ReturnId } from '@kastoma/domain/core';
import type { OrderStatusName } from '@kastoma/domain/ordering';

import { auditBooks } from '../books/books.read-view.ts';
import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

let test: TestDatabase;
let shop: ShopPorts;
let provider: FakePaymentProvider;
let ordering: OrderingUseCases;
let given: (wishes: Parameters<typeof givenPaidOrder>[2]) => Promise<PaidOrder>;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 4 });
  shop = postgresShop(test.database);
  provider = new FakePaymentProvider('test');
  const payments = paymentUseCases(shop, [provider]);
  ordering = orderingUseCases(shop, { carryOut: payments.carryOut });
  given = (wishes) => givenPaidOrder(shop, { ordering, payments }, wishes);
});

afterAll(async () => {
  await test.drop();
});

async function move(orderId: string, ...statuses: readonly OrderStatusName[]): Promise<void> {
  for (const status of statuses) {
    const command = { orderId: orderId as OrderId, status, expectedVersion: null };
    (await ordering.changeOrderStatus.execute(command, SHOP))._unsafeUnwrap();
  }
}

async function refund({ orderId, itemIds }: PaidOrder, quantity: number): Promise<void> {
  const lines = [{ itemId: itemIds[0] ?? '', quantity }];
  (await ordering.refundOrder.execute({ orderId, lines, reason: '' }, SHOP))._unsafeUnwrap();
}

async function standing({ orderId, variantIds: [variantId] }: PaidOrder) {
  const { status, fulfilmentStatus } = (
    await shop.orderQueries.find(orderId, null)
  )._unsafeUnwrap();
  const stock = variantId === undefined ? null : await shop.stockQueries.find(variantId);
  const { onHand, reserved } = stock?._unsafeUnwrap() ?? expect.fail('An order has items.');
  return { status, fulfilmentStatus, onHand, reserved };
}

const whatIsOff = async () => (await auditBooks(test.database, 10)).off;

describe('units that are paid back before they leave', () => {
  it('stay here when the rest is shipped, and nothing is held of them any more', async () => {
    const paid = await given({ quantities: [3] });
    await refund(paid, 2);
    expect(await whatIsOff()).toEqual([]);
    await move(paid.orderId, 'confirmed', 'processing', 'shipped');
    const shipped = { status: 'shipped', fulfilmentStatus: 'fulfilled', onHand: 2, reserved: 0 };
    expect(await standing(paid)).toEqual(shipped);
    expect(await whatIsOff()).toEqual([]);
  });

  it('leave nothing to ship where others have left', async () => {
    const paid = await given({ quantities: [3] });
    await move(paid.orderId, 'confirmed', 'processing');
    const { orderId, itemIds } = paid;
    const lines = [{ itemId: itemIds[0] ?? '', quantity: 1 }];
    const parcel = { orderId, lines, carrier: null, trackingNumber: null };
    (await ordering.fulfilOrder.execute(parcel, SHOP))._unsafeUnwrap();
    await refund(paid, 2);
    const shipped = { status: 'shipped', fulfilmentStatus: 'fulfilled', onHand: 2, reserved: 0 };
    expect(await standing(paid)).toEqual(shipped);
    expect(await whatIsOff()).toEqual([]);
  });

  it('are given back once, though their order is cancelled then', async () => {
    const paid = await given({ quantities: [2] });
    await refund(paid, 2);
    await move(paid.orderId, 'cancelled');
    expect(await standing(paid)).toMatchObject({ status: 'cancelled', onHand: 2, reserved: 0 });
    expect(await whatIsOff()).toEqual([]);
  });

  it('are sent off by nobody: the database refuses it', async () => {
    const { orderId } = await given({ quantities: [2] }).then(async (paid) => {
      await refund(paid, 1);
      return paid;
    });
    const sent = test.database`update ordering.order_items set fulfilled = 2 where order_id = ${orderId}`;
    await expect(sent).rejects.toMatchObject({ code: '23514' });
  });
});

describe('a unit that came back', () => {
  it('is paid back without keeping another one here', async () => {
    const paid = await given({ quantities: [2] });
    const { orderId, itemIds } = paid;
    await move(orderId, 'confirmed', 'processing');
    const lines = [{ itemId: itemIds[0] ?? '', quantity: 1 }];
    const parcel = { orderId, lines, carrier: null, trackingNumber: null };
    (await ordering.fulfilOrder.execute(parcel, SHOP))._unsafeUnwrap();
    const announced = { orderId, customerId: null, lines, reason: '' };
    const { id } = (await ordering.requestReturn.execute(announced, SHOP))._unsafeUnwrap();
    const came = [{ itemId: itemIds[0] ?? '', quantity: 1, restock: false }];
    const receiving = { orderId, returnId: id as ReturnId, lines: came, refund: {} };
    (await ordering.receiveReturn.execute(receiving, SHOP))._unsafeUnwrap();
    expect(await standing(paid)).toMatchObject({ status: 'processing', onHand: 1, reserved: 1 });
    await move(orderId, 'shipped');
    expect(await standing(paid)).toMatchObject({ status: 'shipped', onHand: 0, reserved: 0 });
    expect(await whatIsOff()).toEqual([]);
  });
});

describe('a return whose exchange came to nothing', () => {
  it('is exchanged anew, and cancelled only while no order goes out for it', async () => {
    const { orderId, itemIds } = await given({ quantities: [1], isShipped: true });
    const lines = [{ itemId: itemIds[0] ?? '', quantity: 1 }];
    const announced = { orderId, customerId: null, lines, reason: '' };
    const { id } = (await ordering.requestReturn.execute(announced, SHOP))._unsafeUnwrap();
    const returnId = id as ReturnId;
    const { variantId } = await givenVariant(shop, 5);
    const exchange = (paymentMethod: string) =>
      ordering.exchangeReturn.execute(
        {
          orderId,
          returnId,
          lines: [{ variantId, quantity: 1 as Quantity }],
          shippingMethod: null,
          paymentMethod,
          paymentToken: null,
        },
        SHOP,
      );
    const cancelReturn = () =>
      ordering.cancelReturn.execute({ orderId, returnId, customerId: null }, SHOP);
    provider.next = { name: 'declined', reason: 'insufficient_funds', report: null };
    const first = (await exchange('test'))._unsafeUnwrap();
    expect((await exchange('manual'))._unsafeUnwrapErr().code).toBe('ordering.already_exchanged');
    await move(first.id, 'cancelled');
    const second = (await exchange('manual'))._unsafeUnwrap();
    expect((await cancelReturn())._unsafeUnwrapErr()).toEqual({
      code: 'ordering.already_exchanged',
      exchangeOrderId: second.id,
    });
    await move(second.id, 'cancelled');
    expect((await cancelReturn())._unsafeUnwrap().status).toBe('cancelled');
  });
});
