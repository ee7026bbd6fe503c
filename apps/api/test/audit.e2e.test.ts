import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client, SignedIn } from './client.ts';
import { stockMug } from './goods.ts';
import { ADMIN, openTestShop, type TestShop } from './test-shop.ts';

type Entry = {
  readonly id: string;
  readonly occurred_at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string | null;
  readonly request_id: string;
  readonly detail: Readonly<Record<string, unknown>>;
};

let shop: TestShop;
let admin: Client;
let staff: Client;
let ada: Client;

beforeAll(async () => {
  shop = await openTestShop();
  admin = shop.guest.as((await shop.guest.post<SignedIn>('/auth/login/', ADMIN).expect(200)).data);
  staff = await shop.hire('staff');
  ada = await shop.signUp('ada');
});

afterAll(() => shop.close());

const idOf = (client: Client) => `user:${client.account.user.id}`;
const audit = async (filter: Readonly<Record<string, string>> = {}) =>
  admin.get<readonly Entry[]>(`/audit/?${String(new URLSearchParams(filter))}`).expect(200);

describe('the audit trail', () => {
  it('tells of a new role: who gave it to whom, and in which request', async () => {
    const sam = await shop.signUp('sam');
    const before = new Date().toISOString();
    await admin
      .patch(
        `/users/${sam.account.user.id}/`,
        { role: 'staff' },
        { 'X-Request-Id': 'promoting-sam' },
      )
      .expect(200);
    const { data } = await audit({ subject: idOf(sam), actor: idOf(admin) });
    expect(data).toEqual([
      {
        id: data[0]?.id,
        occurred_at: data[0]?.occurred_at,
        actor: idOf(admin),
        action: 'identity.role_changed',
        subject: idOf(sam),
        request_id: 'promoting-sam',
        detail: { from: 'customer', to: 'staff' },
      },
    ]);
    const role = { subject: idOf(sam), action: 'identity.role_changed' };
    expect((await audit({ ...role, from: before })).data).toHaveLength(1);
    expect((await audit({ ...role, to: before })).data).toHaveLength(0);
  });

  it('tells of sign-ins, good and bad, and nothing of an address that nobody has', async () => {
    const { email } = ada.account.user;
    const signIn = { email, password: 'a long walk by the sea' };
    const wrong = { ...signIn, password: 'a short walk by the sea' };
    await shop.guest.post('/auth/login/', wrong).expect(401);
    await shop.guest.post('/auth/login/', signIn).expect(200);
    const trail = (await audit({ subject: idOf(ada) })).data;
    expect(trail.slice(0, 2)).toMatchObject([
      { action: 'identity.session_opened', actor: idOf(ada) },
      { action: 'identity.sign_in_failed', actor: 'guest', detail: { reason: 'password' } },
    ]);
    const stranger = 'stranger-at-the-door@people.example';
    await shop.guest.post('/auth/login/', { ...wrong, email: stranger }).expect(401);
    const failures = await audit({ action: 'identity.sign_in_failed', page_size: '1' });
    expect(failures.data).toMatchObject([{ actor: 'guest', subject: null, detail: {} }]);
    const everything = await audit({ page_size: '100' });
    expect(everything.text).not.toMatch(/stranger-at|people\.example|by the sea/);
  });

  it('tells what those who work here put on the shelves', async () => {
    const category = { name: 'Audited shelf' };
    const { data: shelf } = await staff.post<{ id: string }>('/categories/', category).expect(201);
    const mug = await stockMug(staff, { category_id: shelf.id });
    const { data } = await audit({ actor: idOf(staff) });
    expect(data.slice(0, 2)).toMatchObject([
      { action: 'catalog.product_created', subject: `product:${mug.id}` },
      { action: 'catalog.category_created', subject: `category:${shelf.id}` },
    ]);
  });

  it('is read on by its links, the latest first, each entry once', async () => {
    const whole = (await audit({ page_size: '100' })).data.map(({ id }) => id);
    const seen: string[] = [];
    let path: string | null = '/audit/?page_size=7';
    while (path !== null) {
      const part: Awaited<ReturnType<typeof audit>> = await admin
        .get<readonly Entry[]>(path)
        .expect(200);
      seen.push(...part.data.map(({ id }) => id));
      const next: string | null = part.pagination?.next ?? null;
      expect(part.headers.get('link')).toBe(next === null ? null : `<${next}>; rel="next"`);
      expect(part.pagination).toMatchObject({ count: null, previous: null, page_size: 7 });
      path = next === null ? null : next.slice(next.indexOf('/audit/'));
      if (seen.length >= whole.length) break;
    }
    expect(whole.length).toBeGreaterThan(14);
    expect(seen.slice(0, whole.length)).toEqual(whole);
  });

  it('is open to administrators, and to nobody else', async () => {
    const asked = [admin, staff, ada, shop.guest].map(async (client) => client.get('/audit/'));
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses).toEqual([200, 403, 403, 401]);
  });

  it('outlives who it tells of, and is shown to them before', async () => {
    const eve = await shop.signUp('evamaria');
    const file = await eve.get<Record<string, readonly object[]>>('/users/me/export/').expect(200);
    expect(JSON.stringify(file.data)).toContain('identity.session_opened');
    const body = { password: 'a long walk by the sea' };
    const response = await eve.send('DELETE', '/api/v1/users/me/', { body });
    expect(response.status).toBe(200);
    const { data } = await audit({ subject: idOf(eve) });
    expect(data.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['identity.user_erased', 'identity.user_registered']),
    );
  });
});
