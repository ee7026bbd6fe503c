import { CapturePayment } from '../payments/capture-payment.use-case.ts';
import { CarryOutOperation } from '../payments/carry-out-operation.use-case.ts';
import type { PaymentProvider } from '../payments/payment-provider.port.ts';
import { ReceiveProviderEvent } from '../payments/receive-provider-event.use-case.ts';
import { ReconcilePayments } from '../payments/reconcile-payments.use-case.ts';
import { RetryOperation } from '../payments/retry-operation.use-case.ts';
import { SettleOperation } from '../payments/settle-operation.use-case.ts';
import { FakePaymentProvider } from './ports/fake-payment-provider.ts';
import { SteadyJitter } from './ports/steady-jitter.ts';
import type { ShopPorts } from './shop-ports.ts';

export type PaymentUseCases = ReturnType<typeof paymentUseCases>;

/** What is done about money, on a shop's ports and by these providers. */
export function paymentUseCases(
  shop: ShopPorts,
  list: readonly PaymentProvider[] = [
    new FakePaymentProvider('manual'),
    new FakePaymentProvider('test'),
  ],
) {
  const { payments: unitOfWork, operationQueue: queue, ids, clock } = shop;
  const providers = new Map(list.map((provider) => [provider.method, provider]));
  const jitter = new SteadyJitter();
  const payments = shop.paymentReader;
  const carryOut = new CarryOutOperation({ unitOfWork, payments, queue, providers, clock, jitter });
  return {
    carryOut,
    capturePayment: new CapturePayment({ unitOfWork, carryOut, ids, clock }),
    receiveProviderEvent: new ReceiveProviderEvent({ unitOfWork, providers, clock }),
    retryOperation: new RetryOperation({ unitOfWork, queue, carryOut, ids, clock }),
    settleOperation: new SettleOperation({ unitOfWork, clock }),
    reconcilePayments: new ReconcilePayments({ unitOfWork, queue, carryOut, ids, clock }),
  };
}
