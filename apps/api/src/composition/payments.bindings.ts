import type { Container } from 'inversify';

import { ManualProvider, TestGateway } from '@kastoma/adapters-payments';
import {
  paymentsUnitOfWork,
  PostgresOperationQueue,
  PostgresPaymentReader,
  PostgresProviderEvents,
  PostgresStuckOperations,
  PostgresTestGatewayLedger,
} from '@kastoma/adapters-postgres';
import { ConfirmingOperations } from '@kastoma/application/ordering';
import {
  CapturePayment,
  CarryOutOperation,
  ForgetProviderEvents,
  ReceiveProviderEvent,
  ReconcilePayments,
  RetryOperation,
  SettleOperation,
  type PaymentProvider,
} from '@kastoma/application/payments';

import type { Foundation } from './foundation.ts';
import { bind, bindValue } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** The money of orders, and who moves it. */
export function bindPayments(
  container: Container,
  { payments: opened }: Pick<Foundation, 'payments'>,
): void {
  const { database, ids, clock, jitter, paymentsUnitOfWork: unitOfWork } = T;
  const { paymentProviders: providers, operationQueue: queue, carryOutOperation: carryOut } = T;
  bindValue(container, T.paymentMethods, opened.methods);
  bindValue(container, T.paymentDeadline, opened.deadline);
  bind(container, unitOfWork, { database, clock, ids }, (given) =>
    paymentsUnitOfWork(given.database, given.clock, given.ids),
  );
  bind(container, queue, { database }, (given) => new PostgresOperationQueue(given.database));
  bind(
    container,
    T.paymentReader,
    { database },
    (given) => new PostgresPaymentReader(given.database),
  );
  bind(container, providers, { database, clock }, (given) => {
    const list: readonly (PaymentProvider | null)[] = [
      new ManualProvider(),
      opened.hasTestGateway
        ? new TestGateway(new PostgresTestGatewayLedger(given.database), given.clock)
        : null,
      opened.stripe,
    ];
    return new Map(
      list.flatMap((provider) => (provider === null ? [] : [[provider.method, provider]])),
    );
  });
  bind(
    container,
    carryOut,
    {
      unitOfWork,
      payments: T.paymentReader,
      queue,
      providers,
      clock,
      jitter,
      ordering: T.orderingUnitOfWork,
    },
    ({ ordering, ...given }) =>
      new ConfirmingOperations({
        operations: new CarryOutOperation(given),
        unitOfWork: ordering,
        clock: given.clock,
      }),
  );
  bind(
    container,
    T.capturePayment,
    { unitOfWork, carryOut, ids, clock },
    (given) => new CapturePayment(given),
  );
  bind(
    container,
    T.stuckOperations,
    { database },
    (given) => new PostgresStuckOperations(given.database),
  );
  bind(
    container,
    T.retryOperation,
    { unitOfWork, queue, carryOut, ids, clock },
    (given) => new RetryOperation(given),
  );
  bind(container, T.settleOperation, { unitOfWork, clock }, (given) => new SettleOperation(given));
  bind(
    container,
    T.receiveProviderEvent,
    { unitOfWork, providers, clock },
    (given) => new ReceiveProviderEvent(given),
  );
  bind(
    container,
    T.reconcilePayments,
    { unitOfWork, queue, carryOut, ids, clock },
    (given) => new ReconcilePayments(given),
  );
  bind(
    container,
    T.forgetProviderEvents,
    { database, clock },
    (given) =>
      new ForgetProviderEvents({
        events: new PostgresProviderEvents(given.database),
        clock: given.clock,
      }),
  );
}
