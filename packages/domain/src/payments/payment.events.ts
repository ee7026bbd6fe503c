import type { DomainEvent } from '../core/domain-event.ts';
import type { MoneyJson } from '../core/money.value.ts';

export type PaymentRequested = DomainEvent<
  'payments.payment_requested',
  {
    readonly paymentId: string;
    readonly orderId: string;
    readonly method: string;
    readonly amount: MoneyJson;
  }
>;

export type PaymentsEvent = PaymentRequested;
