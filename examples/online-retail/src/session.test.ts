import { describe, expect, it } from 'vitest';

import { Session } from './session.ts';
import type { Api, ApiAnswer, ApiCall } from './shop-client.ts';

const CREDENTIALS = { email: 'ada@shop.example', password: 'a long walk' };
const ADA = { first_name: 'Ada', last_name: 'Lovelace' };

/** A shop whose access tokens live so many seconds, and that remembers what it was asked. */
class FakeShop implements Api {
  readonly asked: string[] = [];
  readonly #lifetimes: number[];
  readonly #refusals: Map<string, readonly [number, string]>;
  readonly spoilt = new Set<string>();
  #issued = 0;

  constructor(
    lifetimes: readonly number[],
    refusals: Readonly<Record<string, readonly [number, string]>> = {},
  ) {
    this.#lifetimes = [...lifetimes];
    this.#refusals = new Map(Object.entries(refusals));
  }

  async call<Data>({ path, token }: ApiCall): Promise<ApiAnswer<Data>> {
    this.asked.push(token === undefined ? path : `${path} as ${token}`);
    await Promise.resolve();
    const refusal = this.#refusals.get(path);
    if (refusal !== undefined) return refuse(...refusal);
    if (token !== undefined && this.spoilt.has(token)) return refuse(401, 'expired');
    return { ok: true, data: this.#tokens() as Data, replayed: false, hasNextPage: false };
  }

  #tokens() {
    this.#issued += 1;
    const seconds = this.#lifetimes.shift() ?? 900;
    return { access: `t${this.#issued}`, refresh: `r${this.#issued}`, expires_in: seconds };
  }
}

function refuse(status: number, code: string): ApiAnswer<never> {
  return { ok: false, status, code, message: 'No.' };
}

async function open(shop: FakeShop): Promise<Session> {
  const opened = await Session.registerOrSignIn(shop, CREDENTIALS, ADA);
  if (!opened.ok) throw new Error(opened.code);
  return opened.session;
}

const LOOK = { method: 'GET', path: 'cart' } as const;

describe('a session', () => {
  it('opens an account and uses its token', async () => {
    const shop = new FakeShop([900]);
    await (await open(shop)).call(LOOK);
    expect(shop.asked).toEqual(['auth/register', 'cart as t1']);
  });

  it('signs in where the account stands already', async () => {
    const shop = new FakeShop([900], { 'auth/register': [409, 'identity.email_taken'] });
    await (await open(shop)).call(LOOK);
    expect(shop.asked).toEqual(['auth/register', 'auth/login', 'cart as t1']);
  });

  it('says why it cannot be opened', async () => {
    const shop = new FakeShop([], { 'auth/register': [422, 'identity.weak_password'] });
    expect(await Session.registerOrSignIn(shop, CREDENTIALS, ADA)).toEqual({
      ok: false,
      code: 'identity.weak_password',
      message: 'No.',
    });
  });

  it('renews an expired token once, however many calls are waiting', async () => {
    const shop = new FakeShop([0, 900]);
    const session = await open(shop);
    await Promise.all([session.call(LOOK), session.call(LOOK), session.call(LOOK)]);
    expect(shop.asked).toEqual([
      'auth/register',
      'auth/refresh',
      'cart as t2',
      'cart as t2',
      'cart as t2',
    ]);
  });

  it('renews a token that the shop takes no more, and repeats the call', async () => {
    const shop = new FakeShop([900, 900]);
    const session = await open(shop);
    shop.spoilt.add('t1');
    expect(await session.call(LOOK)).toMatchObject({ ok: true });
    expect(shop.asked).toEqual(['auth/register', 'cart as t1', 'auth/refresh', 'cart as t2']);
  });

  it('signs in anew when the refresh token is worth nothing either', async () => {
    const shop = new FakeShop([0, 900], { 'auth/refresh': [401, 'identity.session_ended'] });
    const session = await open(shop);
    await session.call(LOOK);
    expect(shop.asked).toEqual(['auth/register', 'auth/refresh', 'auth/login', 'cart as t2']);
  });

  it('gives up after one renewal', async () => {
    const shop = new FakeShop([900]);
    const session = await open(shop);
    for (const token of ['t1', 't2', 't3']) shop.spoilt.add(token);
    expect(await session.call(LOOK)).toMatchObject({ ok: false, status: 401 });
    expect(shop.asked).toHaveLength(4);
  });
});
