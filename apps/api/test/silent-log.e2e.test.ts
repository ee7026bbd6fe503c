import { expect, it, onTestFinished } from 'vitest';

import type { SignedIn } from './client.ts';
import { DatabaseLink } from './database-link.ts';
import { newKey, stockMug } from './goods.ts';
import { ADMIN, openTestShop, type TestShop } from './test-shop.ts';

/** Somebody, to the last field, in words that stand nowhere else. */
const PERSON = {
  email: 'wilhelmina.quist@people.example',
  password: 'the otter sleeps on thursdays',
  first_name: 'Wilhelmina',
  last_name: 'Quistgaard',
};
const ADDRESS = {
  name: 'Wilhelmina Quistgaard',
  line1: '7 Haematite Crescent',
  line2: 'Behind the Lighthouse',
  city: 'Ullapool',
  postal_code: 'IV26 2XX',
  country: 'GB',
  phone: '+441854612345',
};
const WRONG_PASSWORD = 'the badger sleeps on fridays';
const CLIENT_ADDRESS = '198.51.100.77';
const TOKEN_SECRET = 'a secret of forty letters for the tokens';
const REDIS_PASSWORD = 'redis-lets-nobody-in';
const NOTES = 'Leave it with the neighbour called Zebulon';

it('the log of a whole journey, with all that can go wrong on it, holds no secret and nobody’s data', async () => {
  const links: DatabaseLink[] = [];
  const shop = await openTestShop(
    {
      KASTOMA_RATE_LIMITS: 'on',
      KASTOMA_TOKEN_SECRET: TOKEN_SECRET,
      KASTOMA_TRUSTED_PROXIES: '127.0.0.1',
      // Nobody is there: each limit is counted without it.
      REDIS_URL: `redis://shop:${REDIS_PASSWORD}@127.0.0.1:1`,
    },
    async (databaseUrl) => {
      const link = new DatabaseLink(databaseUrl);
      links.push(link);
      await link.mend();
      return link.url;
    },
  );
  onTestFinished(async () => {
    await shop.close();
    await links[0]?.cut();
  });
  const seen = await travel(shop);
  await links[0]?.cut();
  await shop.guest.get('/products/?search=otter');
  await shop.guest.post('/auth/login/', { email: PERSON.email, password: PERSON.password });
  await shop.guest.post('/auth/register/', { ...PERSON, email: 'second.quist@people.example' });
  await links[0]?.mend();

  // Something must have been written, or nothing is shown by this test.
  expect(shop.log.map(({ level }) => level)).toEqual(expect.arrayContaining(['warning', 'error']));
  const log = JSON.stringify(shop.log).toLowerCase();
  const secrets = [
    ...Object.values(PERSON),
    ...Object.values(ADDRESS).filter((value) => value !== 'GB'),
    ...Object.values(ADMIN),
    WRONG_PASSWORD,
    CLIENT_ADDRESS,
    TOKEN_SECRET,
    REDIS_PASSWORD,
    NOTES,
    ...seen,
    'second.quist',
    'argon2',
    'bearer',
  ];
  expect(secrets.length).toBeGreaterThan(20);
  expect(secrets.filter((secret) => log.includes(secret.toLowerCase()))).toEqual([]);
});

/** Comes, fails where one can fail, buys, and leaves; returns what was given to it on the way that is a secret. */
async function travel(shop: TestShop): Promise<readonly string[]> {
  const from = { 'X-Forwarded-For': CLIENT_ADDRESS };
  const { guest } = shop;
  const mug = await stockMug(await shop.hire('staff'));
  const { data } = await guest.post<SignedIn>('/auth/register/', PERSON, from).expect(201);
  const person = guest.as(data);
  await guest.post('/auth/register/', PERSON, from).expect(409);
  const login = { email: PERSON.email, password: WRONG_PASSWORD };
  await guest.post('/auth/login/', login, from).expect(401);
  await guest.post('/auth/login/', { ...login, password: 7 }, from).expect(422);
  const renewed = await guest
    .post<SignedIn>('/auth/refresh/', { refresh: data.refresh }, from)
    .expect(200);
  await guest.get('/users/me/', { ...from, Authorization: `Bearer ${data.access}x` }).expect(401);
  await person.get('/users/me/', from).expect(200);
  await person.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }, from).expect(200);
  const order = {
    shipping_address: ADDRESS,
    shipping_method: 'standard',
    payment_method: 'manual',
    notes: NOTES,
  };
  const malformed = await fetch(`${shop.url}/api/v1/orders/`, {
    method: 'POST',
    headers: { ...from, ...newKey(), 'Content-Type': 'application/json' },
    body: `${JSON.stringify(order)}}`,
  });
  expect(malformed.status).toBeLessThan(500);
  const wrong = { ...order, shipping_address: { ...ADDRESS, country: 'Scotland' } };
  await person.post('/orders/', wrong, { ...from, ...newKey() }).expect(422);
  await person.post('/orders/', order, { ...from, ...newKey() }).expect(201);
  for (let guess = 0; guess < 12; guess += 1) await guest.post('/auth/login/', login, from);
  return [data.access, data.refresh, renewed.data.access, renewed.data.refresh];
}
