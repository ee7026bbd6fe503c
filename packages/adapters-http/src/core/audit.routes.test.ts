import { describe, expect, it } from 'vitest';

import {
  aUser,
  FakeAccessTokens,
  givenUser,
  inMemoryShop,
  SHOP,
} from '@kastoma/application/testing';
import type { UserId } from '@kastoma/domain/core';

import { createHttpApp, type HttpDependencies } from '../http-app.ts';

type Answer = {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly errors: readonly { readonly path: string | null }[] | null;
  readonly pagination: { readonly next: string | null; readonly count: number | null };
};

/** A shop in whose books stands what became of one account, asked by somebody of that role. */
async function openBooks(role = 'admin') {
  const shop = inMemoryShop();
  const user = await givenUser(shop, aUser({ role: 'customer' }));
  const changed = user.changeRole('staff', shop.clock.now()).deactivate(shop.clock.now());
  const saved = await shop.identity.run(SHOP, ({ users }) => users.save(changed));
  expect(saved.isOk()).toBe(true);
  const accessTokens = new FakeAccessTokens();
  const caller = { userId: shop.ids.next<UserId>(), sessionId: shop.ids.next(), role };
  const { token } = await accessTokens.issue(caller as never, shop.clock.now());
  const app = createHttpApp({
    accessTokens,
    clock: shop.clock,
    ids: shop.ids,
    auditQueries: shop.auditQueries,
    identity: {},
    catalog: {},
    cart: {},
    notifications: {},
    payments: {},
    orders: {},
    promotions: {},
    settings: {},
    healthChecks: [],
    publicKeys: [],
    seedPicturesFolder: '/nowhere',
  } as unknown as HttpDependencies);
  const ask = async (query: string) => {
    const headers = { Authorization: `Bearer ${token}` };
    const response = await app.request(`/api/v1/audit/${query}`, { headers });
    return { status: response.status, ...((await response.json()) as Answer) };
  };
  return { ask, subject: `user:${user.state.id}` };
}

const encoded = (text: string) => encodeURIComponent(Buffer.from(text).toString('base64url'));

describe('the books', () => {
  it('are for administrators', async () => {
    const asked = ['admin', 'staff', 'customer'].map(async (role) =>
      (await openBooks(role)).ask(''),
    );
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 403, 403]);
  });

  it('show who did what to whom, and one reads on by the link', async () => {
    const { ask, subject } = await openBooks();
    const first = await ask(`?subject=${subject}&page_size=2`);
    expect(first.data).toMatchObject([
      {
        action: 'identity.user_deactivated',
        actor: 'system',
        subject,
        request_id: 'test',
        detail: {},
      },
      { action: 'identity.role_changed', detail: { from: 'customer', to: 'staff' } },
    ]);
    expect(first.pagination.count).toBeNull();
    const next = new URL(first.pagination.next ?? '');
    expect(next.searchParams.get('subject')).toBe(subject);
    const second = await ask(next.search);
    expect(second.data).toMatchObject([{ action: 'identity.user_registered' }]);
    expect(second.pagination.next).toBeNull();
  });

  it('are searched by what is asked for alone', async () => {
    const { ask, subject } = await openBooks();
    const found = async (query: string) => (await ask(query)).data.length;
    expect(await found('?action=identity.role_changed&actor=system')).toBe(1);
    expect(await found('?action=identity.role_changed&actor=guest')).toBe(0);
    expect(await found(`?subject=${subject.replace('user', 'order')}`)).toBe(0);
    expect(await found('?from=2000-01-01T00:00:00Z')).toBe(3);
    expect(await found('?to=2000-01-01T00:00:00Z')).toBe(0);
  });

  it.each([
    ['cursor', 'rubbish'],
    ['cursor', encoded(`{"o":"newest","k":[1,"'; drop table x"]}`)],
    ['cursor', encoded('{"o":"price","k":[1,"0199c0de-0000-7000-8000-000000000000"]}')],
    ['page_size', '101'],
    ['page', '1'],
    ['actor', 'ada@people.example'],
    ['actor', 'user:1'],
    ['action', 'identity.nothing'],
    ['action', 'payments.payment_requested'],
    ['subject', 'user:1'],
    ['subject', 'nobody:0199c0de-0000-7000-8000-000000000000'],
    ['from', 'yesterday'],
    ['to', '-000001-01-01T00:00:00Z'],
  ])('refuse a %s of %j by its name', async (name, value) => {
    const { status, errors } = await (await openBooks()).ask(`?${name}=${value}`);
    expect([status, errors?.map(({ path }) => path)]).toEqual([422, [name]]);
  });
});
