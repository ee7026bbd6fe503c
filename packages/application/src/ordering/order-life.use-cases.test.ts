import { ok } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { OrderId, UserId } from '@kastoma/domain/core';
import type { OrderStatusName } from '@kastoma/domain/ordering';

import type { ExpectedVersion } from '../core/expected-version.ts';
import { builderIds } from '../testing/builders/builder-ids.ts';
import { asCustomer, SHOP, underKey } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { orderingUseCases, type OrderingUseCases } from '../testing/ordering-use-cases.ts';
import { paymentUseCases, type PaymentUseCases } from '../testing/payment-use-cases.ts';
import {
  countedUsesOf,
  givenPlacedOrder,
  unitsOf,
  type PlacedOrder,
} from '../testing/placed-orders.ts';
import { FakePaymentProvider } from '../testing/ports/fake-payment-provider.ts';
import { givenPromotion } from '../testing/promoted-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCustomer } from '../testing/stocked-shop.ts';
import { sendOff } from './send-off-units.ts';

let shop: ShopPorts;
let ordering: OrderingUseCases;
let payments: PaymentUseCases;
let provider: FakePaymentProvider;
let promotion: Awaited<ReturnType<typeof givenPromotion>>;

beforeEach(async () => {
  shop = inMemoryShop();
  provider = new FakePaymentProvider('test');
  payments = paymentUseCases(shop, [new FakePaymentProvider('manual'), provider]);
  ordering = orderingUseCases(shop, { carryOut: payments.carryOut });
  promotion = await givenPromotion(shop);
});

const placed = (wishes: Parameters<typeof givenPlacedOrder>[1] = {}) =>
  givenPlacedOrder(shop, { promotion, ...wishes });
const read = async ({ id }: Pick<PlacedOrder, 'id'>) =>
  (await shop.orderQueries.find(id, null))._unsafeUnwrap();
const cancel = (
  { id: orderId }: Pick<PlacedOrder, 'id'>,
  customerId: UserId | null = null,
  context = SHOP,
) => ordering.cancelOrder.execute({ orderId, customerId, reason: 'Too late' }, context);
const move = (
  { id: orderId }: Pick<PlacedOrder, 'id'>,
  status: OrderStatusName,
  expectedVersion: ExpectedVersion = null,
) => ordering.changeOrderStatus.execute({ orderId, status, expectedVersion }, SHOP);
const fulfil = ({ id: orderId }: PlacedOrder, lines: readonly (readonly [string, number])[]) =>
  ordering.fulfilOrder.execute(
    {
      orderId,
      lines: lines.map(([itemId, quantity]) => ({ itemId, quantity })),
      carrier: 'UPS',
      trackingNumber: null,
    },
    SHOP,
  );
const inProcess = async (wishes: Parameters<typeof placed>[0] = {}) => {
  const order = await placed(wishes);
  expect((await move(order, 'confirmed')).isOk()).toBe(true);
  expect((await move(order, 'processing')).isOk()).toBe(true);
  return order;
};
const itemOf = ({ items }: PlacedOrder, index: number) => items[index]?.id ?? '';

describe('cancelling an order', () => {
  it('gives back its units, its uses and its money, and says why', async () => {
    const order = await placed({ method: 'test' });
    const { operationId } = order;
    const asked = await payments.carryOut.execute(operationId ?? builderIds.next(), SHOP);
    expect(asked.isOk()).toBe(true);
    expect(await countedUsesOf(shop, promotion)).toBe(1);
    const cancelled = (await cancel(order, order.customerId))._unsafeUnwrap();
    expect(cancelled).toMatchObject({
      status: 'cancelled',
      cancelReason: 'Too late',
      payments: [{ status: 'authorized', reference: null }],
    });
    expect(await unitsOf(shop, order)).toEqual([
      [10, 0],
      [10, 0],
    ]);
    expect(await countedUsesOf(shop, promotion)).toBe(0);
    await payments.reconcilePayments.execute(SHOP);
    expect((await read(order)).paymentStatus).toBe('voided');
  });

  it('pays back what was captured', async () => {
    const order = await placed();
    const { id: orderId, paymentId } = order;
    const captured = await payments.capturePayment.execute(
      { orderId, paymentId, amount: null },
      SHOP,
    );
    expect(captured.isOk()).toBe(true);
    expect((await cancel(order)).isOk()).toBe(true);
    await payments.reconcilePayments.execute(SHOP);
    expect((await read(order)).paymentStatus).toBe('refunded');
  });

  it('is done once: the second time it is refused, and nothing is given back again', async () => {
    const order = await placed();
    expect((await cancel(order)).isOk()).toBe(true);
    expect((await cancel(order))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.illegal_transition',
      from: 'cancelled',
      to: 'cancelled',
      legal: [],
    });
    expect(await unitsOf(shop, order)).toEqual([
      [10, 0],
      [10, 0],
    ]);
    expect(await countedUsesOf(shop, promotion)).toBe(0);
    expect(await shop.eventsOf(order.id)).toHaveLength(2);
  });

  it('is answered the same again under one key', async () => {
    const order = await placed();
    const context = underKey(asCustomer(order.customerId), 'cancel');
    const first = (await cancel(order, order.customerId, context))._unsafeUnwrap();
    expect((await cancel(order, order.customerId, context))._unsafeUnwrapErr()).toMatchObject({
      code: 'core.idempotent_replay',
      answer: { body: JSON.stringify({ outcome: first }) },
    });
  });

  it('is for its customer: somebody else’s order is not there', async () => {
    const order = await placed();
    const stranger = await givenCustomer(shop);
    const refused = await cancel(order, stranger, asCustomer(stranger));
    expect(refused._unsafeUnwrapErr()).toEqual({ code: 'ordering.order_not_found' });
    expect((await read(order)).status).toBe('pending');
  });

  it('is refused when a unit has left, and when the reason is a book', async () => {
    const order = await inProcess();
    const { cancelOrder } = ordering;
    const book = { orderId: order.id, customerId: null, reason: 'x'.repeat(501) };
    expect((await cancelOrder.execute(book, SHOP))._unsafeUnwrapErr()).toMatchObject({
      code: 'core.invalid_text',
      path: ['reason'],
    });
    expect((await fulfil(order, [[itemOf(order, 0), 1]])).isOk()).toBe(true);
    expect((await cancel(order))._unsafeUnwrapErr()).toMatchObject({
      code: 'ordering.illegal_transition',
      from: 'processing',
      legal: ['shipped'],
    });
    expect(await unitsOf(shop, order)).toEqual([
      [9, 1],
      [10, 3],
    ]);
  });
});

describe('moving an order on', () => {
  it('leads from step to step, each a version, and sends all units off at once', async () => {
    const order = await inProcess();
    const shipped = (await move(order, 'shipped', 3))._unsafeUnwrap();
    expect(shipped).toMatchObject({
      status: 'shipped',
      version: 4,
      fulfilmentStatus: 'fulfilled',
      fulfilments: [{ lines: [{ quantity: 2 }, { quantity: 3 }], carrier: null }],
    });
    expect(await unitsOf(shop, order)).toEqual([
      [8, 0],
      [7, 0],
    ]);
    expect((await move(order, 'delivered'))._unsafeUnwrap().status).toBe('delivered');
    expect((await shop.eventsOf(order.id)).map(({ type }) => type)).toEqual([
      'ordering.order_placed',
      'ordering.order_confirmed',
      'ordering.order_processing_started',
      'ordering.order_fulfilled',
      'ordering.order_delivered',
    ]);
  });

  it('to cancelled calls it off', async () => {
    const order = await placed();
    expect((await move(order, 'cancelled'))._unsafeUnwrap()).toMatchObject({
      status: 'cancelled',
      cancelReason: '',
      paymentStatus: 'voided',
    });
    expect(await unitsOf(shop, order)).toEqual([
      [10, 0],
      [10, 0],
    ]);
    expect(await countedUsesOf(shop, promotion)).toBe(0);
  });

  it.each(['pending', 'processing', 'shipped', 'delivered'] as const)(
    'is refused where there is no way: a pending order does not become %s',
    async (status) => {
      const order = await placed();
      expect((await move(order, status))._unsafeUnwrapErr()).toEqual({
        code: 'ordering.illegal_transition',
        from: 'pending',
        to: status,
        legal: ['confirmed', 'cancelled'],
      });
    },
  );

  it('asks which version was seen', async () => {
    const order = await placed();
    expect((await move(order, 'confirmed', 'unstated'))._unsafeUnwrapErr()).toEqual({
      code: 'core.version_required',
      currentVersion: 1,
    });
    expect((await move(order, 'confirmed', 7))._unsafeUnwrapErr()).toEqual({
      code: 'core.stale_version',
      currentVersion: 1,
    });
    expect((await move({ id: builderIds.next<OrderId>() }, 'confirmed')).isErr()).toBe(true);
  });
});

describe('sending units of an order off', () => {
  it('posts the sale of what left, and ships the order with the last of it', async () => {
    const order = await inProcess();
    const first = (await fulfil(order, [[itemOf(order, 1), 2]]))._unsafeUnwrap();
    expect(first).toMatchObject({
      fulfilment: { lines: [{ itemId: itemOf(order, 1), quantity: 2 }], carrier: 'UPS' },
      order: { status: 'processing', fulfilmentStatus: 'partially_fulfilled' },
    });
    expect(await unitsOf(shop, order)).toEqual([
      [10, 2],
      [8, 1],
    ]);
    const last = await fulfil(order, [
      [itemOf(order, 0), 2],
      [itemOf(order, 1), 1],
    ]);
    expect(last._unsafeUnwrap().order).toMatchObject({ status: 'shipped' });
    expect(await unitsOf(shop, order)).toEqual([
      [8, 0],
      [7, 0],
    ]);
  });

  it('is refused of more units than are left, of no order’s items, and before it is packed', async () => {
    const order = await inProcess();
    const over = await fulfil(order, [[itemOf(order, 0), 3]]);
    expect(over._unsafeUnwrapErr()).toMatchObject({ code: 'ordering.too_many_units', left: 2 });
    const strange = await fulfil(order, [['nobody’s', 1]]);
    expect(strange._unsafeUnwrapErr().code).toBe('ordering.order_item_not_found');
    expect((await fulfil(order, []))._unsafeUnwrapErr().code).toBe(
      'ordering.fulfilment_of_nothing',
    );
    const pending = await placed();
    expect((await fulfil(pending, [[itemOf(pending, 0), 1]]))._unsafeUnwrapErr().code).toBe(
      'ordering.illegal_transition',
    );
    expect(await unitsOf(shop, order)).toEqual([
      [10, 2],
      [10, 3],
    ]);
  });

  it('is a defect where nobody held the units', async () => {
    const order = await inProcess();
    const cause = { reference: `order:${order.id}`, actor: 'test', reason: 'Stolen' };
    const at = shop.clock.now();
    const stolen = shop.inventory.run(SHOP, ({ ledger }) => ledger.release({ ...cause, at }));
    expect((await stolen).isOk()).toBe(true);
    const run = fulfil(order, [[itemOf(order, 0), 1]]);
    await expect(Promise.resolve(run)).rejects.toThrow('nobody held for it');
    expect((await read(order)).fulfilments).toEqual([]);
  });
});

it('an order that is said to have sent something off and has not is a defect', async () => {
  const order = await placed();
  const run = shop.ordering.run(SHOP, (tx) =>
    tx.orders.hold(order.id, null).andThen((held) => sendOff(tx, ok(held), shop.clock.now())),
  );
  await expect(Promise.resolve(run)).rejects.toThrow('was fulfilled by nothing');
});

describe('a note on an order', () => {
  const write = (order: Pick<PlacedOrder, 'id'>, text: string, internal = true) =>
    ordering.writeOrderNote.execute({ orderId: order.id, text, internal }, SHOP);

  it('is written down as it is said, and the order stays as it is', async () => {
    const order = await placed();
    const note = (await write(order, '  Rang twice.\n  ', false))._unsafeUnwrap();
    expect(note).toMatchObject({ text: 'Rang twice.', internal: false, author: 'system' });
    expect((await read(order)).version).toBe(1);
  });

  it('says something, about an order that there is', async () => {
    const order = await placed();
    expect((await write(order, ' '))._unsafeUnwrapErr()).toMatchObject({ path: ['text'] });
    const nowhere = { id: builderIds.next<OrderId>() };
    expect((await write(nowhere, 'Hello'))._unsafeUnwrapErr().code).toBe(
      'ordering.order_not_found',
    );
  });
});
