import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client, SignedIn } from './client.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

const STRANGER = { 'X-Forwarded-For': '198.51.100.66' };
const HOME = { 'X-Forwarded-For': '203.0.113.7' };
const PASSWORD = 'seven herons by the weir';

let shop: TestShop;
let owner: Client;
let email: string;

beforeAll(async () => {
  shop = await openTestShop({
    KASTOMA_RATE_LIMITS: 'on',
    KASTOMA_TRUSTED_PROXIES: '127.0.0.1',
    KASTOMA_RATE_LIMIT_AUTH: '5000/60',
  });
  email = 'ada@people.example';
  const person = { email, password: PASSWORD, first_name: 'Ada', last_name: 'Lovelace' };
  const { data } = await shop.guest.post<SignedIn>('/auth/register/', person, HOME).expect(201);
  owner = shop.guest.as(data);
});

afterAll(() => shop.close());

describe('a thousand logins at once', () => {
  it(
    'are ten guesses; the shop goes on, and the owner gets in meanwhile',
    { timeout: 60_000 },
    async () => {
      const guesses = Array.from({ length: 1_000 }, (_, index) =>
        shop.guest.post('/auth/login/', { email, password: `guess number ${index}` }, STRANGER),
      );
      const [login] = await Promise.all([
        shop.guest.post<SignedIn>('/auth/login/', { email, password: PASSWORD }, HOME),
        shop.guest.get('/products/', HOME).expect(200),
        owner.get('/users/me/', HOME).expect(200),
      ]);
      expect(login.status).toBe(200);
      const answers = await Promise.all(guesses);
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused).toHaveLength(990);
      for (const { headers } of refused)
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(shop.log.filter(({ level }) => level === 'error')).toEqual([]);
    },
  );
});

describe('whose account is being guessed', () => {
  it('is not locked out: not at home, not where nobody has guessed, not where there is a session', async () => {
    const login = { email, password: PASSWORD };
    await shop.guest
      .post('/auth/login/', login, STRANGER)
      .refused(429, 'identity.too_many_attempts');
    await shop.guest.post('/auth/login/', login, HOME).expect(200);
    const elsewhere = { 'X-Forwarded-For': '192.0.2.44' };
    await shop.guest.post('/auth/login/', login, elsewhere).expect(200);
    await owner.get('/users/me/', STRANGER).expect(200);
    const { refresh } = owner.account;
    const renewed = await shop.guest.post('/auth/refresh/', { refresh }, STRANGER);
    expect(renewed.status).toBe(200);
  });

  it('cannot be told from an address that nobody has', async () => {
    const nobody = { email: 'nobody@people.example', password: PASSWORD };
    const from = { 'X-Forwarded-For': '198.51.100.67' };
    const answers = [];
    for (let guess = 0; guess < 11; guess += 1)
      answers.push(await shop.guest.post('/auth/login/', nobody, from));
    expect(answers.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 10 }, () => 401),
      429,
    ]);
  });
});
