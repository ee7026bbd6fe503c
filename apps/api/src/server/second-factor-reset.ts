import { ok, safeTry, type Result } from 'neverthrow';

import { InProcessRevokedAccess, SystemClock, UuidV7Generator } from '@kastoma/adapters-in-process';
import { identityUnitOfWork, PostgresUserReader, type Database } from '@kastoma/adapters-postgres';
import { systemContext } from '@kastoma/application/core';
import { ResetSecondFactor } from '@kastoma/application/identity';
import { parseEmailAddress } from '@kastoma/domain/identity';

/**
 * Takes the second factor off an account for whoever runs the shop: the last administrator who has
 * lost phone and recovery codes has nobody else to ask. Told and audited as the shop's own doing.
 * Every session of the account ends; a process that is told of nothing asks the database.
 */
export async function resetSecondFactorOf(
  email: string,
  database: Database,
): Promise<Result<null, { readonly code: string }>> {
  const [ids, clock] = [new UuidV7Generator(), new SystemClock()];
  const unitOfWork = identityUnitOfWork(database, clock, ids);
  const revokedAccess = new InProcessRevokedAccess(0);
  const resetSecondFactor = new ResetSecondFactor({ unitOfWork, revokedAccess, clock });
  return safeTry<null, { readonly code: string }>(async function* () {
    const { state } = yield* parseEmailAddress(email).asyncAndThen((address) =>
      new PostgresUserReader(database).findByEmail(address),
    );
    const command = { userId: state.id, administrator: null, expectedVersion: null };
    yield* resetSecondFactor.execute(command, systemContext(`cli-${ids.next()}`));
    return ok(null);
  });
}
