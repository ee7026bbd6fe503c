import { beforeEach, describe, expect, it } from 'vitest';

import {
  AdministerUser,
  ChangeAddress,
  ChangeProfile,
  EraseAccount,
  ExportPersonalData,
  RemoveAddress,
  SaveAddress,
  ViewAddresses,
  ViewProfile,
} from '@kastoma/application/identity';
import {
  aUser,
  emailAddress,
  givenUser,
  inMemoryShop,
  RecordedRevocations,
  signInPorts,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { SessionId } from '@kastoma/domain/core';
import type { User } from '@kastoma/domain/identity';

import { createHttpApp, type HttpApp, type HttpDependencies } from '../http-app.ts';

type Fault = { readonly code: string; readonly path: string | null };
type Answer = {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly Fault[] | null;
};
type Sent = { readonly body?: unknown; readonly headers?: Record<string, string> };

const ADDRESS = {
  name: 'Ada Lovelace',
  line1: '12 St James’s Square',
  city: 'London',
  postal_code: 'SW1Y 4JH',
  country: 'GB',
};

let shop: ShopPorts;
let ports: ReturnType<typeof signInPorts>;
let app: HttpApp;
let ada: User;

beforeEach(async () => {
  shop = inMemoryShop();
  ports = signInPorts(shop);
  const dependencies = {
    ...shop,
    ...ports,
    unitOfWork: shop.identity,
    revokedAccess: new RecordedRevocations(),
    privacyPolicy: { yearsOfOrderAddresses: 0 },
  };
  app = createHttpApp({
    ...ports,
    settings: shop.settings,
    identity: {
      viewProfile: new ViewProfile(shop),
      changeProfile: new ChangeProfile(dependencies),
      eraseAccount: new EraseAccount(dependencies),
      exportPersonalData: new ExportPersonalData(dependencies),
      viewAddresses: new ViewAddresses(shop),
      saveAddress: new SaveAddress(dependencies),
      changeAddress: new ChangeAddress(dependencies),
      removeAddress: new RemoveAddress(dependencies),
      userQueries: shop.userQueries,
      administerUser: new AdministerUser(dependencies),
    },
    catalog: {},
    cart: {},
    notifications: {},
    payments: {},
    orders: {},
    healthChecks: [],
    seedPicturesFolder: '/nowhere',
  } as unknown as HttpDependencies);
  ada = await givenUser(shop, aUser({ email: emailAddress('ada@example.com') }));
});

/** Somebody who calls the API. */
async function clientOf({ state: { id, role, tokenVersion } }: User) {
  const claims = { userId: id, role, sessionId: shop.ids.next<SessionId>(), tokenVersion };
  const { token } = await ports.accessTokens.issue(claims, shop.clock.now());
  return async (method: string, path: string, { body, headers = {} }: Sent = {}) => {
    const response = await app.request(`/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { data, errors } = (await response.json()) as Answer;
    const fault = errors?.[0];
    return { status: response.status, headers: response.headers, data, fault };
  };
}

describe('one’s own account over HTTP', () => {
  it('is shown, and changed under the version that was read', async () => {
    const call = await clientOf(ada);
    const shown = await call('GET', '/users/me');
    expect(shown.status).toBe(200);
    const body = {
      first_name: ' Augusta ',
      phone: '+44 20 7946 0958',
      locale: 'en-gb',
      birth_date: '1985-12-10',
      marketing_consent: true,
      avatar: 'https://images.example/ada.jpg',
    };
    const headers = { 'If-Match': shown.headers.get('etag') ?? '' };
    const changed = await call('PATCH', '/users/me', { body, headers });
    expect(changed.status).toBe(200);
    expect(changed.data).toEqual({
      ...shown.data,
      ...body,
      first_name: 'Augusta',
      locale: 'en-GB',
    });
    expect(changed.headers.get('etag')).toMatch(/^"v2-/);
    const late = await call('PATCH', '/users/me', { body: { phone: null }, headers });
    expect([late.status, late.fault?.code]).toEqual([412, 'core.stale_version']);
    expect((await call('PATCH', '/users/me', { body: { phone: null } })).data).toMatchObject({
      phone: null,
      locale: 'en-GB',
    });
  });

  it.each([
    ['role', 'admin'],
    ['is_staff', true],
    ['is_admin', true],
    ['email_verified', true],
    ['email', 'eve@example.com'],
    ['password', 'a long walk by the sea'],
    ['password_hash', '!'],
    ['groups', ['vip']],
    ['active', true],
    ['token_version', 1],
    ['version', 9],
    ['id', '0199c0de-0000-7000-8000-000000000000'],
    ['__proto__', { role: 'admin' }],
    ['constructor', { role: 'admin' }],
  ])('is not made more of by slipping %s in', async (field, value) => {
    const call = await clientOf(ada);
    const body = `{"first_name":"Eve",${JSON.stringify(field)}:${JSON.stringify(value)}}`;
    const { status } = await call('PATCH', '/users/me', { body: JSON.parse(body) as unknown });
    const { state } = (await shop.users.find(ada.state.id))._unsafeUnwrap();
    expect(state).toEqual(ada.state);
    expect(status).toBe(422);
  });

  it.each([
    [{ first_name: '' }, 'core.invalid_text', 'first_name'],
    [{ last_name: 'x'.repeat(81) }, 'core.invalid_text', 'last_name'],
    [{ phone: 'call me' }, 'core.invalid_phone', 'phone'],
    [{ locale: '../../etc' }, 'identity.invalid_locale', 'locale'],
    [{ birth_date: '2001-02-29' }, 'identity.invalid_birth_date', 'birth_date'],
    [{ birth_date: '2999-01-01' }, 'identity.invalid_birth_date', 'birth_date'],
    [{ avatar: 'javascript:alert(1)' }, 'identity.invalid_avatar', 'avatar'],
  ])('refuses %j', async (body, code, path) => {
    const call = await clientOf(ada);
    const { status, fault } = await call('PATCH', '/users/me', { body });
    expect([status, fault?.code, fault?.path]).toEqual([422, code, path]);
  });

  it('is taken away as a file that nobody keeps on the way', async () => {
    const call = await clientOf(ada);
    const file = await call('GET', '/users/me/export');
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="my-data.json"');
    expect(file.headers.get('cache-control')).toBe('no-store');
    expect(file.data).toMatchObject({ records: { account: [expect.anything()] } });
  });

  it('is erased by its password alone', async () => {
    const call = await clientOf(ada);
    const erase = async (body: unknown) => call('DELETE', '/users/me', { body });
    expect((await erase({})).status).toBe(422);
    const wrong = await erase({ password: 'wrong horse' });
    expect(wrong.status).toBe(422);
    expect(wrong.fault).toMatchObject({ code: 'identity.wrong_password', path: 'password' });
    const erased = await erase({ password: 'correct horse' });
    expect([erased.status, erased.data]).toEqual([200, null]);
    expect((await call('GET', '/users/me')).status).toBe(404);
  });
});

describe('one’s addresses over HTTP', () => {
  it('are kept, changed and forgotten, with one default for each purpose', async () => {
    const call = await clientOf(ada);
    const first = await call('POST', '/users/me/addresses', { body: ADDRESS });
    expect(first.status).toBe(201);
    expect(first.data).toMatchObject({
      ...ADDRESS,
      line2: null,
      is_default_shipping: true,
      is_default_billing: true,
      version: 1,
    });
    const home = `/users/me/addresses/${String(first.data?.['id'])}`;
    const second = await call('POST', '/users/me/addresses', {
      body: { ...ADDRESS, name: 'Office', is_default_billing: true },
    });
    const office = `/users/me/addresses/${String(second.data?.['id'])}`;
    const listed = await call('GET', '/users/me/addresses');
    expect(listed.data).toMatchObject([
      { name: 'Ada Lovelace', is_default_shipping: true, is_default_billing: false, version: 2 },
      { name: 'Office', is_default_shipping: false, is_default_billing: true, version: 1 },
    ]);
    expect((await call('GET', '/users/me/addresses?page=2&page_size=1')).data).toMatchObject([
      { name: 'Office' },
    ]);

    const headers = { 'If-Match': first.headers.get('etag') ?? '' };
    const late = await call('PATCH', home, { body: { line2: 'Flat 7' }, headers });
    expect(late.status).toBe(412);
    const moved = await call('PATCH', home, { body: { line2: 'Flat 7', phone: '0171/123456' } });
    expect(moved.data).toMatchObject({ ...ADDRESS, line2: 'Flat 7', phone: '0171/123456' });
    expect((await call('PATCH', home, { body: { line2: null } })).data).toMatchObject({
      line2: null,
      phone: '0171/123456',
    });

    expect((await call('DELETE', home, { headers })).status).toBe(412);
    expect((await call('DELETE', home)).status).toBe(200);
    expect((await call('GET', home)).fault?.code).toBe('identity.address_not_found');
    expect((await call('GET', office)).data).toMatchObject({
      is_default_shipping: true,
      is_default_billing: true,
    });
  });

  it.each([
    [{ country: 'XX' }, 'core.unknown_country', 'country'],
    [{ postal_code: '' }, 'core.invalid_text', 'postal_code'],
    [{ is_default_shipping: false }, 'identity.default_address_needed', 'is_default_shipping'],
    [{ user_id: '0199c0de-0000-7000-8000-000000000000' }, 'request.unknown_field', 'user_id'],
  ])('refuse the change %j', async (body, code, path) => {
    const call = await clientOf(ada);
    const { data } = await call('POST', '/users/me/addresses', { body: ADDRESS });
    const changed = await call('PATCH', `/users/me/addresses/${String(data?.['id'])}`, { body });
    expect([changed.status, changed.fault?.path]).toEqual([422, path]);
    if (!code.startsWith('request.')) expect(changed.fault?.code).toBe(code);
  });

  it('are nobody else’s: to them there are none', async () => {
    const [mine, others] = [await clientOf(ada), await clientOf(await givenUser(shop))];
    const { data } = await mine('POST', '/users/me/addresses', { body: ADDRESS });
    const path = `/users/me/addresses/${String(data?.['id'])}`;
    const tries = [
      await others('GET', path),
      await others('PATCH', path, { body: { name: 'Eve' } }),
      await others('DELETE', path),
    ];
    expect(tries.map(({ status, fault }) => [status, fault?.code])).toEqual(
      tries.map(() => [404, 'identity.address_not_found']),
    );
    expect((await mine('GET', path)).data).toEqual(data);
    expect((await others('GET', '/users/me/addresses')).data).toEqual([]);
  });

  it('are at most fifty', async () => {
    const call = await clientOf(ada);
    for (let count = 0; count < 50; count += 1)
      expect((await call('POST', '/users/me/addresses', { body: ADDRESS })).status).toBe(201);
    const refused = await call('POST', '/users/me/addresses', { body: ADDRESS });
    expect([refused.status, refused.fault?.code]).toEqual([409, 'identity.address_book_full']);
  });
});

describe('the accounts of the shop over HTTP', () => {
  it('are read by staff, without what is nobody’s business, and changed by admins alone', async () => {
    const staff = await clientOf(await givenUser(shop, aUser({ role: 'staff' })));
    const admin = await clientOf(await givenUser(shop, aUser({ role: 'admin' })));
    const listed = await staff('GET', '/users?search=ADA@&role=customer&active=true');
    expect(listed.data).toMatchObject([
      { id: ada.state.id, role: 'customer', active: true, groups: [], version: 1 },
    ]);
    const path = `/users/${ada.state.id}`;
    const shown = await staff('GET', path);
    expect(Object.keys(shown.data ?? {})).not.toContain('birth_date');
    expect((await staff('PATCH', path, { body: { role: 'staff' } })).status).toBe(403);
    expect((await (await clientOf(ada))('GET', '/users')).status).toBe(403);
    expect((await (await clientOf(ada))('GET', path)).status).toBe(403);

    const headers = { 'If-Match': shown.headers.get('etag') ?? '' };
    const body = { role: 'staff', active: false, groups: ['Wholesale', 'vip'] };
    const changed = await admin('PATCH', path, { body, headers });
    expect(changed.data).toMatchObject({
      role: 'staff',
      active: false,
      groups: ['vip', 'wholesale'],
    });
    expect((await admin('PATCH', path, { body, headers })).status).toBe(412);
  });

  it.each([
    [{ role: 'root' }, 'role'],
    [{ role: 'guest' }, 'role'],
    [{ email: 'eve@example.com' }, 'email'],
    [{ email_verified: true }, 'email_verified'],
    [{ groups: ['a b'] }, 'groups.0'],
    [{ groups: 'vip' }, 'groups'],
    [{ active: 'no' }, 'active'],
  ])('are not changed by %j', async (body, path) => {
    const admin = await clientOf(await givenUser(shop, aUser({ role: 'admin' })));
    const refused = await admin('PATCH', `/users/${ada.state.id}`, { body });
    expect([refused.status, refused.fault?.path]).toEqual([422, path]);
    expect((await shop.users.find(ada.state.id))._unsafeUnwrap().state).toEqual(ada.state);
  });

  it('always hold an administrator', async () => {
    const boss = await givenUser(shop, aUser({ role: 'admin' }));
    const admin = await clientOf(boss);
    const refused = await admin('PATCH', `/users/${boss.state.id}`, { body: { role: 'staff' } });
    expect([refused.status, refused.fault?.code]).toEqual([409, 'identity.last_administrator']);
  });
});
