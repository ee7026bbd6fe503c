import { err } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import { builderIds } from '../testing/builders/builder-ids.ts';
import { asCustomer, SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { orderingUseCases } from '../testing/ordering-use-cases.ts';
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
import { ConfirmPaidOrder } from './acl/confirm-paid-order.subscriber.ts';

const HOUR = 3_600;
const NO = { name: 'declined', reason: 'insufficient_funds', report: null } as const;

let shop: ShopPorts;
let provider: FakePaymentProvider;
let payments: PaymentUseCases;
let promotion: Awaited<ReturnType<typeof givenPromotion>>;

beforeEach(async () => {
  shop = inMemoryShop();
  provider = new FakePaymentProvider('test');
  payments = paymentUseCases(shop, [new FakePaymentProvider('manual'), provider]);
  promotion = await givenPromotion(shop);
});

const placed = (method = 'test') => givenPlacedOrder(shop, { method, promotion });
const useCases = (ports: ShopPorts = shop) =>
  orderingUseCases(ports, { carryOut: payments.carryOut });
const sweep = (ports: ShopPorts = shop) => useCases(ports).expireOrders.execute(SHOP);
const read = async ({ id }: PlacedOrder) =>
  (await shop.orderQueries.find(id, null))._unsafeUnwrap();
const promise = async ({ operationId }: PlacedOrder) =>
  (await payments.carryOut.execute(operationId ?? builderIds.next(), SHOP))._unsafeUnwrap();
const payAgain = async ({ id: orderId, customerId }: PlacedOrder, method: string) =>
  useCases().payOrder.execute({ orderId, customerId, method, token: null }, asCustomer(customerId));

describe('an order that nobody pays for in time', () => {
  it('is called off: its units and uses are given back, and that is final', async () => {
    const order = await placed();
    shop.clock.advance(HOUR - 1);
    expect(await sweep()).toEqual([]);
    shop.clock.advance(1);
    expect(await sweep()).toEqual([{ id: order.id, outcome: 'expired' }]);
    expect(await read(order)).toMatchObject({ status: 'cancelled', cancelReason: 'expired' });
    expect(await unitsOf(shop, order)).toEqual([
      [10, 0],
      [10, 0],
    ]);
    expect(await countedUsesOf(shop, promotion)).toBe(0);
    expect(await sweep()).toEqual([]);
    expect((await payAgain(order, 'test'))._unsafeUnwrapErr().code).toBe(
      'ordering.order_not_payable',
    );
  });

  it('keeps no money that comes too late', async () => {
    const order = await placed();
    shop.clock.advance(HOUR);
    await sweep();
    expect((await promise(order)).outcome).toBe('succeeded');
    expect((await read(order)).paymentStatus).toBe('authorized');
    await payments.reconcilePayments.execute(SHOP);
    expect(await read(order)).toMatchObject({ status: 'cancelled', paymentStatus: 'voided' });
  });

  it('is called off though its money was refused', async () => {
    const order = await placed();
    provider.next = NO;
    await promise(order);
    shop.clock.advance(HOUR);
    expect(await sweep()).toEqual([{ id: order.id, outcome: 'expired' }]);
  });
});

describe('an order stays', () => {
  it('whose money is promised, and is confirmed where nobody has said so yet', async () => {
    const order = await placed();
    await promise(order);
    shop.clock.advance(HOUR);
    expect(await sweep()).toEqual([{ id: order.id, outcome: 'confirmed' }]);
    expect((await read(order)).status).toBe('confirmed');
    expect(await sweep()).toEqual([]);
  });

  it('that is paid for by hand, from the first or at last', async () => {
    await placed('manual');
    const changed = await placed();
    provider.next = NO;
    await promise(changed);
    expect((await payAgain(changed, 'manual')).isOk()).toBe(true);
    shop.clock.advance(HOUR * 1_000);
    expect(await sweep()).toEqual([]);
  });

  it('for another hour when somebody tries to pay once more', async () => {
    const order = await placed();
    provider.next = NO;
    await promise(order);
    shop.clock.advance(HOUR - 1);
    provider.next = NO;
    expect((await payAgain(order, 'test'))._unsafeUnwrap().status).toBe('failed');
    shop.clock.advance(HOUR - 1);
    expect(await sweep()).toEqual([]);
    shop.clock.advance(1);
    expect(await sweep()).toEqual([{ id: order.id, outcome: 'expired' }]);
  });

  it('that was paid or called off between the look and the decision, or is held by somebody', async () => {
    const [paidByHand, cancelled, held] = [await placed(), await placed(), await placed()];
    provider.next = NO;
    await promise(paidByHand);
    expect((await payAgain(paidByHand, 'manual')).isOk()).toBe(true);
    const { cancelOrder } = useCases();
    const off = { orderId: cancelled.id, customerId: null, reason: '' };
    expect((await cancelOrder.execute(off, SHOP)).isOk()).toBe(true);
    const nobodys = builderIds.next<PlacedOrder['id']>();
    const seen = [paidByHand.id, cancelled.id, nobodys];
    const late = { unpaidSince: async () => seen };
    shop.clock.advance(HOUR);
    expect(await sweep({ ...shop, overdueOrders: late })).toEqual(
      seen.map((id) => ({ id, outcome: 'left' })),
    );
    expect((await read(held)).status).toBe('pending');
  });

  it('that somebody tries to pay once more while it is being looked at', async () => {
    const order = await placed();
    provider.next = NO;
    await promise(order);
    shop.clock.advance(HOUR);
    provider.next = NO;
    expect((await payAgain(order, 'test')).isOk()).toBe(true);
    const seen = { unpaidSince: async () => [order.id] };
    expect(await sweep({ ...shop, overdueOrders: seen })).toEqual([
      { id: order.id, outcome: 'left' },
    ]);
  });
});

describe('what cannot be decided', () => {
  it('is told, and the others do not wait for it', async () => {
    const orders = [await placed(), await placed(), await placed()];
    shop.clock.advance(HOUR);
    const bug = new Error('a bug');
    let count = 0;
    const failing: ShopPorts = {
      ...shop,
      ordering: {
        receive: shop.ordering.receive.bind(shop.ordering),
        run: (context, work) => {
          count += 1;
          if (count === 1) throw bug;
          if (count === 2)
            return shop.ordering.run(
              context,
              () => err({ code: 'core.concurrent_update' }) as never,
            );
          return shop.ordering.run(context, work);
        },
      },
    };
    expect(await sweep(failing)).toEqual([
      { id: orders[0]?.id, outcome: 'failed', error: bug },
      { id: orders[1]?.id, outcome: 'failed', error: { code: 'core.concurrent_update' } },
      { id: orders[2]?.id, outcome: 'expired' },
    ]);
  });
});

describe('when money is promised', () => {
  const told = async (order: PlacedOrder) => {
    const [event] = (await shop.eventsOf(order.paymentId)).filter(
      ({ type }) => type === 'payments.payment_authorized',
    );
    const handled = await shop.ordering.run(SHOP, (tx) =>
      new ConfirmPaidOrder().handle(event as never, tx),
    );
    expect(handled.isOk()).toBe(true);
  };

  it('a pending order is confirmed, once', async () => {
    const order = await placed();
    await promise(order);
    await told(order);
    await told(order);
    expect(await read(order)).toMatchObject({ status: 'confirmed', version: 2 });
  });

  it('by hand, it is confirmed when the money is there', async () => {
    const order = await placed('manual');
    const { id: orderId, paymentId } = order;
    const capture = { orderId, paymentId, amount: null };
    expect((await payments.capturePayment.execute(capture, SHOP)).isOk()).toBe(true);
    await told(order);
    expect((await read(order)).status).toBe('confirmed');
  });

  it('an order that was called off stays so, and one whose promise was given up waits', async () => {
    const off = await placed();
    await promise(off);
    const cancel = { orderId: off.id, customerId: null, reason: '' };
    expect((await useCases().cancelOrder.execute(cancel, SHOP)).isOk()).toBe(true);
    await told(off);
    expect((await read(off)).status).toBe('cancelled');

    const waiting = await placed();
    await promise(waiting);
    const abandoned = await shop.payments.run(SHOP, ({ payments: repository }) =>
      repository
        .find(waiting.paymentId)
        .andThen((payment) => repository.save(payment.abandon(shop.clock.now()))),
    );
    expect(abandoned.isOk()).toBe(true);
    await told(waiting);
    expect((await read(waiting)).status).toBe('pending');
  });
});
