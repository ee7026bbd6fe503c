import { expect } from 'vitest';

import type { Money, PaymentOperationId } from '@kastoma/domain/core';

import { builderIds } from './builders/builder-ids.ts';
import { aPayment } from './builders/payment.builder.ts';
import { SHOP } from './contexts.ts';
import type { PaidOrder } from './paid-orders.ts';
import type { ShopPorts } from './shop-ports.ts';

/** So much of an order's money was given back at the provider's own desk. */
export async function givenBackElsewhere(
  shop: ShopPorts,
  { paymentId }: PaidOrder,
  refunded: Money,
): Promise<void> {
  const run = await shop.payments.run(SHOP, ({ payments }) =>
    payments.find(paymentId).andThen((payment) => {
      const { reference, moved } = payment.state;
      const report = { reference: reference ?? '', moved: { ...moved, refunded } };
      return payment
        .learn(report, shop.clock.now())
        .asyncAndThen((learned) => payments.save(learned));
    }),
  );
  expect(run.isOk()).toBe(true);
}

/** The same order was paid for once more, in hand; answers by which payment. */
export async function givenMoneyInHand(
  shop: ShopPorts,
  { orderId, order }: PaidOrder,
): Promise<string> {
  const payment = aPayment(orderId, order.totals.total, 'manual');
  const id = builderIds.next<PaymentOperationId>();
  const captured = payment
    .capture(id, null, shop.clock.now())
    .andThen((asked) => asked.settle(id, { name: 'succeeded' }, shop.clock.now()));
  const run = await shop.payments.run(SHOP, ({ payments }) =>
    captured.asyncAndThen((paid) => payments.add(paid)),
  );
  expect(run.isOk()).toBe(true);
  return payment.state.id;
}
