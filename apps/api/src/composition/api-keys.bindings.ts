import type { Container } from 'inversify';

import { RandomApiKeySecrets } from '@kastoma/adapters-crypto';
import { PostgresApiKeyQueries, PostgresApiKeyStandings } from '@kastoma/adapters-postgres';
import {
  ApiKeyAccess,
  ChangeApiKey,
  CreateApiKey,
  RevokeApiKey,
} from '@kastoma/application/identity';

import { bind } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** How services prove who they are. */
export function bindApiKeys(container: Container): void {
  const { database, ids, clock, apiKeyAccess, apiKeySecrets, apiKeyStandings } = T;
  const { identityUnitOfWork: unitOfWork, userReader: users } = T;
  const { passwordHasher, rateLimiter, tokenSecrets, secondFactorSecrets } = T;
  const checking = { passwordHasher, rateLimiter, tokenSecrets, secondFactorSecrets };
  const proving = { ...checking, unitOfWork, clock };
  bind(container, apiKeySecrets, {}, () => new RandomApiKeySecrets());
  bind(
    container,
    apiKeyStandings,
    { database },
    (given) => new PostgresApiKeyStandings(given.database),
  );
  bind(
    container,
    T.apiKeyQueries,
    { database },
    (given) => new PostgresApiKeyQueries(given.database),
  );
  bind(
    container,
    apiKeyAccess,
    { apiKeySecrets, apiKeyStandings, rateLimiter },
    (given) => new ApiKeyAccess(given),
  );
  bind(
    container,
    T.createApiKey,
    { ...proving, users, apiKeySecrets, ids },
    (given) => new CreateApiKey(given),
  );
  const changing = { unitOfWork, apiKeyAccess, clock };
  bind(container, T.changeApiKey, changing, (given) => new ChangeApiKey(given));
  bind(container, T.revokeApiKey, changing, (given) => new RevokeApiKey(given));
}
