import { ok, safeTry } from 'neverthrow';

import type { ApiKeyId, Instant, UserId } from '@kastoma/domain/core';
import { ApiKey, type Scope } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import { viewApiKey, type ApiKeyView } from './api-key-queries.port.ts';
import type { ApiKeySecrets } from './api-key-secrets.port.ts';
import { runAsOwner, type OwnerProof, type OwnerProofPorts } from './owner-proof.ts';
import type { UserReader } from './user-repository.port.ts';

/** With the proof of who makes it: a stolen session must not leave a key behind that outlives it. */
export type CreateApiKeyCommand = OwnerProof & {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Instant | null;
  readonly createdBy: UserId;
};

/** With the key itself, which nobody can show again. */
export type CreatedApiKey = ApiKeyView & { readonly key: string };

type Dependencies = OwnerProofPorts & {
  readonly users: UserReader;
  readonly apiKeySecrets: ApiKeySecrets;
  readonly ids: IdGenerator;
};

/** Makes a key for a service, for an administrator who shows the password, and a code where there is a second factor. */
export class CreateApiKey {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: CreateApiKeyCommand, context: CallContext) {
    const dependencies = this.#dependencies;
    const { users, apiKeySecrets, ids, clock } = dependencies;
    const { name, scopes, expiresAt, createdBy } = command;
    return safeTry(async function* () {
      const { key, ...kept } = apiKeySecrets.next();
      const id = ids.next<ApiKeyId>();
      const wishes = { name, scopes, expiresAt, createdBy };
      const made = yield* ApiKey.create({ ...wishes, ...kept, id, at: clock.now() });
      const maker = yield* users.find(createdBy);
      yield* runAsOwner(maker, command, context, dependencies, ({ apiKeys }) => apiKeys.add(made));
      return ok<CreatedApiKey>({ ...viewApiKey(made, null), key });
    });
  }
}
