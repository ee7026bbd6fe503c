import type { DomainEvent } from '../core/domain-event.ts';
import type { MoneyJson } from '../core/money.value.ts';
import type { OperationKind } from './payment-operation.ts';

type Of = { readonly paymentId: string; readonly orderId: string };

export type PaymentRequested = DomainEvent<
  'payments.payment_requested',
  Of & { readonly method: string; readonly amount: MoneyJson }
>;

/** A provider is to be asked. */
export type OperationRequested = DomainEvent<
  'payments.operation_requested',
  Of & {
    readonly operationId: string;
    readonly operation: OperationKind;
    readonly amount: MoneyJson;
  }
>;

/** A provider has said no. */
export type OperationDeclined = DomainEvent<
  'payments.operation_declined',
  Of & {
    readonly operationId: string;
    readonly operation: OperationKind;
    readonly reason: string;
  }
>;

/** Somebody has found out what became of it, or has done it in another way. */
export type OperationSettledByHand = DomainEvent<
  'payments.operation_settled_by_hand',
  Of & {
    readonly operationId: string;
    readonly operation: OperationKind;
    readonly amount: MoneyJson;
    readonly outcome: 'succeeded' | 'declined';
  }
>;

/** More is known of what has moved: `total` is what there is of it in all. */
export type MoneyMoved = DomainEvent<
  'payments.payment_authorized' | 'payments.payment_captured' | 'payments.payment_refunded',
  Of & { readonly total: MoneyJson }
>;

export type PaymentVoided = DomainEvent<'payments.payment_voided', Of>;

/** The order cannot be kept: whatever came in for it, or still comes, goes back. */
export type PaymentAbandoned = DomainEvent<'payments.payment_abandoned', Of>;

export type PaymentsEvent =
  | PaymentRequested
  | OperationRequested
  | OperationDeclined
  | OperationSettledByHand
  | MoneyMoved
  | PaymentVoided
  | PaymentAbandoned;
