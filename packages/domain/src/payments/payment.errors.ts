import type { MoneyJson } from '../core/money.value.ts';
import type { OperationKind } from './payment-operation.ts';

/** More was asked for than there is: to capture, less what is being captured; to refund, less what is being refunded. */
export type AmountTooLarge = {
  readonly code: 'payments.amount_too_large';
  readonly operation: OperationKind;
  readonly most: MoneyJson;
};
export type AmountNotPositive = { readonly code: 'payments.amount_not_positive' };
/** A step that a payment in this state does not have. */
export type PaymentStepNotPossible = {
  readonly code: 'payments.step_not_possible';
  readonly operation: OperationKind;
  readonly status: string;
};
export type OperationNotFound = { readonly code: 'payments.operation_not_found' };
export type PaymentNotFound = { readonly code: 'payments.payment_not_found' };
