import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client, SignedIn } from './client.ts';
import { ADMIN, openTestShop, type TestShop } from './test-shop.ts';

type Account = { id: string; role: string; active: boolean; groups: readonly string[] };

let shop: TestShop;
let boss: Client;

beforeAll(async () => {
  shop = await openTestShop();
  boss = shop.guest.as((await shop.guest.post<SignedIn>('/auth/login/', ADMIN).expect(200)).data);
});

afterAll(() => shop.close());

const pathOf = (client: Client) => `/users/${client.account.user.id}/`;
const PASSWORD = 'seven blue herons at dawn';

async function join(name: string): Promise<Client> {
  const person = { first_name: name, last_name: 'Shopper', password: PASSWORD };
  const email = `${name}@people.example`;
  const { data } = await shop.guest
    .post<SignedIn>('/auth/register/', { ...person, email })
    .expect(201);
  return shop.guest.as(data);
}

const loginOf = ({ account: { user } }: Client) => ({ email: user.email, password: PASSWORD });

describe('somebody who is shut out', () => {
  it('is out at once, and is told what anybody with a wrong password is told', async () => {
    const eve = await join('evelina');
    await eve.get('/users/me/').expect(200);
    await boss.patch(pathOf(eve), { active: false }).expect(200);
    expect((await eve.send('GET', '/api/v1/users/me/')).status).toBe(401);
    expect((await shop.guest.post('/auth/refresh/', { refresh: eve.account.refresh })).status).toBe(
      401,
    );
    const right = await shop.guest.post('/auth/login/', loginOf(eve)).expect(401);
    const wrong = await shop.guest
      .post('/auth/login/', { ...loginOf(eve), password: 'not her password' })
      .expect(401);
    expect([right.message, right.errors]).toEqual([wrong.message, wrong.errors]);

    await boss.patch(pathOf(eve), { active: true }).expect(200);
    await shop.guest.post('/auth/login/', loginOf(eve)).expect(200);
    expect((await eve.send('GET', '/api/v1/users/me/')).status).toBe(401);
  });
});

describe('somebody who gets another role', () => {
  it('has its rights with the next token, and none with the old one', async () => {
    const sam = await join('samuel');
    expect((await sam.send('GET', '/api/v1/users/')).status).toBe(403);
    await boss.patch(pathOf(sam), { role: 'staff' }).expect(200);
    expect((await sam.send('GET', '/api/v1/users/')).status).toBe(401);
    const { refresh, user } = sam.account;
    const { data } = await shop.guest.post<SignedIn>('/auth/refresh/', { refresh }).expect(200);
    const staff = shop.guest.as({ ...data, user });
    await staff.get('/users/').expect(200);

    await boss.patch(pathOf(sam), { role: 'customer' }).expect(200);
    expect((await staff.send('GET', '/api/v1/users/')).status).toBe(401);
  });
});

describe('administrators', () => {
  it('find people, and see them under versions', async () => {
    const vip = await join('violetta');
    const found = await boss
      .get<readonly Account[]>('/users/?search=VIOLETTA@&active=true')
      .expect(200);
    expect(found.data.map(({ id }) => id)).toEqual([vip.account.user.id]);
    expect(found.pagination?.count).toBe(1);
    const read = await boss.get<Account>(pathOf(vip)).expect(200);
    const match = { 'If-Match': read.headers.get('etag') ?? '' };
    const { data } = await boss
      .patch<Account>(pathOf(vip), { groups: ['VIP', 'wholesale'] }, match)
      .expect(200);
    expect(data.groups).toEqual(['vip', 'wholesale']);
    await boss.patch(pathOf(vip), { groups: [] }, match).refused(412, 'core.stale_version');
  });

  it('cannot all go, however many of them go at once', async () => {
    const others = await Promise.all([shop.hire('admin'), shop.hire('admin'), shop.hire('admin')]);
    const all = [boss, ...others];
    const statuses = await Promise.all(
      all.map(async (admin) => (await admin.patch(pathOf(admin), { role: 'staff' })).status),
    );
    const [left] = await shop.database<{ count: number }[]>`
      select count(*)::int as count from identity.users
      where role = 'admin' and deactivated_at is null and deleted_at is null
    `;
    expect(left?.count).toBe(1);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 200, 200, 409]);
  });
});

describe('an address book', () => {
  it('has one default of each kind, though many change it at once', async () => {
    const ada = await join('adalind');
    const body = {
      name: 'Ada',
      line1: '1 Street',
      city: 'Town',
      postal_code: '1',
      country: 'GB',
      is_default_shipping: true,
      is_default_billing: true,
    };
    const kept = await Promise.all(
      Array.from({ length: 12 }, async () =>
        ada.post<{ id: string }>('/users/me/addresses/', body).expect(201),
      ),
    );
    await Promise.all(
      kept.map(async ({ data }, index) =>
        index % 2 === 0
          ? ada.delete(`/users/me/addresses/${data.id}/`).expect(200)
          : ada.patch(`/users/me/addresses/${data.id}/`, { is_default_billing: true }).expect(200),
      ),
    );
    const { data } = await ada
      .get<readonly { is_default_shipping: boolean; is_default_billing: boolean }[]>(
        '/users/me/addresses/',
      )
      .expect(200);
    expect(data).toHaveLength(6);
    expect(data.filter((saved) => saved.is_default_shipping)).toHaveLength(1);
    expect(data.filter((saved) => saved.is_default_billing)).toHaveLength(1);
  });
});
