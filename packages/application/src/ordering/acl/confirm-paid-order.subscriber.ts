import type { OrderId } from '@kastoma/domain/core';
import type { MoneyMoved } from '@kastoma/domain/payments';

import type { Subscriber } from '../../core/subscriber.ts';
import { confirmWhenPaid } from '../confirm-when-paid.ts';
import type { OrderingTx } from '../ordering.unit-of-work.ts';

/** An order is confirmed when its money is promised or there: every payment is authorized before it is captured. */
export class ConfirmPaidOrder implements Subscriber<MoneyMoved, OrderingTx> {
  readonly consumer = 'ordering.confirm_paid_order';

  readonly handle = (
    { payload, occurredAt }: MoneyMoved,
    tx: Pick<OrderingTx, 'orders' | 'payments'>,
  ) => confirmWhenPaid(tx, payload.orderId as OrderId, occurredAt);
}
