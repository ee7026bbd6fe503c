import type { Clock, IdGenerator } from '@kastoma/application/core';
import type { PaymentsTx } from '@kastoma/application/payments';

import type { Database } from '../core/database.ts';
import { Outbox } from '../core/outbox.ts';
import { PostgresUnitOfWork } from '../core/unit-of-work.ts';
import { PostgresPaymentRepository } from './payments.postgres-repository.ts';
import { PostgresProviderEvents } from './provider-events.postgres-ledger.ts';

export function paymentsUnitOfWork(
  database: Database,
  clock: Clock,
  ids: IdGenerator,
): PostgresUnitOfWork<PaymentsTx> {
  return new PostgresUnitOfWork(database, clock, ({ sql, context }) => ({
    payments: new PostgresPaymentRepository(sql, new Outbox(sql, context, ids)),
    events: new PostgresProviderEvents(sql),
  }));
}
