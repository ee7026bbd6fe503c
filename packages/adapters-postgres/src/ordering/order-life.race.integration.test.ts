import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import {
  countedUsesOf,
  FakePaymentProvider,
  givenPlacedOrder,
  givenPromotion,
  latch,
  orderingUseCases,
  paymentUseCases,
  SHOP,
  times,
  unitsOf,
  type PlacedOrder,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { OrderStatusName } from '@kastoma/domain/ordering';

import { PostgresStockAudit } from '../inventory/stock-audit.postgres-queries.ts';
import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

const ROUNDS = 8;
const AN_HOUR_IN_SECONDS = 3_600;
const UNTOUCHED = [
  [10, 0],
  [10, 0],
];

let test: TestDatabase;
let shop: ShopPorts;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 20 });
  shop = postgresShop(test.database);
});

afterAll(async () => {
  expect(await new PostgresStockAudit(test.database).discrepancies(10)).toEqual([]);
  await test.drop();
});

function opened() {
  const provider = new FakePaymentProvider('test');
  const payments = paymentUseCases(shop, [new FakePaymentProvider('manual'), provider]);
  const ordering = orderingUseCases(shop, { carryOut: payments.carryOut });
  const cancel = ({ id }: PlacedOrder) =>
    ordering.cancelOrder.execute({ orderId: id, customerId: null, reason: '' }, SHOP);
  const move = ({ id }: PlacedOrder, status: OrderStatusName) =>
    ordering.changeOrderStatus.execute({ orderId: id, status, expectedVersion: null }, SHOP);
  const fulfil = ({ id, items }: PlacedOrder, quantity: number) =>
    ordering.fulfilOrder.execute(
      {
        orderId: id,
        lines: [{ itemId: items[0]?.id ?? '', quantity }],
        carrier: null,
        trackingNumber: null,
      },
      SHOP,
    );
  const sweep = () => ordering.expireOrders.execute(SHOP);
  const giveBack = async () => {
    while ((await payments.reconcilePayments.execute(SHOP)).length > 0);
  };
  return { provider, ...payments, ...ordering, cancel, move, fulfil, sweep, giveBack };
}

const read = async ({ id }: PlacedOrder) =>
  (await shop.orderQueries.find(id, null))._unsafeUnwrap();
const paymentOf = async ({ paymentId }: PlacedOrder) =>
  (await shop.paymentReader.find(paymentId))._unsafeUnwrap();

const operationOf = ({ operationId }: PlacedOrder) =>
  operationId ?? expect.fail('A provider is to be asked.');

async function givenInProcess({ move }: Pick<ReturnType<typeof opened>, 'move'>) {
  const order = await givenPlacedOrder(shop);
  expect((await move(order, 'confirmed')).isOk()).toBe(true);
  expect((await move(order, 'processing')).isOk()).toBe(true);
  return order;
}

describe('at once', () => {
  it('ten cancellations of an order give everything back once', async () => {
    const promotion = await givenPromotion(shop);
    const { cancel } = opened();
    const order = await givenPlacedOrder(shop, { promotion });
    expect(await countedUsesOf(shop, promotion)).toBe(1);
    const runs = await times(10, () => cancel(order));
    expect(runs.filter((run) => run.isOk())).toHaveLength(1);
    expect(await unitsOf(shop, order)).toEqual(UNTOUCHED);
    expect(await countedUsesOf(shop, promotion)).toBe(0);
    expect(await shop.eventsOf(order.id)).toHaveLength(2);
  });

  it('a cancellation and a parcel leave an order that is one or the other', async () => {
    const all = opened();
    for (let round = 0; round < ROUNDS; round += 1) {
      const order = await givenInProcess(all);
      const [cancelled, fulfilled] = await Promise.all([all.cancel(order), all.fulfil(order, 1)]);
      expect(cancelled.isOk()).toBe(fulfilled.isErr());
      const { status, fulfilments } = await read(order);
      expect([status, fulfilments.length]).toEqual(
        cancelled.isOk() ? ['cancelled', 0] : ['processing', 1],
      );
      expect(await unitsOf(shop, order)).toEqual(
        cancelled.isOk()
          ? UNTOUCHED
          : [
              [9, 1],
              [10, 3],
            ],
      );
    }
  });

  it('ten parcels of the same two units send two off', async () => {
    const all = opened();
    const order = await givenInProcess(all);
    const runs = await times(10, () => all.fulfil(order, 1));
    expect(runs.filter((run) => run.isOk())).toHaveLength(2);
    for (const run of runs)
      if (run.isErr())
        expect(run.error).toMatchObject({ code: 'ordering.too_many_units', left: 0 });
    expect(await unitsOf(shop, order)).toEqual([
      [8, 0],
      [10, 3],
    ]);
  });

  it('a cancellation and a capture leave no money behind', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { provider, carryOut, capturePayment, giveBack, cancel } = opened();
      const order = await givenPlacedOrder(shop, { method: 'test' });
      const { id: orderId, paymentId } = order;
      const asked = await carryOut.execute(operationOf(order), SHOP);
      expect(asked.isOk()).toBe(true);
      const [captured, cancelled] = await Promise.all([
        capturePayment.execute({ orderId, paymentId, amount: null }, SHOP),
        cancel(order),
      ]);
      expect(cancelled.isOk()).toBe(true);
      if (captured.isErr()) expect(captured.error.code).toBe('payments.step_not_possible');
      await giveBack();
      const payment = await paymentOf(order);
      expect(['voided', 'refunded']).toContain(payment.status);
      const { moved } = provider.account({ paymentId, amount: payment.state.amount });
      expect(moved.captured).toEqual(moved.refunded);
      expect(await unitsOf(shop, order)).toEqual(UNTOUCHED);
    }
  });

  it('five sweepers call each overdue order off once', async () => {
    const promotion = await givenPromotion(shop);
    const orders = await times(12, () => givenPlacedOrder(shop, { method: 'test', promotion }));
    shop.clock.advance(AN_HOUR_IN_SECONDS);
    const seen = (await times(5, () => opened().sweep())).flat();
    expect(seen.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(
      seen.flatMap(({ id, outcome }) => (outcome === 'expired' ? [id] : [])).toSorted(),
    ).toEqual(orders.map(({ id }) => id).toSorted());
    for (const order of orders) {
      expect(await shop.eventsOf(order.id)).toHaveLength(2);
      expect(await unitsOf(shop, order)).toEqual(UNTOUCHED);
    }
    expect(await countedUsesOf(shop, promotion)).toBe(0);
    expect(await opened().sweep()).toEqual([]);
  });

  it('a promise and the end of the time leave an order that is paid for, or money that went back', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { provider, carryOut, giveBack, sweep } = opened();
      const order = await givenPlacedOrder(shop, { method: 'test' });
      const { paymentId } = order;
      shop.clock.advance(AN_HOUR_IN_SECONDS);
      const [, [swept]] = await Promise.all([carryOut.execute(operationOf(order), SHOP), sweep()]);
      await giveBack();
      const { status, paymentStatus } = await read(order);
      const { amount } = (await paymentOf(order)).state;
      const { moved } = provider.account({ paymentId, amount });
      expect(swept?.outcome).toBe(status === 'cancelled' ? 'expired' : 'confirmed');
      expect([status, paymentStatus, moved.isReleased]).toEqual(
        status === 'cancelled' ? ['cancelled', 'voided', true] : ['confirmed', 'authorized', false],
      );
    }
  });
});

it('an order that somebody holds is left alone by the sweeper, and not waited for', async () => {
  const order = await givenPlacedOrder(shop, { method: 'test' });
  shop.clock.advance(AN_HOUR_IN_SECONDS);
  const { opened: end, open } = latch();
  const { opened: isHeld, open: held } = latch();
  const holding = shop.ordering.run(SHOP, async ({ orders }) => {
    const found = await orders.hold(order.id, null);
    held();
    await end;
    return found;
  });
  await isHeld;
  expect(await opened().sweep()).toEqual([{ id: order.id, outcome: 'left' }]);
  open();
  expect((await holding).isOk()).toBe(true);
  expect(await opened().sweep()).toEqual([{ id: order.id, outcome: 'expired' }]);
});

describe('the database itself', () => {
  const expectRefused = async (statement: string, code: string) =>
    expect(test.database.unsafe(statement)).rejects.toMatchObject({ code });

  it('lets no more units leave than were sold, and of no other order', async () => {
    const all = opened();
    const [order, other] = [await givenInProcess(all), await givenInProcess(all)];
    expect((await all.fulfil(order, 1)).isOk()).toBe(true);
    const [{ id: fulfilment } = { id: '' }] = (await read(order)).fulfilments;
    const line = (item: string | undefined, quantity: number) => `
      insert into ordering.fulfilment_lines (fulfilment_id, order_item_id, quantity)
      values ('${fulfilment}', '${item}', ${quantity})
    `;
    const item = order.items[1]?.id;
    await expectRefused(line(item, 4), '23514');
    await expectRefused(line(item, 0), '23514');
    await expectRefused(line(other.items[0]?.id, 1), '23503');
    await expectRefused(line(order.items[0]?.id, 1), '23505');
  });

  it.each(['fulfilments', 'fulfilment_lines', 'order_history'])(
    'rewrites nothing of %s',
    async (table) => {
      await expectRefused(`delete from ordering.${table}`, '42501');
      await expectRefused(`truncate ordering.${table} cascade`, '42501');
    },
  );

  it('knows why no order but a cancelled one was cancelled', async () => {
    const { id } = await givenPlacedOrder(shop);
    await expectRefused(
      `update ordering.orders set cancel_reason = 'no' where id = '${id}'`,
      '23514',
    );
  });
});
