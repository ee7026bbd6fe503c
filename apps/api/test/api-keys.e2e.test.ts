import { crc32 } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { RandomApiKeySecrets } from '@kastoma/adapters-crypto';

import type { Client } from './client.ts';
import { rowsThatSay } from './personal-rows.ts';
import { openTestShop, PASSWORD, type TestShop } from './test-shop.ts';

type ApiKey = {
  readonly id: string;
  readonly prefix: string;
  readonly created_by: string;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
};
type Created = ApiKey & { readonly key: string };

let shop: TestShop;
let admin: Client;

beforeAll(async () => {
  shop = await openTestShop();
  admin = await shop.hire('admin');
});

afterAll(() => shop.close());

async function makeKey(scopes: readonly string[], by: Client = admin): Promise<Created> {
  const body = { name: 'Nightly import', scopes, password: PASSWORD };
  return (await by.post<Created>('/api-keys/', body).expect(201)).data;
}

const serviceWith = (key: string) => shop.guest.as({ ...admin.account, access: key });
const stored = async (id: string) => (await admin.get<ApiKey>(`/api-keys/${id}/`)).data;

async function answerTo(key: string) {
  const response = await fetch(`${shop.url}/api/v1/users/?page_size=1`, {
    headers: { Authorization: `Bearer ${key}` },
  });
  const { errors, message } = (await response.json()) as {
    message: string;
    errors: readonly { code: string }[] | null;
  };
  const challenge = response.headers.get('www-authenticate');
  return [response.status, errors?.[0]?.code, challenge, errors === null ? null : message];
}

const GOOD = [200, undefined, null, null];

/** With a checksum that fits: it keeps nobody out. */
function rechecked(key: string): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const unchecked = key.slice(0, -6);
  let rest = crc32(unchecked);
  let checksum = '';
  while (checksum.length < 6) {
    checksum = digits.charAt(rest % 62) + checksum;
    rest = Math.floor(rest / 62);
  }
  return unchecked + checksum;
}

it('a stolen session of an administrator makes no key that would outlive it', async () => {
  const { count: before } = (await admin.get('/api-keys/')).pagination ?? expect.fail();
  const wish = { name: 'Back door', scopes: ['users.read'] };
  const refuse = (body: object, code: string) => admin.post('/api-keys/', body).refused(422, code);
  await refuse(wish, 'request.missing_field');
  await refuse({ ...wish, password: 'a guess' }, 'identity.wrong_password');
  expect((await admin.get('/api-keys/')).pagination?.count).toBe(before);
});

describe('a key that is no good', () => {
  const PREFIX_END = 16;

  it('is answered as a bad access token is, whatever is wrong with it', async () => {
    const [own, other] = [await makeKey(['users.read']), await makeKey(['users.read'])];
    const [expired, revoked] = [await makeKey(['users.read']), await makeKey(['users.read'])];
    for (const { key } of [own, other, revoked]) expect(await answerTo(key)).toEqual(GOOD);
    await admin.delete(`/api-keys/${revoked.id}/`).expect(200);
    await shop.database`
      update identity.api_keys
      set created_at = now() - interval '2 days', expires_at = now() - interval '1 day'
      where id = ${expired.id}
    `;

    const refused = await answerTo('eyJhbGciOiJub25lIn0.e30.');
    expect(refused.slice(0, 3)).toEqual([
      401,
      'identity.invalid_access_token',
      'Bearer error="invalid_token"',
    ]);
    const [{ hash } = { hash: '' }] = await shop.database<{ hash: string }[]>`
      select hash from identity.api_keys where id = ${own.id}
    `;
    const bad = {
      expired: expired.key,
      revoked: revoked.key,
      unknown: new RandomApiKeySecrets().next().key,
      'of another key, with this secret': rechecked(
        other.key.slice(0, PREFIX_END) + own.key.slice(PREFIX_END),
      ),
      'of another key, with its checksum': own.key.slice(0, -6) + other.key.slice(-6),
      'with a secret that differs in one letter': rechecked(
        own.key.slice(0, 20) + (own.key[20] === 'x' ? 'y' : 'x') + own.key.slice(21),
      ),
      'cut off': own.key.slice(0, -1),
      'cut off and checked': rechecked(own.key.slice(0, -1)),
      'in capitals': own.key.toUpperCase(),
      'in capitals but for its mark': rechecked(`kas_${own.key.slice(4).toUpperCase()}`),
      'its prefix alone': own.key.slice(0, PREFIX_END + 1),
      'its id': own.id,
      'its hash': hash,
      twice: own.key + own.key,
      'of ten thousand letters': own.key + 'x'.repeat(10_000),
      SQL: "kas_' or prefix like '%",
    };
    for (const [what, key] of Object.entries(bad))
      expect([what, await answerTo(key)]).toEqual([what, refused]);
    expect(await answerTo(own.key)).toEqual(GOOD);
  });

  it('opens no door that only knows people', async () => {
    const { key } = await makeKey(['users.read', 'catalog.manage']);
    const service = serviceWith(key);
    await service.post('/auth/refresh/', { refresh: key }).refused(401, 'identity.session_ended');
    await service
      .post('/auth/login/', { email: admin.account.user.email, password: key })
      .refused(401, 'identity.invalid_credentials');
    await service.post('/auth/logout-all/', undefined).refused(403, 'request.not_allowed');
    const me = admin.account.user.id;
    await service.patch(`/users/${me}/`, { role: 'customer' }).refused(403, 'request.not_allowed');
    await service
      .post('/api-keys/', { name: 'x', scopes: [], password: PASSWORD })
      .refused(403, 'request.not_allowed');
    expect((await admin.get('/users/me/')).status).toBe(200);
  });
});

describe('what a service does', () => {
  it('stands under its own name, once for each of its idempotency keys', async () => {
    const { id, key } = await makeKey(['catalog.manage']);
    const headers = { 'Idempotency-Key': 'the-very-same' };
    const shelf = (name: string, by: Client) =>
      by.post<{ id: string }>('/categories/', { name }, headers);
    const service = serviceWith(key);
    const { data } = await shelf('Imported', service).expect(201);
    const again = await shelf('Imported', service).expect(201);
    expect([again.data.id, again.headers.get('idempotency-replayed')]).toEqual([data.id, 'true']);
    expect((await shelf('By hand', admin).expect(201)).data.id).not.toBe(data.id);
    const told = await shop.database<{ actor: string }[]>`
      select actor from core.outbox where aggregate_id = ${data.id}
    `;
    expect(told).toEqual([{ actor: `service:${id}` }]);
  });

  it('shows that the key is in use', async () => {
    const { id, key } = await makeKey(['users.read']);
    expect((await stored(id)).last_used_at).toBeNull();
    await answerTo(key);
    const { last_used_at: first } = await stored(id);
    expect(Date.now() - Date.parse(first ?? '')).toBeLessThan(60_000);
    await answerTo(key);
    expect((await stored(id)).last_used_at).toBe(first);
  });
});

describe('a key belongs to the shop', () => {
  it('and goes on working when whoever made it is demoted, shut out, or erased', async () => {
    const maker = await shop.hire('admin');
    const { id, key } = await makeKey(['users.read'], maker);
    const { id: userId } = maker.account.user;
    await admin.patch(`/users/${userId}/`, { role: 'customer' }).expect(200);
    await admin.patch(`/users/${userId}/`, { active: false }).expect(200);
    expect(await answerTo(key)).toEqual(GOOD);
    await admin.patch(`/users/${userId}/`, { active: true }).expect(200);
    const { email } = maker.account.user;
    const again = await shop.guest.post<{ access: string }>('/auth/login/', {
      email,
      password: PASSWORD,
    });
    const customer = shop.guest.as({ ...maker.account, access: again.data.access });
    const exported =
      await customer.get<Record<string, readonly { id: string }[]>>('/users/me/export/');
    expect(exported.text).toContain(id);
    expect(exported.text).not.toContain(key);
    await customer.send('DELETE', '/api/v1/users/me/', { body: { password: PASSWORD } });
    await customer.get('/users/me/').refused(401, 'identity.invalid_access_token');
    expect(await answerTo(key)).toEqual(GOOD);
    expect((await stored(id)).created_by).toBe(userId);
    await admin.delete(`/api-keys/${id}/`).expect(200);
    expect((await answerTo(key))[0]).toBe(401);
  });

  it('and is written down nowhere: not in the database, not in the log', async () => {
    const { key } = await makeKey(['catalog.manage']);
    await answerTo(key);
    const secret = key.slice(17);
    expect(await rowsThatSay(shop.database, [key, secret])).toEqual([]);
    expect(JSON.stringify(shop.log)).not.toMatch(/kas_[0-9A-Za-z]{12}_[0-9A-Za-z]/);
    expect(shop.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
