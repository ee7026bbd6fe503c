import type { Clock, IdGenerator } from '@kastoma/application/core';
import type { IdentityTx } from '@kastoma/application/identity';

import type { Database } from '../core/database.ts';
import { Outbox } from '../core/outbox.ts';
import { PostgresUnitOfWork } from '../core/unit-of-work.ts';
import { PostgresAccessRepository } from './access.postgres-repository.ts';
import { PostgresAddressBookRepository } from './address-books.postgres-repository.ts';
import { PostgresApiKeyQueries } from './api-keys.postgres-queries.ts';
import { PostgresApiKeyRepository } from './api-keys.postgres-repository.ts';
import { PostgresMailRequests } from './mail-requests.postgres-notes.ts';
import { PostgresOneTimeTokens } from './one-time-tokens.postgres-repository.ts';
import { PostgresPersonalData } from './personal-data.read-view.ts';
import { PostgresSecondFactorRepository } from './second-factors.postgres-repository.ts';
import { PostgresSessionRepository } from './sessions.postgres-repository.ts';
import { PostgresSignInNotes } from './sign-in.postgres-notes.ts';
import { PostgresUserRepository } from './users.postgres-repository.ts';

export function identityUnitOfWork(
  database: Database,
  clock: Clock,
  ids: IdGenerator,
): PostgresUnitOfWork<IdentityTx> {
  return new PostgresUnitOfWork(database, clock, ({ sql, context }) => ({
    users: new PostgresUserRepository(sql, new Outbox(sql, context, ids)),
    sessions: new PostgresSessionRepository(sql, new Outbox(sql, context, ids)),
    access: new PostgresAccessRepository(sql),
    addressBooks: new PostgresAddressBookRepository(sql),
    apiKeys: new PostgresApiKeyRepository(sql, new Outbox(sql, context, ids)),
    apiKeyQueries: new PostgresApiKeyQueries(sql),
    personalData: new PostgresPersonalData(sql),
    oneTimeTokens: new PostgresOneTimeTokens(sql),
    mailRequests: new PostgresMailRequests(new Outbox(sql, context, ids)),
    secondFactors: new PostgresSecondFactorRepository(sql, new Outbox(sql, context, ids)),
    signInNotes: new PostgresSignInNotes(new Outbox(sql, context, ids)),
  }));
}
