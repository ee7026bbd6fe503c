import { ok, safeTry } from 'neverthrow';

import type { ApiKeyId } from '@kastoma/domain/core';
import type { ApiKeyChanges } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { ApiKeyAccess } from './api-key-access.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';

export type ChangeApiKeyCommand = {
  readonly id: ApiKeyId;
  readonly changes: ApiKeyChanges;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly apiKeyAccess: Pick<ApiKeyAccess, 'forget'>;
  readonly clock: Clock;
};

/** Gives a key another name, or takes scopes away from it. */
export class ChangeApiKey {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ id, changes, expectedVersion }: ChangeApiKeyCommand, context: CallContext) {
    const { unitOfWork, apiKeyAccess, clock } = this.#dependencies;
    return unitOfWork
      .run(context, ({ apiKeys, apiKeyQueries }) =>
        safeTry(async function* () {
          const before = yield* apiKeys.find(id);
          yield* checkVersion(before.version, expectedVersion);
          const changed = yield* before.change(changes, clock.now());
          if (changed !== before) yield* apiKeys.save(changed);
          return ok(yield* apiKeyQueries.find(id));
        }),
      )
      .map((view) => {
        apiKeyAccess.forget(view.prefix);
        return view;
      });
  }
}
