import { ok, safeTry } from 'neverthrow';

import type { ApiKeyId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { ApiKeyAccess } from './api-key-access.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';

export type RevokeApiKeyCommand = {
  readonly id: ApiKeyId;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly apiKeyAccess: Pick<ApiKeyAccess, 'forget'>;
  readonly clock: Clock;
};

/** Ends a key for good: here at once, elsewhere as soon as it is held against the store again. */
export class RevokeApiKey {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ id, expectedVersion }: RevokeApiKeyCommand, context: CallContext) {
    const { unitOfWork, apiKeyAccess, clock } = this.#dependencies;
    return unitOfWork
      .run(context, ({ apiKeys }) =>
        safeTry(async function* () {
          const before = yield* apiKeys.find(id);
          yield* checkVersion(before.version, expectedVersion);
          const revoked = before.revoke(clock.now());
          if (revoked !== before) yield* apiKeys.save(revoked);
          return ok(revoked.state.prefix);
        }),
      )
      .map((prefix) => apiKeyAccess.forget(prefix));
  }
}
