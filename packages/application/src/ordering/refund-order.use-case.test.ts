import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';

import type { Money, OrderId, VariantId } from '@kastoma/domain/core';
import type { OrderStatusName, RefundRequest } from '@kastoma/domain/ordering';

import { builderIds } from '../testing/builders/builder-ids.ts';
import { dollars } from '../testing/builders/money.builder.ts';
import { SHOP, underKey } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { givenBackElsewhere, givenMoneyInHand } from '../testing/odd-payments.ts';
import { orderingUseCases, type OrderingUseCases } from '../testing/ordering-use-cases.ts';
import { givenPaidOrder, type PaidOrder } from '../testing/paid-orders.ts';
import { paymentUseCases, type PaymentUseCases } from '../testing/payment-use-cases.ts';
import { FakePaymentProvider } from '../testing/ports/fake-payment-provider.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';

const NO = { name: 'declined', reason: 'insufficient_balance', report: null } as const;

let shop: ShopPorts;
let provider: FakePaymentProvider;
let payments: PaymentUseCases;
let ordering: OrderingUseCases;

function open(): void {
  shop = inMemoryShop();
  provider = new FakePaymentProvider('test');
  payments = paymentUseCases(shop, [new FakePaymentProvider('manual'), provider]);
  ordering = orderingUseCases(shop, { carryOut: payments.carryOut });
}

beforeEach(open);

const given = (wishes?: Parameters<typeof givenPaidOrder>[2]) =>
  givenPaidOrder(shop, { ordering, payments }, wishes);
const refund = (orderId: OrderId, request: RefundRequest, context = SHOP) =>
  ordering.refundOrder.execute({ orderId, reason: 'Broken', ...request }, context);
const moveTo = (orderId: OrderId, status: OrderStatusName) =>
  ordering.changeOrderStatus.execute({ orderId, status, expectedVersion: null }, SHOP);
const read = async (orderId: OrderId) =>
  (await shop.orderQueries.find(orderId, null))._unsafeUnwrap();
const refundsOf = async (orderId: OrderId) =>
  (await shop.refundQueries.ofOrder(orderId, null))._unsafeUnwrap();
const refundedAtProvider = ({ paymentId, order }: PaidOrder) =>
  provider.account({ paymentId, amount: order.totals.total }).moved.refunded;

describe('a refund', () => {
  it('by unit pays back what was paid for the unit, and the order shows it', async () => {
    const paid = await given();
    const [itemId = ''] = paid.itemIds;
    const { unitPrice } = paid.order.items[0] ?? expect.fail('An order has items.');
    const done = (await refund(paid.orderId, { lines: [{ itemId, quantity: 1 }] }))._unsafeUnwrap();
    expect(done).toMatchObject({
      status: 'succeeded',
      amount: unitPrice,
      paidOut: unitPrice,
      reason: 'Broken',
      lines: [{ itemId, quantity: 1 }],
      shipping: null,
      payouts: [{ outcome: 'succeeded', paymentId: paid.paymentId, declineReason: null }],
    });
    expect(refundedAtProvider(paid)).toEqual(unitPrice);
    expect(await read(paid.orderId)).toMatchObject({
      paymentStatus: 'partially_refunded',
      refunds: [{ id: done.id, amount: unitPrice }],
    });
    expect(await refundsOf(paid.orderId)).toEqual([done]);
    const { aggregateVersion } = (await shop.eventsOf(paid.orderId)).at(-1) ?? {};
    expect(await shop.eventsOf(paid.orderId)).toContainEqual(
      expect.objectContaining({ type: 'ordering.order_refunded', aggregateVersion }),
    );
  });

  it('of units that have not left keeps them here, and what was held of them is given back once', async () => {
    const paid = await given({ quantities: [3, 1] });
    const [itemId = ''] = paid.itemIds;
    const [variantId = builderIds.next<VariantId>()] = paid.variantIds;
    const stock = async () => {
      const { onHand, reserved } = (await shop.stockQueries.find(variantId))._unsafeUnwrap();
      return { onHand, reserved };
    };
    expect((await refund(paid.orderId, { lines: [{ itemId, quantity: 2 }] })).isOk()).toBe(true);
    expect(await stock()).toEqual({ onHand: 3, reserved: 3 });
    for (const status of ['confirmed', 'processing', 'shipped'] as const)
      expect((await moveTo(paid.orderId, status)).isOk()).toBe(true);
    expect(await read(paid.orderId)).toMatchObject({
      status: 'shipped',
      fulfilmentStatus: 'fulfilled',
      fulfilments: [{ lines: [{ itemId, quantity: 1 }, { quantity: 1 }] }],
    });
    expect(await stock()).toEqual({ onHand: 2, reserved: 0 });
    expect((await refund(paid.orderId, { lines: [{ itemId, quantity: 1 }] })).isOk()).toBe(true);
    expect(await stock()).toEqual({ onHand: 2, reserved: 0 });
  });

  it('of all units gives back at once what was held, and the order may still be cancelled', async () => {
    const paid = await given({ quantities: [2] });
    const [itemId = ''] = paid.itemIds;
    const [variantId = builderIds.next<VariantId>()] = paid.variantIds;
    expect((await refund(paid.orderId, { lines: [{ itemId, quantity: 2 }] })).isOk()).toBe(true);
    const stock = async () => (await shop.stockQueries.find(variantId))._unsafeUnwrap();
    expect(await stock()).toMatchObject({ onHand: 2, reserved: 0 });
    expect((await moveTo(paid.orderId, 'cancelled')).isOk()).toBe(true);
    expect(await stock()).toMatchObject({ onHand: 2, reserved: 0 });
  });

  it('of all there is leaves a refunded order and nothing to pay back', async () => {
    const paid = await given();
    const [itemId = ''] = paid.itemIds;
    const all = { lines: [{ itemId, quantity: 2 }], shipping: 'all' as const };
    expect((await refund(paid.orderId, all))._unsafeUnwrap().amount).toEqual(
      paid.order.totals.total,
    );
    expect((await read(paid.orderId)).paymentStatus).toBe('refunded');
    expect((await refund(paid.orderId, { amount: dollars('0.01') }))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.refund_exceeds_left',
      path: ['amount'],
      requested: dollars('0.01'),
      left: dollars('0.00'),
    });
  });

  it('of money that has not come in is refused, and nothing is kept of it', async () => {
    const paid = await given({ isCaptured: false });
    expect((await refund(paid.orderId, { amount: dollars('1.00') }))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.refund_exceeds_captured',
      requested: dollars('1.00'),
      left: dollars('0.00'),
    });
    expect(await refundsOf(paid.orderId)).toEqual([]);
  });

  it('of an order that is not there is refused', async () => {
    const error = { code: 'ordering.order_not_found' };
    const id = builderIds.next<OrderId>();
    expect((await refund(id, { shipping: 'all' }))._unsafeUnwrapErr()).toEqual(error);
    expect((await shop.refundQueries.ofOrder(id, null))._unsafeUnwrapErr()).toEqual(error);
  });

  it('without a provider’s answer is pending, counts as gone, and is carried on by the job', async () => {
    const paid = await given();
    provider.next = 'lost';
    const all = { lines: paid.itemIds.map((itemId) => ({ itemId, quantity: 2 })) };
    expect((await refund(paid.orderId, all))._unsafeUnwrap()).toMatchObject({
      status: 'pending',
      paidOut: dollars('0.00'),
    });
    expect((await refund(paid.orderId, { amount: dollars('0.01') })).isErr()).toBe(true);
    shop.clock.advance(60);
    await payments.reconcilePayments.execute(SHOP);
    expect(await refundsOf(paid.orderId)).toMatchObject([{ status: 'succeeded' }]);
    expect(refundedAtProvider(paid)).toEqual((await refundsOf(paid.orderId))[0]?.amount);
  });

  it('that the provider refuses stands as failed: the money is still owed, and none has moved', async () => {
    const paid = await given();
    provider.next = NO;
    const context = underKey(SHOP, 'refused');
    const failed = (await refund(paid.orderId, { shipping: 'all' }, context))._unsafeUnwrap();
    expect(failed).toMatchObject({
      status: 'failed',
      paidOut: dollars('0.00'),
      payouts: [{ outcome: 'declined', declineReason: 'insufficient_balance' }],
    });
    expect((await read(paid.orderId)).paymentStatus).toBe('paid');
    expect(
      (await refund(paid.orderId, { shipping: 'all' }, context))._unsafeUnwrapErr(),
    ).toMatchObject({
      code: 'core.idempotent_replay',
      answer: { body: expect.stringContaining('failed') as string },
    });
    expect((await refund(paid.orderId, { shipping: 'all' }))._unsafeUnwrapErr()).toMatchObject({
      code: 'ordering.refund_of_nothing',
    });
  });

  it('survives the death of the process while the provider is asked: the same request goes on with it', async () => {
    const paid = await given();
    const context = underKey(SHOP, 'once');
    provider.next = new Error('killed');
    await expect(
      Promise.resolve(refund(paid.orderId, { shipping: 'all' }, context)),
    ).rejects.toThrow('killed');
    expect((await refund(paid.orderId, { shipping: 'all' }, context))._unsafeUnwrapErr()).toEqual({
      code: 'core.idempotency_key_in_flight',
    });
    shop.clock.advance(60);
    const done = (await refund(paid.orderId, { shipping: 'all' }, context))._unsafeUnwrap();
    expect(done.status).toBe('succeeded');
    expect(await refundsOf(paid.orderId)).toHaveLength(1);
    expect(refundedAtProvider(paid)).toEqual(done.amount);
  });

  it('of units that cost nothing asks nobody for money', async () => {
    const paid = await given({ quantities: [1] });
    const [itemId = ''] = paid.itemIds;
    const goods = (
      await refund(paid.orderId, { amount: paid.order.totals.subtotal })
    )._unsafeUnwrap();
    expect(goods.lines).toMatchObject([{ itemId, quantity: 0 }]);
    const asked = provider.asked.length;
    const rest = (await refund(paid.orderId, { lines: [{ itemId, quantity: 1 }] }))._unsafeUnwrap();
    expect(rest).toMatchObject({ status: 'succeeded', amount: dollars('0.00'), payouts: [] });
    expect(provider.asked).toHaveLength(asked);
  });

  it('is paid out by several payments of the order where one does not hold enough', async () => {
    const paid = await given();
    const half = dollars('5.00');
    await givenBackElsewhere(shop, paid, minus(paid.order.totals.total, half));
    const second = await givenMoneyInHand(shop, paid);
    const request = { lines: paid.itemIds.map((itemId) => ({ itemId, quantity: 2 })) };
    const done = (await refund(paid.orderId, request))._unsafeUnwrap();
    expect(done.status).toBe('succeeded');
    expect(done.payouts.map(({ paymentId, amount }) => [paymentId, amount])).toEqual([
      [paid.paymentId, half],
      [second, minus(done.amount, half)],
    ]);
  });

  it('of a cancelled order is refused: its money goes back by itself', async () => {
    const paid = await given();
    const { orderId } = paid;
    const cancelled = ordering.cancelOrder.execute({ orderId, customerId: null, reason: '' }, SHOP);
    expect((await cancelled).isOk()).toBe(true);
    expect((await refund(orderId, { shipping: 'all' }))._unsafeUnwrapErr().code).toBe(
      'ordering.refund_exceeds_captured',
    );
    await payments.reconcilePayments.execute(SHOP);
    expect(refundedAtProvider(paid)).toEqual(paid.order.totals.total);
  });
});

it('however an order is split into refunds, what is paid out is what was paid for, and never more', async () => {
  const anyAnswer = fc.constantFrom<FakePaymentProvider['next']>(null, 'lost', 'never_asked', NO);
  const anyRequest = fc.record({
    units: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    cents: fc.option(fc.integer({ min: 0, max: 3_000 }), { nil: undefined }),
    shipping: fc.constantFrom(undefined, 'all' as const),
    answer: anyAnswer,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anyRequest, { maxLength: 8 }), async (requests) => {
      open();
      const paid = await given({ quantities: [4] });
      const [itemId = ''] = paid.itemIds;
      for (const { units, cents, shipping, answer } of requests) {
        provider.next = answer;
        const asked = await refund(paid.orderId, {
          ...(units === undefined ? {} : { lines: [{ itemId, quantity: units }] }),
          ...(cents === undefined ? {} : { amount: dollars((cents / 100).toFixed(2)) }),
          shipping,
        });
        if (asked.isErr()) expect(asked.error.code).toMatch(/^ordering\.(refund|too_many)_/);
      }
      provider.next = null;
      shop.clock.advance(3_600);
      await payments.reconcilePayments.execute(SHOP);
      await payments.reconcilePayments.execute(SHOP);
      const refunds = await refundsOf(paid.orderId);
      expect(refunds.some(({ status }) => status === 'pending')).toBe(false);
      const owed = sum(refunds.map(({ amount }) => amount));
      const out = sum(refunds.map(({ paidOut }) => paidOut));
      expect(owed <= paid.order.totals.total.minorUnits).toBe(true);
      expect(out).toBe(refundedAtProvider(paid).minorUnits);
      const { captured, refunded } = (await read(paid.orderId)).payments[0] ?? expect.fail();
      expect(refunded.minorUnits).toBe(out);
      // What the order is worth now is what the shop holds of it, less what it still owes.
      const worth = paid.order.totals.total.minorUnits - owed;
      expect(worth).toBe(captured.minorUnits - out - (owed - out));
    }),
    { numRuns: 60 },
  );
});

const sum = (amounts: readonly Money[]) =>
  amounts.reduce((total, { minorUnits }) => total + minorUnits, 0n);
const minus = (one: Money, other: Money) => one.minus(other)._unsafeUnwrap();
