import { describe, expect, it } from 'vitest';

import {
  EndAllSessions,
  EndSession,
  RefreshSession,
  RegisterUser,
  RevocableAccessTokens,
  type RevokedAccess,
} from '@kastoma/application/identity';
import { inMemoryShop, signInPorts } from '@kastoma/application/testing';

import { createHttpApp, type HttpDependencies } from '../http-app.ts';

type Answer = {
  readonly data: { readonly access: string; readonly refresh: string } & Record<string, unknown>;
  readonly errors: readonly { readonly code: string }[] | null;
  readonly pagination: { readonly count: number } | null;
};
type Session = { readonly id: string; readonly device: string; readonly current: boolean };
type Tokens = { readonly access: string; readonly refresh: string };

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0';
const NOBODY: RevokedAccess = { add: async () => undefined, has: async () => false };

function openApp() {
  const shop = inMemoryShop();
  const own = signInPorts(shop);
  const ports = { ...own, unitOfWork: shop.identity, users: shop.users, revokedAccess: NOBODY };
  // Nothing is cached in these tests: each request is at a later time than any standing was read.
  const accessTokens = new RevocableAccessTokens({
    signedTokens: own.accessTokens,
    revokedAccess: NOBODY,
    standings: shop.accessStandings,
    secondFactorPolicy: { requiredOf: 'none', issuer: 'Shop' },
  });
  const app = createHttpApp({
    ...ports,
    accessTokens,
    settings: shop.settings,
    identity: {
      ...ports,
      registerUser: new RegisterUser({ ...ports, accessTokens }),
      refreshSession: new RefreshSession({ ...ports, accessTokens }),
      endSession: new EndSession(ports),
      endAllSessions: new EndAllSessions(ports),
      sessionQueries: shop.sessionQueries,
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
  const ask = async (method: string, path: string, headers: object, body?: object) => {
    shop.clock.advance(10);
    const response = await app.request(`/api/v1/auth/${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, ...((await response.json()) as Answer) };
  };
  const as = (tokens: Tokens) => (method: string, path: string) =>
    ask(method, path, { Authorization: `Bearer ${tokens.access}` });
  return {
    as,
    ask,
    signUp: async (email: string, userAgent: string = FIREFOX): Promise<Tokens> => {
      const person = { email, first_name: 'Ada', last_name: 'Lovelace' };
      const body = { ...person, password: 'a long walk by the sea' };
      return (await ask('POST', 'register', { 'User-Agent': userAgent }, body)).data;
    },
    refresh: ({ refresh }: Tokens) => ask('POST', 'refresh', {}, { refresh }),
  };
}

const sessionsIn = (answer: Answer) => answer.data as unknown as readonly Session[];
const codeOf = ({ errors }: Answer) => errors?.[0]?.code;

describe('signing out', () => {
  it('ends the session: neither its access token nor its refresh token is good', async () => {
    const { as, refresh, signUp } = openApp();
    const ada = await signUp('ada@example.com');
    const signedOut = await as(ada)('POST', 'logout');
    expect([signedOut.status, signedOut.data]).toEqual([200, null]);
    const after = await as(ada)('GET', 'sessions');
    expect([after.status, codeOf(after)]).toEqual([401, 'identity.invalid_access_token']);
    const refreshed = await refresh(ada);
    expect([refreshed.status, codeOf(refreshed)]).toEqual([401, 'identity.session_ended']);
  });

  it('leaves everybody else as they are, and everywhere means one’s own everywhere', async () => {
    const { as, refresh, signUp } = openApp();
    const [ada, eve] = [await signUp('ada@example.com'), await signUp('eve@example.com')];
    expect((await as(ada)('POST', 'logout-all')).status).toBe(200);
    expect((await as(ada)('GET', 'sessions')).status).toBe(401);
    expect((await refresh(ada)).status).toBe(401);
    expect((await as(eve)('GET', 'sessions')).status).toBe(200);
    expect((await refresh(eve)).status).toBe(200);
  });

  it('is not for guests', async () => {
    const { ask } = openApp();
    for (const path of ['logout', 'logout-all'])
      expect((await ask('POST', path, {})).status).toBe(401);
  });
});

describe('my sessions', () => {
  it('are listed with their devices, and the one that asks is marked', async () => {
    const { as, signUp } = openApp();
    const answer = await as(await signUp('ada@example.com'))('GET', 'sessions');
    expect(answer.pagination?.count).toBe(1);
    expect(sessionsIn(answer)).toEqual([
      {
        id: expect.any(String) as unknown,
        device: 'Firefox on Windows',
        address: 'unknown',
        created_at: expect.any(String) as unknown,
        last_used_at: expect.any(String) as unknown,
        expires_at: expect.any(String) as unknown,
        current: true,
      },
    ]);
  });

  it('show nothing of what a device might say to harm who reads it', async () => {
    const { as, signUp } = openApp();
    const ada = await signUp('ada@example.com', '<img src=x onerror=alert(1)>');
    expect(sessionsIn(await as(ada)('GET', 'sessions'))[0]?.device).toBe('');
  });

  it('can be ended one by one, and somebody else’s cannot be found', async () => {
    const { as, ask, signUp } = openApp();
    const [ada, eve] = [await signUp('ada@example.com'), await signUp('eve@example.com')];
    const { id = '' } = sessionsIn(await as(ada)('GET', 'sessions'))[0] ?? {};
    const stolen = await as(eve)('DELETE', `sessions/${id}`);
    expect([stolen.status, codeOf(stolen)]).toEqual([404, 'identity.session_not_found']);
    expect((await as(eve)('DELETE', 'sessions/none')).status).toBe(404);
    const stale = await ask('DELETE', `sessions/${id}`, {
      Authorization: `Bearer ${ada.access}`,
      'If-Match': '"v7"',
    });
    expect([stale.status, codeOf(stale)]).toEqual([412, 'core.stale_version']);
    expect((await as(ada)('DELETE', `sessions/${id}`)).status).toBe(200);
    expect((await as(ada)('GET', 'sessions')).status).toBe(401);
  });
});
