import { describe, expect, it } from 'vitest';

import {
  AdministerUser,
  ConfirmSecondFactor,
  DisableSecondFactor,
  EnrolSecondFactor,
  LogIn,
  ReplaceRecoveryCodes,
  ResetSecondFactor,
  RevocableAccessTokens,
  ViewProfile,
  ViewSecondFactor,
  type SecondFactorPolicy,
} from '@kastoma/application/identity';
import {
  authenticatorOf,
  aUser,
  givenUser,
  inMemoryShop,
  signInPorts,
} from '@kastoma/application/testing';
import { parseEmailAddress } from '@kastoma/domain/identity';

import { createHttpApp, type HttpDependencies } from '../http-app.ts';

type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Readonly<Record<string, string & readonly string[]>>;
  readonly errors: readonly { readonly code: string; readonly path: string | null }[] | null;
};

const password = 'correct horse';
const email = 'ada@example.com';

async function openApp(requiredOf: SecondFactorPolicy['requiredOf'] = 'none') {
  const shop = inMemoryShop();
  const own = signInPorts(shop);
  const secondFactorPolicy = { requiredOf, issuer: 'The Shop' };
  const accessTokens = new RevocableAccessTokens({
    signedTokens: own.accessTokens,
    revokedAccess: own.revokedAccess,
    standings: shop.accessStandings,
    secondFactorPolicy,
  });
  const ports = {
    ...own,
    accessTokens,
    unitOfWork: shop.identity,
    users: shop.users,
    secondFactors: shop.secondFactors,
    secondFactorPolicy,
  };
  const app = createHttpApp({
    ...ports,
    settings: shop.settings,
    identity: {
      logIn: new LogIn(ports),
      viewProfile: new ViewProfile(ports),
      userQueries: shop.userQueries,
      administerUser: new AdministerUser(ports),
      viewSecondFactor: new ViewSecondFactor(ports),
      enrolSecondFactor: new EnrolSecondFactor(ports),
      confirmSecondFactor: new ConfirmSecondFactor(ports),
      disableSecondFactor: new DisableSecondFactor(ports),
      replaceRecoveryCodes: new ReplaceRecoveryCodes(ports),
      resetSecondFactor: new ResetSecondFactor(ports),
    },
    catalog: {},
    cart: {},
    notifications: {},
    payments: {},
    orders: {},
    promotions: {},
    healthChecks: [],
    publicKeys: [],
    seedPicturesFolder: '/nowhere',
  } as unknown as HttpDependencies);
  const ada = await givenUser(
    shop,
    aUser({ email: parseEmailAddress(email)._unsafeUnwrap(), role: 'admin' }),
  );
  const ask = async (
    method: string,
    path: string,
    body?: object,
    access?: string,
  ): Promise<Answer> => {
    const response = await app.request(`/api/v1${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(access === undefined ? {} : { Authorization: `Bearer ${access}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { data, errors } = (await response.json()) as Answer;
    return { status: response.status, headers: response.headers, data, errors };
  };
  const logIn = (code?: unknown) => ask('POST', '/auth/login', { email, password, code });
  const enrolled = async (access: string) => {
    const { data } = await ask('POST', '/auth/totp/enrol', { password }, access);
    const authenticator = authenticatorOf(own.secondFactorSecrets, data['secret'] ?? '');
    return () => authenticator.show(shop.clock.now());
  };
  return { ask, logIn, enrolled, ada, clock: shop.clock };
}

const codesOf = ({ errors }: Answer) => errors?.map(({ code }) => code);

describe('the second factor over HTTP', () => {
  it('is enrolled, confirmed, asked for, and switched off', async () => {
    const { ask, logIn, enrolled, clock } = await openApp();
    const access = (await logIn()).data['access'] ?? '';
    const shown = await enrolled(access);
    const confirmed = await ask('POST', '/auth/totp/confirm', { code: shown() }, access);
    expect(confirmed.status).toBe(200);
    expect(confirmed.data['recovery_codes']?.[0]).toMatch(/^(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
    const without = await logIn();
    expect([without.status, codesOf(without)]).toEqual([401, ['identity.second_factor_required']]);
    expect(without.headers.get('www-authenticate')).toBe('Bearer');
    const wrong = await logIn('000000');
    expect([wrong.status, codesOf(wrong)]).toEqual([401, ['identity.invalid_second_factor']]);
    clock.advance(30);
    const again = (await logIn(shown())).data['access'] ?? '';
    const status = await ask('GET', '/auth/totp', undefined, again);
    expect(status.headers.get('etag')).toMatch(/^"v\d+-/);
    expect(status.data).toMatchObject({ enabled: true, recovery_codes_left: 10, required: false });
    const [code = ''] = confirmed.data['recovery_codes'] ?? [];
    const off = await ask('POST', '/auth/totp/disable', { password, code }, again);
    expect([off.status, off.data]).toEqual([200, null]);
    expect((await ask('GET', '/auth/totp', undefined, again)).data).toEqual({
      enabled: false,
      enabled_since: null,
      recovery_codes_left: 0,
      required: false,
    });
  });

  it('shows its secrets once, in answers that nobody stores', async () => {
    const { ask, logIn } = await openApp();
    const access = (await logIn()).data['access'];
    const answer = await ask('POST', '/auth/totp/enrol', { password }, access);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.data['otpauth_uri']).toContain(`secret=${answer.data['secret']}`);
    const status = await ask('GET', '/auth/totp', undefined, access);
    expect(JSON.stringify(status.data)).not.toContain(answer.data['secret']);
  });

  it.each([
    ['enrol', { password: 'wrong horse' }, 'identity.wrong_password', 'password'],
    ['enrol', {}, 'request.missing_field', 'password'],
    ['enrol', { password, user_id: 'x' }, 'request.unknown_field', 'user_id'],
    ['confirm', { code: '000000' }, 'identity.wrong_second_factor_code', 'code'],
    ['confirm', { code: 123_456 }, 'request.invalid_field', 'code'],
    ['confirm', { code: '0'.repeat(1_001) }, 'request.invalid_field', 'code'],
    ['disable', { password }, 'request.missing_field', 'code'],
    ['recovery-codes', { code: '000000' }, 'request.missing_field', 'password'],
  ])('refuses a bad %s with 422 and the place: %j', async (path, body, code, place) => {
    const { ask, logIn, enrolled } = await openApp();
    const access = (await logIn()).data['access'] ?? '';
    await enrolled(access);
    const answer = await ask('POST', `/auth/totp/${path}`, body, access);
    expect([answer.status, answer.errors?.[0]]).toMatchObject([422, { path: place }]);
    if (code.startsWith('identity')) expect(codesOf(answer)).toEqual([code]);
  });

  it.each([null, 123_456, ['123456'], { value: '1' }, true])(
    'is not signed in with a code that is no text: %j',
    async (code) => {
      const answer = await (await openApp()).logIn(code);
      expect([answer.status, answer.errors?.[0]?.path]).toEqual([422, 'code']);
    },
  );

  it('is said to be absent, active, or one’s own where nothing can be done', async () => {
    const { ask, logIn, enrolled, ada, clock } = await openApp();
    const access = (await logIn()).data['access'] ?? '';
    const nothing = await ask('POST', '/auth/totp/disable', { password, code: '000000' }, access);
    expect([nothing.status, codesOf(nothing)]).toEqual([404, ['identity.second_factor_not_found']]);
    const own = await ask('DELETE', `/users/${ada.state.id}/totp`, undefined, access);
    expect([own.status, codesOf(own)]).toEqual([409, ['identity.own_second_factor']]);
    const shown = await enrolled(access);
    await ask('POST', '/auth/totp/confirm', { code: shown() }, access);
    clock.advance(30);
    const again = (await logIn(shown())).data['access'];
    const active = await ask('POST', '/auth/totp/enrol', { password }, again);
    expect([active.status, codesOf(active)]).toEqual([409, ['identity.second_factor_active']]);
  });
});

describe('where the role wants a second factor', () => {
  it('only one’s account is open without, and everything at once when it is confirmed', async () => {
    const { ask, logIn, enrolled, clock } = await openApp('staff');
    const access = (await logIn()).data['access'] ?? '';
    for (const path of ['/users', '/products', '/cart', '/orders']) {
      const kept = await ask('GET', path, undefined, access);
      expect([path, kept.status, codesOf(kept)]).toEqual([
        path,
        403,
        ['identity.second_factor_enrolment_required'],
      ]);
      expect(kept.headers.has('www-authenticate')).toBe(false);
    }
    expect((await ask('GET', '/users/me', undefined, access)).status).toBe(200);
    expect((await ask('GET', '/auth/totp', undefined, access)).data).toMatchObject({
      required: true,
    });
    const shown = await enrolled(access);
    expect((await ask('GET', '/users', undefined, access)).status).toBe(403);
    await ask('POST', '/auth/totp/confirm', { code: shown() }, access);
    clock.advance(30);
    const again = (await logIn(shown())).data['access'];
    expect((await ask('GET', '/users', undefined, again)).status).toBe(200);
  });
});
