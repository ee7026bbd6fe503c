import { beforeEach, describe, expect, it } from 'vitest';

import type { ApiKeyId, Instant, UserId } from '@kastoma/domain/core';
import type { ApiKeyCreated, TokenHash, User } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import { builderIds } from '../testing/builders/builder-ids.ts';
import { aUser } from '../testing/builders/user.builder.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { FakeApiKeySecrets } from '../testing/ports/fake-api-key-secrets.ts';
import { FakeMailer } from '../testing/ports/fake-mailer.ts';
import { givenSecondFactor } from '../testing/second-factors.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { signInPorts } from '../testing/sign-in-ports.ts';
import { givenUser } from '../testing/stocked-shop.ts';
import { ApiKeyAccess } from './api-key-access.ts';
import { ChangeApiKey } from './change-api-key.use-case.ts';
import { CreateApiKey, type CreateApiKeyCommand } from './create-api-key.use-case.ts';
import { MailNotice } from './mail-notice.errand.ts';
import { WRONG_PASSWORDS } from './prove-password.ts';
import { RevokeApiKey } from './revoke-api-key.use-case.ts';

let shop: ShopPorts;
let admin: UserId;
let maker: User;
let context: CallContext;
let access: ApiKeyAccess;
let signIn: ReturnType<typeof signInPorts>;
let ports: ConstructorParameters<typeof CreateApiKey>[0] &
  ConstructorParameters<typeof ChangeApiKey>[0];

beforeEach(async () => {
  shop = inMemoryShop();
  maker = await givenUser(shop, aUser({ role: 'admin' }));
  admin = maker.state.id;
  context = { actor: { kind: 'user', id: admin, role: 'admin' }, correlationId: 'test' };
  const { identity: unitOfWork, users, apiKeyStandings } = shop;
  signIn = signInPorts(shop);
  const apiKeySecrets = new FakeApiKeySecrets();
  access = new ApiKeyAccess({ ...signIn, apiKeySecrets, apiKeyStandings });
  ports = { ...signIn, unitOfWork, users, apiKeySecrets, apiKeyAccess: access };
});

function create(wishes: Partial<CreateApiKeyCommand> = {}) {
  const scopes = ['catalog.manage', 'inventory.read'] as const;
  const password = 'correct horse';
  const command = { name: 'Warehouse', scopes, expiresAt: null, createdBy: admin, password };
  return new CreateApiKey(ports).execute({ ...command, ...wishes }, context);
}
const made = async (wishes: Partial<CreateApiKeyCommand> = {}) =>
  (await create(wishes))._unsafeUnwrap();
const change = (command: Omit<Parameters<ChangeApiKey['execute']>[0], 'expectedVersion'>) =>
  new ChangeApiKey(ports).execute({ ...command, expectedVersion: null }, context);
const revoke = (id: ApiKeyId, expectedVersion: number | null = null) =>
  new RevokeApiKey(ports).execute({ id, expectedVersion }, context);
const actorOf = (key: string) => access.verify(key, shop.clock.now(), '::1');

describe('an API key', () => {
  it('is shown when it is made, and works', async () => {
    const { key, ...view } = await made();
    expect(view).toEqual((await shop.apiKeyQueries.find(view.id))._unsafeUnwrap());
    expect(view).toMatchObject({ createdBy: admin, revokedAt: null, lastUsedAt: null, version: 1 });
    expect((await actorOf(key))._unsafeUnwrap()).toEqual({
      kind: 'service',
      id: view.id,
      scopes: ['catalog.manage', 'inventory.read'],
    });
    const used = (await shop.apiKeyQueries.find(view.id))._unsafeUnwrap();
    expect(used.lastUsedAt).toBe(shop.clock.now());
  });

  it('is nowhere to be had afterwards: neither in what is stored nor in what is told', async () => {
    const { key, id } = await made();
    expect((await change({ id, changes: { name: 'Depot' } })).isOk()).toBe(true);
    expect((await revoke(id)).isOk()).toBe(true);
    const told = await shop.eventsOf(id);
    expect(told.map(({ type, actor }) => [type, actor])).toEqual([
      ['identity.api_key_created', `user:${admin}`],
      ['identity.api_key_changed', `user:${admin}`],
      ['identity.api_key_revoked', `user:${admin}`],
    ]);
    const shown = await shop.apiKeyQueries.list({ page: 1, pageSize: 10 });
    expect(JSON.stringify([told, shown])).not.toContain(key);
    expect(JSON.stringify([told, shown])).not.toContain('hash');
  });

  it.each<[string, Partial<CreateApiKeyCommand>]>([
    ['identity.scope_required', { scopes: [] }],
    ['identity.expiry_in_the_past', { expiresAt: 0 as Instant }],
    ['core.invalid_text', { name: '' }],
  ])('is not made when that would be %s', async (code, wishes) => {
    expect((await create(wishes))._unsafeUnwrapErr()).toMatchObject({ code });
    expect((await shop.apiKeyQueries.list({ page: 1, pageSize: 10 })).count).toBe(0);
  });

  it('is not made with a stolen session alone: the password is wanted, and is not guessed at without end', async () => {
    const wrong = { code: 'identity.wrong_password', path: ['password'] };
    for (let guess = 0; guess < WRONG_PASSWORDS[0].attempts; guess += 1)
      expect((await create({ password: 'wrong horse' }))._unsafeUnwrapErr()).toEqual(wrong);
    expect((await create())._unsafeUnwrapErr().code).toBe('identity.too_many_attempts');
    expect((await shop.apiKeyQueries.list({ page: 1, pageSize: 10 })).count).toBe(0);
  });

  it('is made with a code as well where its maker has a second factor, and each code makes one', async () => {
    const recovery = ['hash of 7K3MQ9TX2VBN0HRD' as TokenHash];
    const app = await givenSecondFactor(shop, maker, signIn.secondFactorSecrets, recovery);
    const refusal = async (code?: string) => (await create({ code }))._unsafeUnwrapErr().code;
    expect(await refusal()).toBe('identity.second_factor_required');
    expect(await refusal('000000')).toBe('identity.wrong_second_factor_code');
    const code = app.show(shop.clock.now());
    expect((await create({ code })).isOk()).toBe(true);
    expect(await refusal(code)).toBe('identity.wrong_second_factor_code');
    expect((await create({ code: '7K3M-Q9TX-2VBN-0HRD' })).isOk()).toBe(true);
    expect((await shop.apiKeyQueries.list({ page: 1, pageSize: 10 })).count).toBe(2);
  });

  it('is told of to its maker by mail, without the key', async () => {
    const { key, id } = await made();
    const [created] = await shop.eventsOf(id);
    const mailer = new FakeMailer();
    const accountMails = {
      publicUrl: 'https://shop.example',
      tokenSeconds: { email_verification: 1, password_reset: 1 },
    };
    const notice = new MailNotice({ users: shop.users, mailer, accountMails });
    const { signal } = new AbortController();
    const told = await notice.handle(
      created as unknown as ApiKeyCreated,
      context,
      'event-1',
      signal,
    );
    expect(told.isOk()).toBe(true);
    expect(mailer.sent).toMatchObject([
      {
        id: 'event-1.api-key-created',
        to: maker.state.email,
        subject: 'An API key was made with your account',
      },
    ]);
    expect(JSON.stringify(mailer.sent)).not.toContain(key);
  });

  it('loses a scope at once', async () => {
    const { key, id } = await made();
    expect((await actorOf(key)).isOk()).toBe(true);
    const changed = (await change({ id, changes: { scopes: ['inventory.read'] } }))._unsafeUnwrap();
    expect([changed.scopes, changed.version]).toEqual([['inventory.read'], 2]);
    expect((await actorOf(key))._unsafeUnwrap().scopes).toEqual(['inventory.read']);
  });

  it('is as it was when nothing changes, or when it would get more than it was made for', async () => {
    const { id, key: _, ...view } = await made();
    expect((await change({ id, changes: {} }))._unsafeUnwrap()).toEqual({ id, ...view });
    const wider = ['catalog.manage', 'inventory.read', 'users.read'] as const;
    expect((await change({ id, changes: { scopes: wider } }))._unsafeUnwrapErr()).toMatchObject({
      code: 'identity.scopes_widened',
      added: ['users.read'],
    });
    expect(await shop.eventsOf(id)).toHaveLength(1);
  });

  it('is void as soon as it is revoked, and revoking it again changes nothing', async () => {
    const { key, id } = await made();
    const other = await made();
    expect((await actorOf(key)).isOk()).toBe(true);
    expect((await revoke(id)).isOk()).toBe(true);
    expect((await actorOf(key)).isErr()).toBe(true);
    expect((await actorOf(other.key)).isOk()).toBe(true);
    const { revokedAt } = (await shop.apiKeyQueries.find(id))._unsafeUnwrap();
    shop.clock.advance(60);
    expect((await revoke(id)).isOk()).toBe(true);
    const again = (await shop.apiKeyQueries.find(id))._unsafeUnwrap();
    expect([again.revokedAt, again.version]).toEqual([revokedAt, 2]);
    expect(await shop.eventsOf(id)).toHaveLength(2);
    expect((await change({ id, changes: { name: 'Depot' } }))._unsafeUnwrapErr()).toEqual({
      code: 'identity.api_key_revoked',
    });
  });

  it('that is not there, or is no more what the caller saw, is left alone', async () => {
    const nobody = builderIds.next<ApiKeyId>();
    const missing = { code: 'identity.api_key_not_found' };
    expect((await revoke(nobody))._unsafeUnwrapErr()).toEqual(missing);
    expect((await change({ id: nobody, changes: {} }))._unsafeUnwrapErr()).toEqual(missing);
    const { key, id } = await made();
    expect((await revoke(id, 7))._unsafeUnwrapErr()).toEqual({
      code: 'core.stale_version',
      currentVersion: 1,
    });
    expect((await actorOf(key)).isOk()).toBe(true);
  });
});
