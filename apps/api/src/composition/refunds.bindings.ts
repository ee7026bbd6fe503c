import type { Container } from 'inversify';

import { PostgresRefundQueries, PostgresReturnQueries } from '@kastoma/adapters-postgres';
import {
  CancelReturn,
  ExchangeReturn,
  ProviderPayments,
  ReceiveReturn,
  RefundOrder,
  RequestReturn,
} from '@kastoma/application/ordering';

import { bind } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** Money and goods of orders that go back. */
export function bindRefunds(container: Container): void {
  const { database, ids, clock, orderingUnitOfWork: unitOfWork } = T;
  const { carryOutOperation: carryOut, refundQueries, returnQueries } = T;
  bind(
    container,
    refundQueries,
    { database },
    (given) => new PostgresRefundQueries(given.database),
  );
  bind(
    container,
    returnQueries,
    { database },
    (given) => new PostgresReturnQueries(given.database),
  );
  const payingBack = { unitOfWork, ids, clock, carryOut, refundQueries };
  bind(
    container,
    T.refundOrder,
    payingBack,
    (given) => new RefundOrder({ ...given, execution: new ProviderPayments(given.carryOut) }),
  );
  bind(
    container,
    T.receiveReturn,
    { ...payingBack, returnQueries },
    (given) => new ReceiveReturn({ ...given, execution: new ProviderPayments(given.carryOut) }),
  );
  bind(
    container,
    T.exchangeReturn,
    { unitOfWork, ids, clock, carryOut, orderQueries: T.orderQueries },
    (given) => new ExchangeReturn({ ...given, execution: new ProviderPayments(given.carryOut) }),
  );
  bind(container, T.requestReturn, { unitOfWork, ids, clock }, (given) => new RequestReturn(given));
  bind(container, T.cancelReturn, { unitOfWork, clock }, (given) => new CancelReturn(given));
}
