import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { SignedIn } from './client.ts';
import { tokenIn } from './mailbox.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { User } from './wire.ts';

const CONFIRM = 'Confirm your e-mail address';
const RESET = 'Choose a new password';
const CHANGED = 'Your password was changed';

let shop: TestShop;

beforeAll(async () => {
  shop = await openTestShop();
});

afterAll(() => shop.close());

type Person = { readonly email: string; readonly password: string };

async function register(name: string, firstName: string = name): Promise<Person & SignedIn> {
  const person = { email: `${name}@people.example`, password: 'a long walk by the sea' };
  const body = { ...person, first_name: firstName, last_name: 'Shopper' };
  const { data } = await shop.guest.post<SignedIn>('/auth/register/', body).expect(201);
  return { ...person, ...data };
}

const logIn = ({ email, password }: Person) =>
  shop.guest.post<SignedIn>('/auth/login/', { email, password });

describe('from a lost password back into the account', () => {
  it('a customer proves the address, chooses a new password, and nobody else stays signed in', async () => {
    const ada = await register('ada');
    const confirmation = await shop.mailbox.await(ada.email, CONFIRM);
    const token = tokenIn(confirmation);
    const { data: verified } = await shop.guest.post('/auth/verify-email/', { token }).expect(200);
    expect(verified).toEqual({ email: ada.email, email_verified: true });
    await shop.guest
      .post('/auth/verify-email/', { token })
      .refused(422, 'identity.one_time_token_refused');
    const { data: me } = await shop.guest.as(ada).get('/users/me/').expect(200);
    expect(me).toMatchObject({ email_verified: true });
    expect((await shop.mailbox.await(ada.email, 'Welcome')).text).toContain('Hello ada,');

    const { data: elsewhere } = await logIn(ada).expect(200);
    await shop.guest.post('/auth/password-reset/', { email: ' ADA@People.Example ' }).expect(202);
    const reset = tokenIn(await shop.mailbox.await(ada.email, RESET));
    const password = 'a boat on the lake';
    await shop.guest
      .post('/auth/password-reset/confirm/', { token: reset, new_password: password })
      .expect(200);
    await shop.guest
      .post('/auth/password-reset/confirm/', { token: reset, new_password: 'another boat' })
      .refused(422, 'identity.one_time_token_refused');

    for (const session of [ada, elsewhere]) {
      await shop.guest.as(session).get('/users/me/').expect(401);
      await shop.guest
        .post('/auth/refresh/', { refresh: session.refresh })
        .refused(401, 'identity.session_ended');
    }
    await logIn(ada).refused(401, 'identity.invalid_credentials');
    const { data: back } = await logIn({ email: ada.email, password }).expect(200);
    await shop.guest.as(back).get('/users/me/').expect(200);
    const told = await shop.mailbox.await(ada.email, CHANGED);
    expect(told.text).toContain(`${shop.url}/reset-password`);
  });

  it('only the latest mail counts, and a password change voids it, too', async () => {
    const bob = await register('bob');
    await shop.guest.post('/auth/password-reset/', { email: bob.email }).expect(202);
    const first = tokenIn(await shop.mailbox.await(bob.email, RESET));
    await shop.guest.post('/auth/password-reset/', { email: bob.email }).expect(202);
    const second = tokenIn(await shop.mailbox.await(bob.email, RESET, 2));
    const attempt = (token: string) =>
      shop.guest
        .post('/auth/password-reset/confirm/', { token, new_password: 'not to be' })
        .refused(422, 'identity.one_time_token_refused');
    await attempt(first);

    const client = shop.guest.as(bob);
    const change = { current_password: bob.password, new_password: 'a house in the hills' };
    await client
      .post('/auth/password-change/', { ...change, current_password: 'a guess' })
      .refused(422, 'identity.wrong_password');
    const { data: elsewhere } = await logIn(bob).expect(200);
    await client.post('/auth/password-change/', change).expect(200);
    await attempt(second);
    await shop.mailbox.await(bob.email, CHANGED);
    await shop.guest
      .post('/auth/refresh/', { refresh: elsewhere.refresh })
      .refused(401, 'identity.session_ended');
    const { data: renewed } = await shop.guest
      .post<SignedIn>('/auth/refresh/', { refresh: bob.refresh })
      .expect(200);
    const { data: me } = await shop.guest
      .as({ ...bob, ...renewed })
      .get<User>('/users/me/')
      .expect(200);
    expect(me.email).toBe(bob.email);
  });

  it('a confirmation is sent again on request, and the older one is void', async () => {
    const eve = await register('eve');
    const first = tokenIn(await shop.mailbox.await(eve.email, CONFIRM));
    await shop.guest.post('/auth/verify-email/resend/', { email: eve.email }).expect(202);
    const second = tokenIn(await shop.mailbox.await(eve.email, CONFIRM, 2));
    await shop.guest
      .post('/auth/verify-email/', { token: first })
      .refused(422, 'identity.one_time_token_refused');
    const { data } = await shop.guest.post('/auth/verify-email/', { token: second }).expect(200);
    expect(data).toMatchObject({ email_verified: true });
  });

  it('one of ten who come at once with one token has it', async () => {
    const tim = await register('tim');
    await shop.guest.post('/auth/password-reset/', { email: tim.email }).expect(202);
    const token = tokenIn(await shop.mailbox.await(tim.email, RESET));
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        shop.guest.post('/auth/password-reset/confirm/', {
          token,
          new_password: `a boat with number ${index}`,
        }),
      ),
    );
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 422)]);
  });
});

describe('a password that others try first', () => {
  it.each([
    ['Password123', { reason: 'known', strength: 0 }],
    ['öäöäöäöäöäöä', { reason: 'predictable', strength: 0 }],
    ['gus in the hills', { reason: 'contains_email', strength: 2 }],
    ['all the flowers', { reason: 'contains_name', strength: 1 }],
  ])('opens no account: %s', async (password, detail) => {
    const body = { email: 'gus@people.example', password, first_name: 'Zoe', last_name: 'Flower' };
    const { error } = await shop.guest
      .post('/auth/register/', body)
      .refused(422, 'identity.weak_password');
    expect(error).toMatchObject({ path: 'password', detail });
  });

  it('does not replace one that is better', async () => {
    const una = await register('una');
    const change = { current_password: una.password, new_password: 'una in the hills' };
    const { error } = await shop.guest
      .as(una)
      .post('/auth/password-change/', change)
      .refused(422, 'identity.weak_password');
    expect(error).toMatchObject({ path: 'new_password' });
    await logIn(una).expect(200);
  });
});

describe('whoever wants to know who has an account', () => {
  it.each(['/auth/password-reset/', '/auth/verify-email/resend/'])(
    'is answered alike by %s for everybody',
    async (path) => {
      const known = await register(`known-${path.length}`);
      const answers = await Promise.all(
        [known.email, 'nobody@people.example'].map((email) =>
          shop.guest.post(path, { email }).expect(202),
        ),
      );
      const [one, other] = answers.map(({ text, headers }) => ({
        text,
        headers: [...headers.keys()].toSorted(),
      }));
      expect(one).toEqual(other);
      expect(answers[0]?.data).toBeNull();
    },
  );

  it('finds no mail for an address that nobody has', async () => {
    await shop.guest.post('/auth/password-reset/', { email: 'nobody@people.example' }).expect(202);
    const known = await register('kim');
    await shop.guest.post('/auth/password-reset/', { email: known.email }).expect(202);
    await shop.mailbox.await(known.email, RESET);
    await pause(100);
    const receivers = (await shop.mailbox.all()).map(({ to }) => to);
    expect(receivers).not.toContain('nobody@people.example');
  });
});

describe('a mail', () => {
  it('holds nothing that somebody typed for a stranger to read', async () => {
    const name = 'You won <b>a prize</b> https://bad.example';
    const victim = await register('victim', name);
    const { text } = await shop.mailbox.await(victim.email, CONFIRM);
    expect(text).not.toMatch(/prize|bad\.example/);
  });

  it('leaves its token nowhere but in itself', async () => {
    const sam = await register('sam');
    await shop.guest.post('/auth/password-reset/', { email: sam.email }).expect(202);
    const mails = [
      await shop.mailbox.await(sam.email, CONFIRM),
      await shop.mailbox.await(sam.email, RESET),
    ];
    const [stored] = await shop.database<{ text: string }[]>`
      select concat(
        (select json_agg(outbox) from core.outbox),
        (select json_agg(tokens) from identity.one_time_tokens as tokens),
        (select json_agg(deliveries) from core.deliveries)
      ) as text
    `;
    for (const token of mails.map(tokenIn)) {
      expect(stored?.text).not.toContain(token);
      expect(JSON.stringify(shop.log)).not.toContain(token);
    }
    expect(stored?.text).not.toContain(sam.email);
  });
});

it.each([
  ['/auth/password-reset/', { email: 'ada@people.example', role: 'admin' }, 'role'],
  ['/auth/verify-email/', { token: 'x', email_verified: true }, 'email_verified'],
  [
    '/auth/password-reset/confirm/',
    { token: 'x', new_password: 'long enough', is_staff: true },
    'is_staff',
  ],
])('%s refuses a body that says more than it may', async (path, body, field) => {
  const { errors } = await shop.guest.post(path, body).expect(422);
  expect(errors?.map((error) => error.path)).toEqual([field]);
});

it('mails are limited for an address, for everybody alike', async () => {
  const limited = await openTestShop({ KASTOMA_RATE_LIMITS: 'on' });
  try {
    const ask = (email: string) => limited.guest.post('/auth/password-reset/', { email });
    for (let time = 0; time < 5; time += 1) await ask('nobody@people.example').expect(202);
    const { headers } = await ask('nobody@people.example').refused(
      429,
      'identity.too_many_attempts',
    );
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(3_000);
    await ask('somebody@people.example').expect(202);
  } finally {
    await limited.close();
  }
});
