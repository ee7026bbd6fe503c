import type { PayOrder } from '@kastoma/application/ordering';
import type {
  CapturePayment,
  EventReception,
  ReceiveProviderEvent,
} from '@kastoma/application/payments';

import { endpoint, type Endpoint } from '../core/endpoint.ts';
import { rawField } from '../core/read-raw.ts';
import { ownerSeenBy } from '../ordering/order-access.ts';
import { orderParams } from '../ordering/orders.schemas.ts';
import { presentPayment } from './payment.presenter.ts';
import {
  capturePaymentBody,
  orderPaymentParams,
  paymentAnswer,
  payOrderBody,
  providerParams,
  receptionAnswer,
} from './payments.schemas.ts';

export type PaymentUseCases = {
  readonly payOrder: PayOrder;
  readonly capturePayment: CapturePayment;
  readonly receiveProviderEvent: ReceiveProviderEvent;
};

/** A message of a provider is a few kilobytes. */
const LARGEST_EVENT_BYTES = 262_144;

export function paymentRoutes({
  payOrder,
  capturePayment,
  receiveProviderEvent,
}: PaymentUseCases): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/orders/{id}/payments',
      tag: 'Payments',
      summary: "Pay for one of one's orders, again or in another way; a guest by its token",
      permission: 'orders.follow',
      guestToken: 'order',
      params: orderParams,
      body: payOrderBody,
      idempotencyKey: 'accepted',
      status: 201,
      message: 'Payment',
      answer: paymentAnswer,
      present: presentPayment,
      handle: ({ params, body, context, ...call }) =>
        ownerSeenBy(call, params.id).asyncAndThen((customerId) =>
          payOrder.execute(
            { orderId: params.id, customerId, method: body.method, token: body.token ?? null },
            context,
          ),
        ),
    }),
    endpoint({
      method: 'post',
      path: '/orders/{id}/payments/{payment_id}/capture',
      tag: 'Payments',
      summary: 'Take money that was promised, or is in hand',
      permission: 'payments.capture',
      params: orderPaymentParams,
      body: capturePaymentBody,
      idempotencyKey: 'required',
      status: 200,
      message: 'Payment captured',
      answer: paymentAnswer,
      present: presentPayment,
      handle: ({ params, body, context }) =>
        capturePayment.execute(
          { orderId: params.id, paymentId: params.payment_id, amount: body.amount ?? null },
          context,
        ),
    }),
    endpoint({
      method: 'post',
      path: '/payments/webhooks/{provider}',
      tag: 'Payments',
      summary: 'For payment providers: tell what has become of a payment, signed',
      permission: 'payments.notify',
      params: providerParams,
      body: rawField,
      raw: { largestBytes: LARGEST_EVENT_BYTES },
      status: 200,
      message: 'Event received',
      answer: receptionAnswer,
      present: (reception: EventReception) => ({ reception }),
      handle: ({ params, body, context }) =>
        receiveProviderEvent.execute(
          { provider: params.provider, body: body.bytes, header: body.header },
          context,
        ),
    }),
  ];
}
