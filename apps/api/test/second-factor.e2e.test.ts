import { createHmac } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client, SignedIn } from './client.ts';
import { tokenIn } from './mailbox.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

const PASSWORD = 'a long walk by the sea';
const STEP_SECONDS = 30;

type Enrolment = { readonly secret: string; readonly otpauth_uri: string };
type Codes = { readonly recovery_codes: readonly string[] };
type Standing = { readonly enabled: boolean; readonly recovery_codes_left: number };

/** Somebody with an active second factor; `show` gives the password of a step beside the present one. */
type Secured = {
  readonly client: Client;
  readonly secret: string;
  readonly codes: readonly string[];
  readonly show: (ahead: 0 | 1) => string;
};

let shop: TestShop;
let boss: Secured;

beforeAll(async () => {
  shop = await openTestShop({
    KASTOMA_REQUIRE_SECOND_FACTOR: 'staff',
    KASTOMA_SECOND_FACTOR_ISSUER: 'The Shop',
  });
  boss = await secure(await shop.hire('admin'));
});

afterAll(() => shop.close());

/** What an authenticator app does, after RFC 6238 and RFC 4648 and apart from the shop's own code. */
function appWith(secret: string): Secured['show'] {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  const key = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
  return (ahead) => {
    const counter = Buffer.alloc(8);
    counter.writeUInt32BE(Math.floor(Date.now() / 1000 / STEP_SECONDS) + ahead, 4);
    const hash = createHmac('sha1', key).update(counter).digest();
    const number = hash.readUInt32BE(hash.readUInt8(19) & 15) & 0x7f_ff_ff_ff;
    return String(number % 1_000_000).padStart(6, '0');
  };
}

async function enrol(client: Client): Promise<Enrolment> {
  return (await client.post<Enrolment>('/auth/totp/enrol/', { password: PASSWORD }).expect(201))
    .data;
}

async function secure(client: Client): Promise<Secured> {
  const { secret } = await enrol(client);
  const show = appWith(secret);
  const { data } = await client.post<Codes>('/auth/totp/confirm/', { code: show(0) }).expect(200);
  const { refresh, user } = client.account;
  const renewed = await shop.guest.post<SignedIn>('/auth/refresh/', { refresh }).expect(200);
  const next = shop.guest.as({ ...renewed.data, user });
  return { client: next, secret, codes: data.recovery_codes, show };
}

const signIn = ({ account: { user } }: Client, code?: string, password = PASSWORD) =>
  shop.guest.post<SignedIn>('/auth/login/', { email: user.email, password, code });

describe('staff where everybody who works here has to have a second factor', () => {
  it('can do nothing but enrol until it is confirmed, and everything then', async () => {
    const staff = await shop.hire('staff');
    await staff.get('/users/').refused(403, 'identity.second_factor_enrolment_required');
    await staff.get('/products/').refused(403, 'identity.second_factor_enrolment_required');
    await staff.get('/users/me/').expect(200);
    const { secret, otpauth_uri: uri } = await enrol(staff);
    expect(uri).toContain('otpauth://totp/The%20Shop:');
    expect(uri).toContain(`secret=${secret}`);
    await staff.get('/users/').refused(403, 'identity.second_factor_enrolment_required');
    const { client } = await secure(staff);
    expect((await client.get('/users/')).status).toBe(200);
    expect((await staff.send('GET', '/api/v1/users/')).status).toBe(401);
  });

  it('sign in with password and code from then on, and with each code once', async () => {
    const { client, show } = await secure(await shop.hire('staff'));
    await signIn(client).refused(401, 'identity.second_factor_required');
    await signIn(client, '000000').refused(401, 'identity.invalid_second_factor');
    await signIn(client, show(1), 'not the password').refused(401, 'identity.invalid_credentials');
    const code = show(1);
    const { data } = await signIn(client, code).expect(200);
    expect((await shop.guest.as(data).get('/users/')).status).toBe(200);
    await signIn(client, code).refused(401, 'identity.invalid_second_factor');
  });

  it('that were signed in elsewhere are out', async () => {
    const staff = await shop.hire('staff');
    const elsewhere = shop.guest.as((await signIn(staff).expect(200)).data);
    await secure(staff);
    expect((await elsewhere.send('GET', '/api/v1/users/me/')).status).toBe(401);
    const { refresh } = elsewhere.account;
    expect((await shop.guest.post('/auth/refresh/', { refresh })).status).toBe(401);
  });
});

describe('customers may have one', () => {
  it('and one of many who come with one code at once is let in', async () => {
    const { client, show, codes } = await secure(await shop.signUp('racing'));
    for (const code of [show(1), codes[0]]) {
      const answers = await Promise.all(Array.from({ length: 6 }, () => signIn(client, code)));
      const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
      expect(statuses).toEqual([200, 401, 401, 401, 401, 401]);
    }
  });

  it('and lose no right as long as they have none', async () => {
    const customer = await shop.signUp('carefree');
    expect((await customer.get('/cart/')).status).toBe(200);
    await customer.get('/users/').refused(403, 'request.not_allowed');
  });

  it('and use a recovery code once, make new ones, and switch it off', async () => {
    const { client, codes, show } = await secure(await shop.signUp('forgetful'));
    const [first = '', second = ''] = codes;
    await signIn(client, first.toLowerCase()).expect(200);
    await signIn(client, first).refused(401, 'identity.invalid_second_factor');
    const standing = await client.get<Standing>('/auth/totp/').expect(200);
    expect(standing.data).toMatchObject({ enabled: true, recovery_codes_left: 9 });
    const proof = { password: PASSWORD, code: show(1) };
    const fresh = await client.post<Codes>('/auth/totp/recovery-codes/', proof).expect(201);
    await client
      .post('/auth/totp/disable/', { password: PASSWORD, code: second })
      .refused(422, 'identity.wrong_second_factor_code');
    const [code = ''] = fresh.data.recovery_codes;
    await client.post('/auth/totp/disable/', { password: PASSWORD, code }).expect(200);
    await signIn(client).expect(200);
    const { email } = client.account.user;
    await Promise.all(
      ['Two-step sign-in is on', 'You have new recovery codes', 'Two-step sign-in is off'].map(
        (subject) => shop.mailbox.await(email, subject),
      ),
    );
    await shop.mailbox.await(email, 'A recovery code was used', 2);
  });

  it('and keep it when they choose a new password by mail', async () => {
    const { client, show } = await secure(await shop.signUp('locked-out'));
    const { email } = client.account.user;
    await shop.guest.post('/auth/password-reset/', { email }).expect(202);
    const token = tokenIn(await shop.mailbox.await(email, 'Choose a new password'));
    const password = 'seven blue herons at dawn';
    await shop.guest
      .post('/auth/password-reset/confirm/', { token, new_password: password })
      .expect(200);
    await signIn(client, undefined, password).refused(401, 'identity.second_factor_required');
    expect((await signIn(client, show(1), password)).status).toBe(200);
  });

  it('and see that they have it in what is stored of them, and not what it is', async () => {
    const { client, secret } = await secure(await shop.signUp('curious'));
    const { text } = await client.get('/users/me/export/');
    expect(text).toMatch(/"second_factors":\[\{[^}]*"confirmed_at":"20/);
    expect(text).not.toContain(secret);
    expect(text).not.toContain('sealed_secret');
  });
});

describe('an administrator', () => {
  const pathOf = ({ account: { user } }: Client) => `/users/${user.id}/totp/`;

  it('takes it off somebody who has lost it, who is signed out everywhere and told', async () => {
    const { client } = await secure(await shop.signUp('unlucky'));
    await boss.client.delete(pathOf(client)).expect(200);
    expect((await client.send('GET', '/api/v1/users/me/')).status).toBe(401);
    await signIn(client).expect(200);
    await shop.mailbox.await(client.account.user.email, 'Two-step sign-in was reset');
    await boss.client.delete(pathOf(client)).refused(404, 'identity.second_factor_not_found');
  });

  it('does not take it off themselves, and staff take it off nobody', async () => {
    const { client } = await secure(await shop.hire('staff'));
    await client.delete(pathOf(boss.client)).refused(403, 'request.not_allowed');
    await boss.client.delete(pathOf(boss.client)).refused(409, 'identity.own_second_factor');
    const { error } = await signIn(boss.client).refused(401, 'identity.second_factor_required');
    expect(error.path).toBe('code');
  });
});

it('the database holds no secret and no code as it was shown', async () => {
  const rows = await shop.database<{ row: string }[]>`
    select factor::text as row from identity.second_factors factor
    union all select event::text from core.outbox event
  `;
  const text = rows.map(({ row }) => row).join('\n');
  expect(text).toContain('v1.');
  const key = Buffer.from(boss.secret).toString('hex');
  for (const secret of [boss.secret, key, ...boss.codes, ...boss.codes.map(withoutHyphens)])
    expect(text).not.toContain(secret);
});

function withoutHyphens(code: string): string {
  return code.replaceAll('-', '');
}
