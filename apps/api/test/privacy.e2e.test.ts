import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client, SignedIn } from './client.ts';
import { CHECKOUT, newKey, stockMug } from './goods.ts';
import { rowsThatSay, withDependents } from './personal-rows.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Order } from './wire.ts';

/** Whatever a person tells a shop; each text stands for one thing and is found nowhere else. */
const PERSON = {
  email: 'zelda.quill@people.example',
  password: 'a very private password',
  first_name: 'Zeldamira',
  last_name: 'Quillfeather',
};
const PROFILE = {
  phone: '+49 30 90182 555',
  birth_date: '1971-03-14',
  avatar: 'https://images.example/zeldamira-face.jpg',
  locale: 'de-AT',
  marketing_consent: true,
};
const HOME = {
  name: 'Z. Quillfeather',
  line1: '7 Quillfeather Lane',
  city: 'Quilltown',
  postal_code: 'QQ7 7QQ',
  country: 'GB',
};
const CONFIDED = [
  'zelda',
  'quill',
  '90182',
  '1971-03-14',
  'QQ7 7QQ',
  'ring the blue bell',
  'office@people.example',
];

type File = { exported_at: string; records: Record<string, readonly Record<string, unknown>[]> };

let shop: TestShop;
let zelda: Client;
let order: Order;

beforeAll(async () => {
  shop = await openTestShop();
  zelda = await doEverything(shop);
});

afterAll(() => shop.close());

/** Everything that somebody can do here and that leaves something behind. */
async function doEverything(opened: TestShop): Promise<Client> {
  const { guest } = opened;
  const staff = await opened.hire('staff');
  const mug = await stockMug(staff, { stock: 50 });
  await staff
    .post('/coupons/', {
      code: 'TENTH',
      promotion: { name: 'A tenth off', effect: { type: 'percentage', percentage: '10' } },
    })
    .expect(201);
  const { data: registered } = await guest.post<SignedIn>('/auth/register/', PERSON).expect(201);
  const person = guest.as(registered);
  await person.patch('/users/me/', PROFILE).expect(200);
  await person.post('/auth/totp/enrol/', { password: PERSON.password }).expect(201);
  await person.post('/users/me/addresses/', HOME, newKey()).expect(201);
  await person.post('/users/me/addresses/', { ...HOME, is_default_billing: true }).expect(201);
  await guest.post('/auth/verify-email/resend/', { email: PERSON.email });
  await guest.post('/auth/password-reset/', { email: PERSON.email });
  const { email, password } = PERSON;
  await guest.post('/auth/login/', { email, password }).expect(200);
  const wanted = { product_id: mug.id, quantity: 1 };
  const said = { rating: 4, title: 'Zelda says', comment: 'Signed: Zeldamira Quillfeather.' };
  await person.post(`/products/${mug.id}/reviews/`, said, newKey()).expect(201);
  const { data: list } = await person
    .post<{ id: string }>('/users/me/wishlists/', { name: 'Quillfeather’s wishes' })
    .expect(201);
  await person.post(`/users/me/wishlists/${list.id}/items/`, { product_id: mug.id }).expect(201);
  await approveReviews(staff);
  await person.post('/cart/add_item/', wanted).expect(200);
  await person.post('/cart/coupons/', { code: 'TENTH' }).expect(200);
  const checkout = {
    ...CHECKOUT,
    shipping_address: HOME,
    email: 'office@people.example',
    notes: 'Please ring the blue bell.',
  };
  order = (await person.post<Order>('/orders/', checkout, newKey()).expect(201)).data;
  await person.post('/cart/add_item/', wanted, newKey()).expect(200);
  await leaveWhatOthersLeft(opened, registered.user.id);
  return person;
}

async function approveReviews(staff: Client): Promise<void> {
  const { data } = await staff.get<{ id: string; version: number }[]>('/reviews/').expect(200);
  for (const { id, version } of data)
    await staff.post(`/reviews/${id}/approve/`, {}, { 'If-Match': `"v${version}"` }).expect(200);
}

/** What earlier versions wrote, guests who opened an account later on, and mails on their way. */
async function leaveWhatOthersLeft({ database }: TestShop, id: string): Promise<void> {
  await database`
    insert into identity.one_time_tokens (user_id, purpose, hash, created_at, expires_at)
    values (${id}, 'password_reset', 'hash', now(), now() + interval '1 hour')
    on conflict do nothing
  `;
  await database`
    update core.outbox
    set payload = payload || jsonb_build_object('email', ${PERSON.email}::text)
    where aggregate_id = ${id} and type = 'identity.user_registered'
  `;
  await database`
    update pricing.redemptions set email = 'office@people.example' where customer_id = ${id}
  `;
}

describe('everything that is stored of a person', () => {
  it('is in the file that they take away, from every table of the database', async () => {
    const { id } = zelda.account.user;
    const said = await rowsThatSay(shop.database, [id, ...CONFIDED]);
    const rows = await withDependents(shop.database, said);
    const answer = await zelda.get<File>('/users/me/export/').expect(200);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/);
    const missing = rows.filter(
      ({ key }) => !answer.text.includes(JSON.stringify(key).slice(1, -1)),
    );
    expect(missing.map(({ table, text }) => `${table}: ${text}`)).toEqual([]);
    expect([...new Set(rows.map(({ table }) => table))]).toEqual(
      expect.arrayContaining([
        'catalog.reviews',
        'catalog.wishlist_items',
        'catalog.wishlists',
        'core.idempotency_keys',
        'core.outbox',
        'identity.addresses',
        'identity.one_time_tokens',
        'identity.second_factors',
        'identity.sessions',
        'identity.users',
        'inventory.movements',
        'ordering.cart_items',
        'ordering.carts',
        'ordering.order_items',
        'ordering.orders',
        'payments.payments',
        'pricing.redemptions',
      ]),
    );
    for (const text of ['Zeldamira', 'Quilltown', '1971-03-14', 'ring the blue bell', order.number])
      expect(answer.text).toContain(text);
    expect(answer.text).not.toMatch(/argon2|password_hash|good_hashes|family_hash|sealed_secret/);
    expect(answer.data.records['account']?.[0]).toMatchObject({ birth_date: '1971-03-14' });
  });

  it('is gone when they are erased and their orders are over: the books stay', async () => {
    const { id } = zelda.account.user;
    await shop.database`update ordering.orders set status = 'delivered' where id = ${order.id}`;
    const wrong = { body: { password: 'not my password' } };
    expect((await zelda.send('DELETE', '/api/v1/users/me/', wrong)).status).toBe(422);
    const { password } = PERSON;
    const erased = await zelda.send('DELETE', '/api/v1/users/me/', { body: { password } });
    expect(erased.status).toBe(200);

    const left = await rowsThatSay(shop.database, CONFIDED);
    expect(left.map(({ table, text }) => `${table}: ${text}`)).toEqual([]);
    const [books] = await shop.database`
      select number, total, email, notes, shipping_address, customer_id
      from ordering.orders where id = ${order.id}
    `;
    expect(books).toMatchObject({
      number: order.number,
      email: null,
      notes: '',
      shipping_address: { name: 'Erased', country: 'GB' },
      customer_id: id,
    });
    const items = await shop.database`
      select from ordering.order_items where order_id = ${order.id}
    `;
    expect(items.count).toBe(1);
  });

  it('lets nobody in any more, and the address is free again', async () => {
    expect((await zelda.send('GET', '/api/v1/users/me/')).status).toBe(401);
    expect((await zelda.send('GET', '/api/v1/users/me/export/')).status).toBe(401);
    const { refresh } = zelda.account;
    expect((await shop.guest.post('/auth/refresh/', { refresh })).status).toBe(401);
    const { email, password } = PERSON;
    await shop.guest
      .post('/auth/login/', { email, password })
      .refused(401, 'identity.invalid_credentials');
    const { data } = await shop.guest.post<SignedIn>('/auth/register/', PERSON).expect(201);
    expect(data.user.id).not.toBe(zelda.account.user.id);
  });

  it('was never written into the log', () => {
    expect(JSON.stringify(shop.log)).not.toMatch(/zelda|quill|90182/i);
  });
});
