import { describe, expect, test } from 'vitest';

import type { ApiKeyId, UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { ApiKey, type CreateApiKeyInput } from './api-key.aggregate.ts';
import type { Scope } from './permissions.ts';
import type { TokenHash } from './session.aggregate.ts';

const MADE = Date.UTC(2026, 10, 23) as Instant;
const later = (milliseconds: number) => (MADE + milliseconds) as Instant;

function create(wishes: Partial<CreateApiKeyInput> = {}) {
  return ApiKey.create({
    id: 'key' as ApiKeyId,
    prefix: 'a1B2c3D4e5F6',
    hash: 'hash' as TokenHash,
    name: 'Warehouse',
    scopes: ['inventory.read', 'catalog.manage'],
    createdBy: 'admin' as UserId,
    expiresAt: null,
    at: MADE,
    ...wishes,
  });
}

const made = create()._unsafeUnwrap();

describe('an API key', () => {
  test('is made with each scope once, in the order of their names', () => {
    const scopes: Scope[] = ['inventory.read', 'catalog.manage', 'inventory.read'];
    const key = create({ scopes, name: '  Warehouse ' })._unsafeUnwrap();
    expect(key.version).toBe(1);
    expect(key.state).toEqual({
      id: 'key',
      prefix: 'a1B2c3D4e5F6',
      hash: 'hash',
      name: 'Warehouse',
      scopes: ['catalog.manage', 'inventory.read'],
      createdBy: 'admin',
      createdAt: MADE,
      expiresAt: null,
      revokedAt: null,
    });
  });

  test('is not made for nothing, without a name, or for a time that is over', () => {
    expect(create({ scopes: [] })._unsafeUnwrapErr()).toEqual({
      code: 'identity.scope_required',
      path: ['scopes'],
    });
    expect(create({ name: ' ' })._unsafeUnwrapErr()).toMatchObject({ path: ['name'] });
    expect(create({ name: 'x'.repeat(81) })._unsafeUnwrapErr()).toMatchObject({
      code: 'core.invalid_text',
      reason: 'too_long',
    });
    expect(create({ expiresAt: MADE })._unsafeUnwrapErr()).toEqual({
      code: 'identity.expiry_in_the_past',
      path: ['expiresAt'],
    });
    expect(create({ expiresAt: later(1) }).isOk()).toBe(true);
  });

  test('gets another name and fewer scopes', () => {
    const changes = { name: 'Depot', scopes: ['inventory.read'] as const };
    const changed = made.change(changes, later(1))._unsafeUnwrap();
    expect(changed.state).toEqual({ ...made.state, ...changes });
    expect(changed.version).toBe(2);
    expect(changed.pending.at(-1)?.payload).toEqual({
      apiKeyId: 'key',
      scopes: ['inventory.read'],
      fields: ['name', 'scopes'],
    });
  });

  test.each<readonly Scope[]>([
    ['catalog.manage', 'inventory.read', 'users.read'],
    ['orders.read_all'],
  ])('never gets a scope that it was not made for: %s', (...scopes) => {
    const added = scopes.filter((scope) => !made.state.scopes.includes(scope));
    expect(made.change({ scopes }, later(1))._unsafeUnwrapErr()).toEqual({
      code: 'identity.scopes_widened',
      path: ['scopes'],
      added,
    });
  });

  test('does not get a scope back that was taken from it', () => {
    const less = made.change({ scopes: ['inventory.read'] }, later(1))._unsafeUnwrap();
    expect(less.change({ scopes: made.state.scopes }, later(2)).isErr()).toBe(true);
  });

  test('keeps a scope', () => {
    expect(made.change({ scopes: [] }, later(1))._unsafeUnwrapErr()).toMatchObject({
      code: 'identity.scope_required',
    });
  });

  test('is the same where nothing of it changes', () => {
    const same = { name: 'Warehouse', scopes: ['inventory.read', 'catalog.manage'] as const };
    expect(made.change(same, later(1))._unsafeUnwrap()).toBe(made);
    expect(made.change({}, later(1))._unsafeUnwrap()).toBe(made);
  });

  test('is revoked once and for good', () => {
    const revoked = made.revoke(later(1));
    expect(revoked.state.revokedAt).toBe(later(1));
    expect(revoked.revoke(later(2))).toBe(revoked);
    expect(revoked.change({ name: 'Depot' }, later(2))._unsafeUnwrapErr()).toEqual({
      code: 'identity.api_key_revoked',
    });
  });

  test('tells what became of it, and neither its secret nor what people call it', () => {
    const key = create({ expiresAt: later(1_000) })._unsafeUnwrap();
    const told = key.change({ name: 'Depot' }, later(1))._unsafeUnwrap().revoke(later(2)).pending;
    expect(told.map(({ type, aggregateVersion }) => [type, aggregateVersion])).toEqual([
      ['identity.api_key_created', 1],
      ['identity.api_key_changed', 2],
      ['identity.api_key_revoked', 3],
    ]);
    expect(told[0]?.payload).toEqual({
      apiKeyId: 'key',
      userId: 'admin',
      scopes: ['catalog.manage', 'inventory.read'],
      expiresAt: '2026-11-23T00:00:01.000Z',
    });
    expect(JSON.stringify(told)).not.toMatch(/hash|a1B2c3D4e5F6|Warehouse|Depot/);
  });
});
