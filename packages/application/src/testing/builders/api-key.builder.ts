import type { ApiKeyId, Instant, UserId } from '@kastoma/domain/core';
import { ApiKey, type CreateApiKeyInput, type TokenHash } from '@kastoma/domain/identity';

import { BUILT_AT, builderIds, nextNumber } from './builder-ids.ts';

/** A key that was not stored yet. */
export function anApiKey(createdBy: UserId, wishes: Partial<CreateApiKeyInput> = {}): ApiKey {
  const number = nextNumber();
  return ApiKey.create({
    id: builderIds.next<ApiKeyId>(),
    prefix: `built${String(number).padStart(7, '0')}`,
    hash: `hash-${number}` as TokenHash,
    name: 'Warehouse',
    scopes: ['inventory.read'],
    createdBy,
    expiresAt: null,
    at: BUILT_AT as Instant,
    ...wishes,
  })._unsafeUnwrap();
}
