import type { Clock, IdGenerator } from '@kastoma/application/core';
import type { IdentityTx } from '@kastoma/application/identity';

import type { Database } from '../core/database.ts';
import { Outbox } from '../core/outbox.ts';
import { PostgresUnitOfWork } from '../core/unit-of-work.ts';
import { PostgresSessionRepository } from './sessions.postgres-repository.ts';
import { PostgresUserRepository } from './users.postgres-repository.ts';

export function identityUnitOfWork(
  database: Database,
  clock: Clock,
  ids: IdGenerator,
): PostgresUnitOfWork<IdentityTx> {
  return new PostgresUnitOfWork(database, clock, ({ sql, context }) => ({
    users: new PostgresUserRepository(sql, new Outbox(sql, context, ids)),
    sessions: new PostgresSessionRepository(sql),
  }));
}
