import { beforeEach, describe, expect, it } from 'vitest';

import type { OrderId, ReturnId, UserId, VariantId } from '@kastoma/domain/core';
import type { RefundRequest } from '@kastoma/domain/ordering';

import { builderIds } from '../testing/builders/builder-ids.ts';
import { dollars } from '../testing/builders/money.builder.ts';
import { SHOP, underKey } from '../testing/contexts.ts';
import { fillShelf } from '../testing/full-shelf.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { orderingUseCases, type OrderingUseCases } from '../testing/ordering-use-cases.ts';
import { givenPaidOrder, type PaidOrder } from '../testing/paid-orders.ts';
import { paymentUseCases, type PaymentUseCases } from '../testing/payment-use-cases.ts';
import { FakePaymentProvider } from '../testing/ports/fake-payment-provider.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';

let shop: ShopPorts;
let provider: FakePaymentProvider;
let payments: PaymentUseCases;
let ordering: OrderingUseCases;
let paid: PaidOrder;

beforeEach(async () => {
  shop = inMemoryShop();
  provider = new FakePaymentProvider('test');
  payments = paymentUseCases(shop, [provider]);
  ordering = orderingUseCases(shop, { carryOut: payments.carryOut });
  paid = await givenPaidOrder(
    shop,
    { ordering, payments },
    { quantities: [2, 1], isShipped: true },
  );
});

const units = (...quantities: readonly number[]) =>
  quantities.flatMap((quantity, index) =>
    quantity > 0 ? [{ itemId: paid.itemIds[index] ?? '', quantity }] : [],
  );
const announce = (quantities: readonly number[], customerId: UserId | null = paid.customerId) =>
  ordering.requestReturn.execute(
    { orderId: paid.orderId, customerId, lines: units(...quantities), reason: 'Too small' },
    SHOP,
  );
const announced = async (...quantities: readonly number[]) =>
  (await announce(quantities))._unsafeUnwrap().id as ReturnId;
const receive = (
  returnId: ReturnId,
  quantities: readonly number[],
  { restock = true, refund = null }: { restock?: boolean; refund?: RefundRequest | null } = {},
  context = SHOP,
) =>
  ordering.receiveReturn.execute(
    {
      orderId: paid.orderId,
      returnId,
      lines: units(...quantities).map((line) => ({ ...line, restock })),
      refund,
    },
    context,
  );
const onHand = async (variantId: VariantId | undefined) =>
  (await shop.stockQueries.find(variantId ?? expect.fail('A variant.')))._unsafeUnwrap().onHand;
const statusOf = async () =>
  (await shop.orderQueries.find(paid.orderId, null))._unsafeUnwrap().fulfilmentStatus;
const refundsOf = async () =>
  (await shop.refundQueries.ofOrder(paid.orderId, null))._unsafeUnwrap();

describe('a return', () => {
  it('is announced by the customer, of units that have left', async () => {
    const view = (await announce([1, 1]))._unsafeUnwrap();
    expect(view).toMatchObject({
      orderId: paid.orderId,
      status: 'requested',
      reason: 'Too small',
      endedAt: null,
      lines: [
        { quantity: 1, received: 0 },
        { quantity: 1, received: 0 },
      ],
    });
    expect((await announce([2]))._unsafeUnwrapErr()).toMatchObject({
      code: 'ordering.too_many_units',
      left: 1,
    });
  });

  it('of all units is told of the order, also when somebody says later that it was delivered', async () => {
    (await receive(await announced(2, 1), [2, 1]))._unsafeUnwrap();
    expect(await statusOf()).toBe('returned');
    const command = { orderId: paid.orderId, status: 'delivered', expectedVersion: null } as const;
    const delivered = (await ordering.changeOrderStatus.execute(command, SHOP))._unsafeUnwrap();
    expect(delivered).toMatchObject({ status: 'delivered', fulfilmentStatus: 'returned' });
  });

  it('of an order that has not left is not possible', async () => {
    paid = await givenPaidOrder(shop, { ordering, payments });
    expect((await announce([1]))._unsafeUnwrapErr().code).toBe('ordering.too_many_units');
  });

  it('of somebody else’s order is not found', async () => {
    const stranger = builderIds.next<UserId>();
    expect((await announce([1], stranger))._unsafeUnwrapErr().code).toBe(
      'ordering.order_not_found',
    );
    const returnId = await announced(1);
    const cancelled = ordering.cancelReturn.execute(
      { orderId: paid.orderId, returnId, customerId: stranger },
      SHOP,
    );
    expect((await cancelled)._unsafeUnwrapErr().code).toBe('ordering.order_not_found');
  });

  it('that was cancelled leaves its units to be announced again', async () => {
    const { orderId, customerId } = paid;
    const returnId = await announced(2, 1);
    const cancel = () => ordering.cancelReturn.execute({ orderId, returnId, customerId }, SHOP);
    expect((await cancel())._unsafeUnwrap()).toMatchObject({
      status: 'cancelled',
      endedAt: shop.clock.now(),
    });
    expect((await cancel())._unsafeUnwrapErr()).toEqual({
      code: 'ordering.return_is_over',
      status: 'cancelled',
    });
    expect((await announce([2, 1], null)).isOk()).toBe(true);
  });

  it('puts what is sold again on the shelf, once', async () => {
    const returnId = await announced(2, 1);
    expect((await receive(returnId, [2, 1]))._unsafeUnwrap()).toMatchObject({
      status: 'received',
      refundId: null,
      lines: [
        { received: 2, restock: true },
        { received: 1, restock: true },
      ],
    });
    expect((await receive(returnId, [2, 1]))._unsafeUnwrapErr().code).toBe(
      'ordering.return_is_over',
    );
    expect(await Promise.all(paid.variantIds.map(onHand))).toEqual([2, 1]);
    expect(await statusOf()).toBe('returned');
    expect(await refundsOf()).toEqual([]);
  });

  it('leaves what is not sold again off the shelf', async () => {
    const returnId = await announced(2);
    expect((await receive(returnId, [1], { restock: false })).isOk()).toBe(true);
    expect(await onHand(paid.variantIds[0])).toBe(0);
    expect(await statusOf()).toBe('fulfilled');
    expect((await announce([1])).isOk()).toBe(true);
    expect((await announce([1]))._unsafeUnwrapErr().code).toBe('ordering.too_many_units');
  });

  it('pays back what was paid for the units that came, unless it is told otherwise', async () => {
    const first = await announced(1);
    const second = await announced(1, 1);
    const { refundId } = (await receive(first, [1], { refund: {} }))._unsafeUnwrap();
    expect(await refundsOf()).toMatchObject([
      { id: refundId, status: 'succeeded', reason: 'Return received', lines: [{ quantity: 1 }] },
    ]);
    const lessFee = { amount: dollars('3.00') };
    expect((await receive(second, [1, 1], { refund: lessFee })).isOk()).toBe(true);
    expect((await refundsOf()).map(({ amount }) => amount)[1]).toEqual(dollars('3.00'));
  });

  it('is received with nothing where its refund is not possible', async () => {
    const returnId = await announced(1);
    const tooMuch = { amount: dollars('5000.00') };
    expect((await receive(returnId, [1], { refund: tooMuch }))._unsafeUnwrapErr().code).toBe(
      'ordering.refund_exceeds_left',
    );
    expect(await onHand(paid.variantIds[0])).toBe(0);
    expect((await receive(returnId, [1])).isOk()).toBe(true);
  });

  it('is received once, though the process dies while the refund is asked for', async () => {
    const returnId = await announced(2);
    const context = underKey(SHOP, 'receive');
    provider.next = new Error('killed');
    const run = receive(returnId, [2], { refund: {} }, context);
    await expect(Promise.resolve(run)).rejects.toThrow('killed');
    shop.clock.advance(60);
    const again = (await receive(returnId, [2], { refund: {} }, context))._unsafeUnwrap();
    expect(again).toMatchObject({ status: 'received', lines: [{ received: 2 }] });
    expect(await onHand(paid.variantIds[0])).toBe(2);
    expect(await refundsOf()).toMatchObject([{ status: 'succeeded' }]);
    expect(provider.asked.filter(({ call }) => call === 'refund')).toHaveLength(2);
  });

  it('of another order is not found', async () => {
    const returnId = await announced(1);
    const other = await givenPaidOrder(shop, { ordering, payments }, { isShipped: true });
    paid = other;
    expect((await receive(returnId, [1]))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.return_not_found',
    });
    const nowhere = { ...other, orderId: builderIds.next<OrderId>() };
    paid = nowhere;
    expect((await receive(returnId, [1]))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.order_not_found',
    });
    expect(await shop.returnQueries.find(returnId, other.orderId, null)).toMatchObject({
      error: { code: 'ordering.return_not_found' },
    });
  });

  it('does not fit onto a shelf that is full', async () => {
    await fillShelf(shop, paid.variantIds[0]);
    const returnId = await announced(1);
    expect((await receive(returnId, [1]))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.shelf_full',
    });
  });
});
