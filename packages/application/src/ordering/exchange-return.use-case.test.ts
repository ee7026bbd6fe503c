import { beforeEach, describe, expect, it } from 'vitest';

import type { OrderId, Quantity, ReturnId, VariantId } from '@kastoma/domain/core';

import { builderIds } from '../testing/builders/builder-ids.ts';
import { SHOP, underKey } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { orderingUseCases, type OrderingUseCases } from '../testing/ordering-use-cases.ts';
import { givenPaidOrder, type PaidOrder } from '../testing/paid-orders.ts';
import { paymentUseCases, type PaymentUseCases } from '../testing/payment-use-cases.ts';
import { FakePaymentProvider } from '../testing/ports/fake-payment-provider.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCart, givenVariant } from '../testing/stocked-shop.ts';

let shop: ShopPorts;
let provider: FakePaymentProvider;
let payments: PaymentUseCases;
let ordering: OrderingUseCases;
let paid: PaidOrder;
let returnId: ReturnId;

beforeEach(async () => {
  shop = inMemoryShop();
  provider = new FakePaymentProvider('test');
  payments = paymentUseCases(shop, [provider]);
  ordering = orderingUseCases(shop, { carryOut: payments.carryOut });
  paid = await givenPaidOrder(shop, { ordering, payments }, { isShipped: true });
  const { orderId } = paid;
  const lines = [{ itemId: paid.itemIds[0] ?? '', quantity: 1 }];
  const announced = ordering.requestReturn.execute(
    { orderId, customerId: null, lines, reason: '' },
    SHOP,
  );
  returnId = (await announced)._unsafeUnwrap().id as ReturnId;
});

const exchange = (
  variantId: VariantId,
  {
    paymentMethod = 'manual',
    shippingMethod = null,
    orderId = paid.orderId,
    quantity = 1,
  }: {
    paymentMethod?: string;
    shippingMethod?: string | null;
    orderId?: OrderId;
    quantity?: number;
  } = {},
  context = SHOP,
) =>
  ordering.exchangeReturn.execute(
    {
      orderId,
      returnId,
      lines: [{ variantId, quantity: quantity as Quantity }],
      shippingMethod,
      paymentMethod,
      paymentToken: null,
    },
    context,
  );
const given = async () => (await givenVariant(shop, 3)).variantId;
const read = async (id: string) =>
  (await shop.orderQueries.find(id as OrderId, null))._unsafeUnwrap();
const returnOf = async () =>
  (await shop.returnQueries.find(returnId, paid.orderId, null))._unsafeUnwrap();

describe('an exchange', () => {
  it('is an order of its own, for the same customer and to the same address, at today’s prices', async () => {
    const variantId = await given();
    const order = (await exchange(variantId))._unsafeUnwrap();
    expect(order).toMatchObject({
      customerId: paid.customerId,
      status: 'pending',
      paymentStatus: 'pending',
      shippingMethod: paid.order.shippingMethod,
      shippingAddress: paid.order.shippingAddress,
      items: [{ variantId, quantity: 1 }],
      payments: [{ method: 'manual' }],
    });
    expect(await read(order.id)).toEqual(order);
    expect(await returnOf()).toMatchObject({ exchangeOrderId: order.id, status: 'requested' });
    const stock = (await shop.stockQueries.find(variantId))._unsafeUnwrap();
    expect([stock.onHand, stock.reserved]).toEqual([3, 1]);
    expect(await shop.eventsOf(returnId)).toMatchObject([
      { type: 'ordering.return_requested' },
      { type: 'ordering.return_exchanged' },
    ]);
  });

  it('leaves the customer’s own cart alone', async () => {
    const mine = await givenVariant(shop, 5);
    const cart = await givenCart(shop, paid.customerId, [{ ...mine, quantity: 2 }]);
    expect((await exchange(await given())).isOk()).toBe(true);
    expect((await shop.carts.findActive(paid.customerId))._unsafeUnwrap()?.state).toEqual(
      cart.state,
    );
  });

  it('is paid for like any other order, once though the process dies meanwhile', async () => {
    const variantId = await given();
    const context = underKey(SHOP, 'exchange');
    const how = { paymentMethod: 'test', shippingMethod: 'express' };
    provider.next = new Error('killed');
    await expect(Promise.resolve(exchange(variantId, how, context))).rejects.toThrow('killed');
    shop.clock.advance(60);
    const order = (await exchange(variantId, how, context))._unsafeUnwrap();
    expect(order).toMatchObject({ paymentStatus: 'authorized', shippingMethod: 'express' });
    expect((await returnOf()).exchangeOrderId).toBe(order.id);
  });

  it('of one return is one', async () => {
    const variantId = await given();
    const { id } = (await exchange(variantId))._unsafeUnwrap();
    expect((await exchange(variantId))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.already_exchanged',
      exchangeOrderId: id,
    });
    const stock = (await shop.stockQueries.find(variantId))._unsafeUnwrap();
    expect(stock.reserved).toBe(1);
  });

  it('that came to nothing makes room for another, and one that did not keeps the return', async () => {
    const variantId = await given();
    provider.next = { name: 'declined', reason: 'insufficient_funds', report: null };
    const first = (await exchange(variantId, { paymentMethod: 'test' }))._unsafeUnwrap();
    const { orderId } = paid;
    const cancelReturn = () =>
      ordering.cancelReturn.execute({ orderId, returnId, customerId: null }, SHOP);
    const refused = { code: 'ordering.already_exchanged', exchangeOrderId: first.id };
    expect((await exchange(variantId))._unsafeUnwrapErr()).toEqual(refused);
    expect((await cancelReturn())._unsafeUnwrapErr()).toEqual(refused);
    const callOff = (id: string) =>
      ordering.changeOrderStatus.execute(
        { orderId: id as OrderId, status: 'cancelled', expectedVersion: null },
        SHOP,
      );
    expect((await callOff(first.id)).isOk()).toBe(true);
    const second = (await exchange(variantId))._unsafeUnwrap();
    expect((await returnOf()).exchangeOrderId).toBe(second.id);
    expect((await cancelReturn())._unsafeUnwrapErr()).toEqual({
      ...refused,
      exchangeOrderId: second.id,
    });
    expect((await callOff(second.id)).isOk()).toBe(true);
    expect((await cancelReturn())._unsafeUnwrap().status).toBe('cancelled');
  });

  it('of what will not come back is refused', async () => {
    const { orderId } = paid;
    const cancelled = ordering.cancelReturn.execute({ orderId, returnId, customerId: null }, SHOP);
    expect((await cancelled).isOk()).toBe(true);
    expect((await exchange(await given()))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.return_is_over',
      status: 'cancelled',
    });
  });

  it('for what the shop does not sell, or has not enough of, changes nothing', async () => {
    const unknown = builderIds.next<VariantId>();
    expect((await exchange(unknown))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.offer_not_found',
      path: ['lines', 0, 'variantId'],
    });
    const few = await given();
    expect((await exchange(few, { quantity: 4 }))._unsafeUnwrapErr().code).toBe(
      'ordering.out_of_stock',
    );
    expect((await returnOf()).exchangeOrderId).toBeNull();
  });

  it('of a return that is not there is refused', async () => {
    const variantId = await given();
    const nowhere = builderIds.next<OrderId>();
    expect((await exchange(variantId, { orderId: nowhere }))._unsafeUnwrapErr().code).toBe(
      'ordering.order_not_found',
    );
    const other = await givenPaidOrder(shop, { ordering, payments });
    expect((await exchange(variantId, { orderId: other.orderId }))._unsafeUnwrapErr().code).toBe(
      'ordering.return_not_found',
    );
  });
});
