import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import {
  dollars,
  expectToAddUp,
  FakePaymentProvider,
  givenPaidOrder,
  givenVariant,
  orderingUseCases,
  paymentUseCases,
  SHOP,
  times,
  underKey,
  type PaidOrder,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { Quantity, ReturnId, VariantId } from '@kastoma/domain/core';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

let test: TestDatabase;
let shop: ShopPorts;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 20 });
  shop = postgresShop(test.database);
});

afterAll(async () => {
  await test.drop();
});

function opened() {
  const provider = new FakePaymentProvider('test');
  const payments = paymentUseCases(shop, [provider]);
  const ordering = orderingUseCases(shop, { carryOut: payments.carryOut });
  const given = (wishes?: Parameters<typeof givenPaidOrder>[2]) =>
    givenPaidOrder(shop, { ordering, payments }, wishes);
  const movedBy = ({ paymentId, order }: PaidOrder) =>
    provider.account({ paymentId, amount: order.totals.total }).moved;
  return { provider, payments, ordering, given, movedBy };
}

const codesOf = (
  runs: readonly { isOk: () => boolean; _unsafeUnwrapErr: () => { code: string } }[],
) => runs.filter((run) => !run.isOk()).map((run) => run._unsafeUnwrapErr().code);

describe('at once', () => {
  it('twenty refunds of a tenth each give back ten tenths', async () => {
    const { ordering, given, movedBy } = opened();
    const paid = await given({ quantities: [1] });
    const { orderId, order } = paid;
    const whole = order.totals.subtotal.minorUnits;
    const tenth = dollars((Number(whole / 10n) / 100).toFixed(2));
    const runs = await times(20, () =>
      ordering.refundOrder.execute({ orderId, amount: tenth, reason: '' }, SHOP),
    );
    expect(runs.filter((run) => run.isOk())).toHaveLength(10);
    expect(new Set(codesOf(runs))).toEqual(new Set(['ordering.refund_exceeds_left']));
    expect(movedBy(paid).refunded.minorUnits).toBe((whole / 10n) * 10n);
    const refunds = (await shop.refundQueries.ofOrder(orderId, null))._unsafeUnwrap();
    expect(refunds.map(({ status }) => status)).toEqual(
      Array.from({ length: 10 }, () => 'succeeded'),
    );
  });

  it('ten requests under one key are one refund', async () => {
    const { ordering, given, provider } = opened();
    const { orderId } = await given();
    const context = underKey(SHOP, `refund ${orderId}`);
    const runs = await times(10, () =>
      ordering.refundOrder.execute({ orderId, shipping: 'all', reason: '' }, context),
    );
    for (const code of codesOf(runs))
      expect(['core.idempotency_key_in_flight', 'core.idempotent_replay']).toContain(code);
    expect(provider.asked.filter(({ call }) => call === 'refund')).toHaveLength(1);
    expect((await shop.refundQueries.ofOrder(orderId, null))._unsafeUnwrap()).toHaveLength(1);
  });

  it('a refund and the capture of a part give back no more than came in', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { ordering, payments, given, movedBy } = opened();
      const paid = await given({ isCaptured: false });
      const { orderId, paymentId } = paid;
      const part = dollars('7.00');
      const [captured, refunded] = await Promise.all([
        payments.capturePayment.execute({ orderId, paymentId, amount: part }, SHOP),
        ordering.refundOrder.execute({ orderId, amount: part, reason: '' }, SHOP),
      ]);
      expect(captured.isOk()).toBe(true);
      if (refunded.isErr()) expect(refunded.error.code).toBe('ordering.refund_exceeds_captured');
      const moved = movedBy(paid);
      expect(moved.captured).toEqual(part);
      expect(moved.refunded).toEqual(refunded.isOk() ? part : dollars('0.00'));
    }
  });

  it('a refund and the end of the order leave the customer with all, once', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { ordering, payments, given, movedBy } = opened();
      const paid = await given();
      const { orderId } = paid;
      const [cancelled, refunded] = await Promise.all([
        ordering.cancelOrder.execute({ orderId, customerId: null, reason: '' }, SHOP),
        ordering.refundOrder.execute({ orderId, shipping: 'all', reason: '' }, SHOP),
      ]);
      expect(cancelled.isOk()).toBe(true);
      if (refunded.isErr()) expect(refunded.error.code).toBe('ordering.refund_exceeds_captured');
      await payments.reconcilePayments.execute(SHOP);
      await payments.reconcilePayments.execute(SHOP);
      const moved = movedBy(paid);
      expect(moved.captured).toEqual(paid.order.totals.total);
      expect(moved.refunded).toEqual(moved.captured);
    }
  });

  it('ten who receive a return receive it once, and put its units on the shelf once', async () => {
    const { ordering, given, movedBy } = opened();
    const paid = await given({ quantities: [3], isShipped: true });
    const { orderId, itemIds } = paid;
    const [itemId = ''] = itemIds;
    const lines = [{ itemId, quantity: 3 }];
    const announced = await ordering.requestReturn.execute(
      { orderId, customerId: null, lines, reason: '' },
      SHOP,
    );
    const returnId = announced._unsafeUnwrap().id as ReturnId;
    const came = [{ itemId, quantity: 3, restock: true }];
    const runs = await times(10, () =>
      ordering.receiveReturn.execute({ orderId, returnId, lines: came, refund: {} }, SHOP),
    );
    expect(runs.filter((run) => run.isOk())).toHaveLength(1);
    expect(new Set(codesOf(runs))).toEqual(new Set(['ordering.return_is_over']));
    const variantId = paid.variantIds[0] as VariantId;
    expect((await shop.stockQueries.find(variantId))._unsafeUnwrap()).toMatchObject({
      onHand: 3,
      reserved: 0,
    });
    await expectToAddUp(shop, variantId);
    expect(movedBy(paid).refunded).toEqual(paid.order.totals.subtotal);
    const order = (await shop.orderQueries.find(orderId, null))._unsafeUnwrap();
    expect(order).toMatchObject({
      fulfilmentStatus: 'returned',
      paymentStatus: 'partially_refunded',
    });
  });

  it('five exchanges of one return place one order', async () => {
    const { ordering, given } = opened();
    const { orderId, itemIds, customerId } = await given({ quantities: [1], isShipped: true });
    const lines = [{ itemId: itemIds[0] ?? '', quantity: 1 }];
    const announced = await ordering.requestReturn.execute(
      { orderId, customerId: null, lines, reason: '' },
      SHOP,
    );
    const returnId = announced._unsafeUnwrap().id as ReturnId;
    const { variantId } = await givenVariant(shop, 5);
    const runs = await times(5, () =>
      ordering.exchangeReturn.execute(
        {
          orderId,
          returnId,
          lines: [{ variantId, quantity: 1 as Quantity }],
          shippingMethod: null,
          paymentMethod: 'manual',
          paymentToken: null,
        },
        SHOP,
      ),
    );
    expect(runs.filter((run) => run.isOk())).toHaveLength(1);
    expect(new Set(codesOf(runs))).toEqual(new Set(['ordering.already_exchanged']));
    expect((await shop.stockQueries.find(variantId))._unsafeUnwrap().reserved).toBe(1);
    const { count } = await shop.orderQueries.list(customerId, { page: 1, pageSize: 10 });
    expect(count).toBe(2);
  });

  it('five who announce the last two units announce them twice at most', async () => {
    const { ordering, given } = opened();
    const { orderId, itemIds } = await given({ quantities: [2], isShipped: true });
    const lines = [{ itemId: itemIds[0] ?? '', quantity: 1 }];
    const runs = await times(5, () =>
      ordering.requestReturn.execute({ orderId, customerId: null, lines, reason: '' }, SHOP),
    );
    expect(runs.filter((run) => run.isOk())).toHaveLength(2);
    expect(new Set(codesOf(runs))).toEqual(new Set(['ordering.too_many_units']));
  });
});

describe('the database itself has no', () => {
  const CHECK = /^23514$/;
  const attempts: readonly [title: string, code: RegExp, sql: string][] = [
    [
      'refund of more than the order cost',
      CHECK,
      `insert into ordering.refunds (id, order_id, position, reason, amount, tax, refunded_at)
       select gen_random_uuid(), id, 99, '', total + 1, 0, now() from ordering.orders limit 1`,
    ],
    [
      'refund of more units than were bought',
      CHECK,
      `insert into ordering.refund_lines (refund_id, order_item_id, quantity, amount, tax)
       select refund.id, item.id, item.quantity + 1, 0, 0
       from ordering.refunds refund join ordering.order_items item using (order_id)
       where refund.shipping_amount is not null limit 1`,
    ],
    [
      'refund of another order’s item',
      /^23503$/,
      `insert into ordering.refund_lines (refund_id, order_item_id, quantity, amount, tax)
       select refund.id, item.id, 1, 0, 0
       from ordering.refunds refund join ordering.order_items item on item.order_id <> refund.order_id
       limit 1`,
    ],
    ['refund that was rewritten', /^42501$/, 'update ordering.refunds set amount = 0'],
    ['refund that was forgotten', /^42501$/, 'delete from ordering.refund_lines'],
    [
      'return of more than has left',
      CHECK,
      'update ordering.order_items set returned = fulfilled + 1 where id = (select id from ordering.order_items limit 1)',
    ],
    [
      'return that received more than was announced',
      CHECK,
      'update ordering.return_lines set received = quantity + 1',
    ],
    [
      'capture that pays a refund out',
      CHECK,
      `update payments.operations
       set refund_id = (select id from ordering.refunds limit 1) where kind = 'capture'`,
    ],
  ];

  it.each(attempts)('%s', async (_title, code, sql) => {
    const outcome = await test.database
      .begin(async (transaction) => {
        await transaction.unsafe(sql);
      })
      .catch((error: unknown) => error);
    expect(outcome).toMatchObject({ code: expect.stringMatching(code) as string });
  });
});
