import { ResultAsync } from 'neverthrow';

import type {
  ApiKeyQueries,
  ApiKeyView,
  ChangeApiKey,
  CreateApiKey,
  CreatedApiKey,
  RevokeApiKey,
} from '@kastoma/application/identity';
import { formatInstant, type Instant } from '@kastoma/domain/core';

import { nothingAnswer, pageOnlyQuery } from '../core/core.schemas.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';
import {
  apiKeyAnswer,
  apiKeyParams,
  changeApiKeyBody,
  createApiKeyBody,
  createdApiKeyAnswer,
} from './api-keys.schemas.ts';

export type ApiKeyUseCases = {
  readonly createApiKey: CreateApiKey;
  readonly changeApiKey: ChangeApiKey;
  readonly revokeApiKey: RevokeApiKey;
  readonly apiKeyQueries: ApiKeyQueries;
};

const ofKeys = { tag: 'API keys', permission: 'api_keys.manage' } as const;
const showsKey = { ...ofKeys, answer: apiKeyAnswer, present: presentApiKey } as const;
const versionOf = ({ version }: ApiKeyView) => version;

export function apiKeyRoutes(useCases: ApiKeyUseCases): readonly Endpoint[] {
  return [
    listEndpoint({
      ...showsKey,
      method: 'get',
      path: '/api-keys',
      summary: 'List the keys of services, the latest first, revoked and expired ones included',
      query: pageOnlyQuery,
      message: 'API keys',
      handle: ({ query }) =>
        ResultAsync.fromSafePromise(useCases.apiKeyQueries.list(toPageRequest(query))),
    }),
    endpoint({
      ...ofKeys,
      method: 'post',
      path: '/api-keys',
      summary:
        'Make a key for a service, with my password, and a code where I have a second factor; it is shown this once',
      body: createApiKeyBody,
      secret: true,
      status: 201,
      message: 'API key created. Keep it now: it is not shown again.',
      answer: createdApiKeyAnswer,
      present: presentCreatedApiKey,
      versionOf,
      handle: ({ body: { expires_at: expiresAt = null, ...wishes }, userId, context }) =>
        useCases.createApiKey.execute({ ...wishes, expiresAt, createdBy: userId }, context),
    }),
    endpoint({
      ...showsKey,
      method: 'get',
      path: '/api-keys/{id}',
      summary: 'Read what is known of a key',
      params: apiKeyParams,
      status: 200,
      message: 'API key',
      versionOf,
      handle: ({ params }) => useCases.apiKeyQueries.find(params.id),
    }),
    endpoint({
      ...showsKey,
      method: 'patch',
      path: '/api-keys/{id}',
      summary: 'Give a key another name, or take scopes away from it',
      params: apiKeyParams,
      body: changeApiKeyBody,
      ifMatch: 'accepted',
      status: 200,
      message: 'API key changed',
      versionOf,
      handle: ({ params: { id }, body: changes, expectedVersion, context }) =>
        useCases.changeApiKey.execute({ id, changes, expectedVersion }, context),
    }),
    endpoint({
      ...ofKeys,
      method: 'delete',
      path: '/api-keys/{id}',
      summary: 'Revoke a key for good; it stays in the list',
      params: apiKeyParams,
      ifMatch: 'accepted',
      status: 200,
      message: 'API key revoked',
      answer: nothingAnswer,
      present: () => null,
      handle: ({ params: { id }, expectedVersion, context }) =>
        useCases.revokeApiKey.execute({ id, expectedVersion }, context),
    }),
  ];
}

function presentApiKey(apiKey: ApiKeyView) {
  return {
    id: apiKey.id,
    prefix: apiKey.prefix,
    name: apiKey.name,
    scopes: [...apiKey.scopes],
    created_by: apiKey.createdBy,
    created_at: formatInstant(apiKey.createdAt),
    expires_at: formatOrNull(apiKey.expiresAt),
    last_used_at: formatOrNull(apiKey.lastUsedAt),
    revoked_at: formatOrNull(apiKey.revokedAt),
    version: apiKey.version,
  };
}

function presentCreatedApiKey(created: CreatedApiKey) {
  return { ...presentApiKey(created), key: created.key };
}

function formatOrNull(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
