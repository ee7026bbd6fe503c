import type { ApiKeyId, UserId } from '@kastoma/domain/core';
import { ApiKey, type Scope, type TokenHash } from '@kastoma/domain/identity';

import type { Queryable } from '../core/database.ts';
import { fromTimestamp, instantOrNull } from '../core/timestamp.ts';

export type ApiKeyRow = {
  id: ApiKeyId;
  prefix: string;
  hash: TokenHash;
  name: string;
  scopes: Scope[];
  created_by: UserId;
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
  revoked_at: Date | null;
  version: number;
};

export function apiKeyColumns(sql: Queryable) {
  return sql`
    id, prefix, hash, name, scopes, created_by, created_at, expires_at, last_used_at, revoked_at, version
  `;
}

/** When it was last used is nothing that the key itself knows. */
export function toApiKey(row: ApiKeyRow): ApiKey {
  const { id, prefix, hash, name, scopes, created_by: createdBy } = row;
  const state = {
    id,
    prefix,
    hash,
    name,
    scopes,
    createdBy,
    createdAt: fromTimestamp(row.created_at),
    expiresAt: instantOrNull(row.expires_at),
    revokedAt: instantOrNull(row.revoked_at),
  };
  return ApiKey.restore(state, row.version);
}
