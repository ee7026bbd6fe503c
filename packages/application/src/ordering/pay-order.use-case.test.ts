import { beforeEach, describe, expect, it } from 'vitest';

import type { OrderId, UserId } from '@kastoma/domain/core';

import { anAddress } from '../testing/builders/address.builder.ts';
import { builderIds } from '../testing/builders/builder-ids.ts';
import { anOrderOf } from '../testing/builders/order.builder.ts';
import { asCustomer, SHOP, underKey } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import {
  clicksOf,
  orderingUseCases,
  type OrderingUseCases,
} from '../testing/ordering-use-cases.ts';
import { paymentUseCases, type PaymentUseCases } from '../testing/payment-use-cases.ts';
import { FakePaymentProvider } from '../testing/ports/fake-payment-provider.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCustomer, givenVariant } from '../testing/stocked-shop.ts';

const NO = { name: 'declined', reason: 'insufficient_funds', report: null } as const;

let shop: ShopPorts;
let provider: FakePaymentProvider;
let payments: PaymentUseCases;
let ordering: OrderingUseCases;
let customerId: UserId;

beforeEach(async () => {
  shop = inMemoryShop();
  provider = new FakePaymentProvider('test');
  payments = paymentUseCases(shop, [new FakePaymentProvider('manual'), provider]);
  ordering = orderingUseCases(shop, { carryOut: payments.carryOut });
  customerId = await givenCustomer(shop);
  const { variantId } = await givenVariant(shop, 5);
  expect((await clicksOf(customerId, ordering).addVariant(variantId)).isOk()).toBe(true);
});

const place = (paymentMethod: string, context = asCustomer(customerId)) =>
  ordering.placeOrder.execute(
    {
      customerId,
      shippingAddress: anAddress(),
      email: null,
      billingAddress: null,
      shippingMethod: null,
      couponCodes: null,
      paymentMethod,
      paymentToken: 'tok_visa',
      quoteHash: null,
      notes: '',
    },
    context,
  );
const placed = async (paymentMethod: string) => {
  const order = (await place(paymentMethod))._unsafeUnwrap();
  return { ...order, id: order.id as OrderId };
};
const pay = (
  orderId: OrderId,
  wishes: { method?: string; by?: UserId } = {},
  context = asCustomer(customerId),
) =>
  ordering.payOrder.execute(
    { orderId, customerId: wishes.by ?? customerId, method: wishes.method ?? 'test', token: null },
    context,
  );
const read = async (orderId: OrderId) =>
  (await shop.orderQueries.find(orderId, null))._unsafeUnwrap();
const statusesOf = async (orderId: OrderId) =>
  (await read(orderId)).payments.map(({ status }) => status);

describe('an order that is paid for by a provider', () => {
  it('is placed, and its money promised when that is committed', async () => {
    const order = await placed('test');
    expect(order.paymentStatus).toBe('authorized');
    expect(provider.asked).toMatchObject([
      { call: 'authorize', request: { token: 'tok_visa', orderId: order.id, reference: null } },
    ]);
    expect(order.payments[0]?.reference).toBeNull();
  });

  it('stands though the provider says no', async () => {
    provider.next = NO;
    const order = await placed('test');
    expect(order).toMatchObject({
      status: 'pending',
      paymentStatus: 'failed',
      payments: [{ declineReason: 'insufficient_funds' }],
    });
  });

  it('is one order with one promise, though the process dies while the provider is asked', async () => {
    const context = underKey(asCustomer(customerId), 'once');
    provider.next = new Error('killed');
    await expect(Promise.resolve(place('test', context))).rejects.toThrow('killed');
    expect((await place('test', context))._unsafeUnwrapErr()).toEqual({
      code: 'core.idempotency_key_in_flight',
    });
    shop.clock.advance(60);
    const order = (await place('test', context))._unsafeUnwrap();
    expect(order.paymentStatus).toBe('authorized');
    expect((await place('test', context))._unsafeUnwrapErr()).toMatchObject({
      code: 'core.idempotent_replay',
      answer: { body: expect.stringContaining('"authorized"') as string },
    });
    expect(await shop.orderQueries.list(null, { page: 1, pageSize: 1 })).toMatchObject({
      count: 1,
    });
  });

  it('with a promise that is under way tells the browser how to go on', async () => {
    provider.next = {
      name: 'under_way',
      report: null,
      clientSecret: 'secret',
    };
    const order = await placed('test');
    expect(order.payments).toMatchObject([{ status: 'pending', clientSecret: 'secret' }]);
    expect((await read(order.id)).payments).toMatchObject([{ clientSecret: null }]);
  });
});

describe('paying for an order', () => {
  it('again after a refusal is another payment', async () => {
    provider.next = NO;
    const order = await placed('test');
    expect((await pay(order.id))._unsafeUnwrap().status).toBe('authorized');
    expect(await statusesOf(order.id)).toEqual(['failed', 'authorized']);
    expect((await read(order.id)).paymentStatus).toBe('authorized');
  });

  it('in another way takes the place of money in hand that nobody has taken', async () => {
    const order = await placed('manual');
    expect((await pay(order.id))._unsafeUnwrap().status).toBe('authorized');
    expect(await statusesOf(order.id)).toEqual(['voided', 'authorized']);
  });

  it('is not possible while somebody pays, and not needed when the money is there', async () => {
    provider.next = 'never_asked';
    const order = await placed('test');
    expect((await pay(order.id))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.payment_under_way',
      paymentId: order.payments[0]?.id,
    });
    shop.clock.advance(5);
    await payments.reconcilePayments.execute(SHOP);
    expect((await pay(order.id))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.payment_not_needed',
    });
  });

  it('is tried twenty times, and no card more', async () => {
    provider.next = NO;
    const order = await placed('test');
    for (let tries = 1; tries < 20; tries += 1) {
      provider.next = NO;
      expect((await pay(order.id))._unsafeUnwrap().status).toBe('failed');
    }
    expect((await pay(order.id))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.too_many_payments',
      limit: 20,
    });
  });

  it('is for whoever placed it, and by the ways that there are', async () => {
    const order = await placed('manual');
    const notFound = { code: 'ordering.order_not_found' };
    const by = await givenCustomer(shop);
    expect((await pay(order.id, { by }))._unsafeUnwrapErr()).toEqual(notFound);
    expect((await pay(builderIds.next<OrderId>()))._unsafeUnwrapErr()).toEqual(notFound);
    expect((await pay(order.id, { method: 'shells' }))._unsafeUnwrapErr()).toMatchObject({
      code: 'ordering.payment_method_not_offered',
    });
    expect(await statusesOf(order.id)).toEqual(['pending']);
  });

  it('under one key is paid once', async () => {
    const order = await placed('manual');
    const context = underKey(asCustomer(customerId), 'once');
    expect((await pay(order.id, {}, context)).isOk()).toBe(true);
    expect((await pay(order.id, {}, context))._unsafeUnwrapErr()).toMatchObject({
      code: 'core.idempotent_replay',
    });
    expect(await statusesOf(order.id)).toEqual(['voided', 'authorized']);
  });

  it('goes on under its key with what was begun, though the process died while the provider was asked', async () => {
    const order = await placed('manual');
    const context = underKey(asCustomer(customerId), 'killed');
    provider.next = new Error('killed');
    await expect(Promise.resolve(pay(order.id, {}, context))).rejects.toThrow('killed');
    for (let again = 0; again < 2; again += 1)
      expect((await pay(order.id, {}, context))._unsafeUnwrapErr()).toEqual({
        code: 'core.idempotency_key_in_flight',
      });
    shop.clock.advance(60);
    expect((await pay(order.id, {}, context))._unsafeUnwrap().status).toBe('authorized');
    expect(await statusesOf(order.id)).toEqual(['voided', 'authorized']);
  });

  it('that was cancelled is refused, and nobody is asked for money', async () => {
    const cart = (await shop.carts.findActive(customerId))._unsafeUnwrap();
    if (cart === null) expect.fail('The customer has a cart.');
    const order = anOrderOf(cart).cancel('sold out', shop.clock.now())._unsafeUnwrap();
    const stored = await shop.ordering.run(SHOP, ({ orders }) => orders.add(order));
    expect(stored.isOk()).toBe(true);
    expect((await pay(order.state.id))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.order_not_payable',
      status: 'cancelled',
    });
    expect(provider.asked).toEqual([]);
  });

  it('gives back what comes late for a payment that was refused, when another has taken its place', async () => {
    provider.next = NO;
    const order = await placed('test');
    expect((await pay(order.id)).isOk()).toBe(true);
    const [refused] = (await read(order.id)).payments;
    if (refused === undefined) expect.fail('The order has a payment.');
    const paymentId = refused.id as Parameters<typeof shop.paymentReader.find>[0];
    const report = provider.promise({ paymentId, amount: refused.amount });
    provider.delivers({
      id: 'evt_late',
      reference: report.reference,
      paymentId,
      report,
      settled: null,
    });
    const received = await payments.receiveProviderEvent.execute(
      { provider: 'test', body: new Uint8Array(1), header: () => 'good' },
      SHOP,
    );
    expect(received._unsafeUnwrap()).toBe('taken');
    expect(await statusesOf(order.id)).toEqual(['authorized', 'authorized']);
    await payments.reconcilePayments.execute(SHOP);
    expect(await statusesOf(order.id)).toEqual(['voided', 'authorized']);
  });
});
