import { err } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { SessionId } from '@kastoma/domain/core';

import { emailAddress, password } from '../testing/builders/user.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { signInPorts } from '../testing/sign-in-ports.ts';
import { RefreshSession } from './refresh-session.use-case.ts';
import { RegisterUser } from './register-user.use-case.ts';
import { formatRefreshToken, readRefreshToken, type SignedIn } from './sign-in.ts';

const ended = err({ code: 'identity.session_ended' });
const replayed = err({ code: 'identity.refresh_token_replayed' });
const DAY = 24 * 60 * 60;

let shop: ShopPorts;
let ports: ReturnType<typeof signInPorts>;
let signedIn: SignedIn;
let refreshSession: RefreshSession;

beforeEach(async () => {
  shop = inMemoryShop();
  ports = signInPorts(shop);
  refreshSession = new RefreshSession({ ...ports, unitOfWork: shop.identity });
  const registerUser = new RegisterUser({ ...ports, unitOfWork: shop.identity });
  const command = {
    email: emailAddress(),
    password: password(),
    firstName: 'Ada',
    lastName: 'Shopper',
  };
  signedIn = (await registerUser.execute(command, SHOP))._unsafeUnwrap();
});

function refresh(refreshToken: string) {
  return refreshSession.execute({ refreshToken }, SHOP);
}

describe('refreshing a session', () => {
  it('trades the token for the next one and a new access token', async () => {
    const first = (await refresh(signedIn.tokens.refresh))._unsafeUnwrap();
    expect(first.refresh).not.toBe(signedIn.tokens.refresh);
    const claims = await ports.accessTokens.verify(first.access, shop.clock.now());
    expect(claims._unsafeUnwrap().userId).toBe(signedIn.user.state.id);
    const second = (await refresh(first.refresh))._unsafeUnwrap();
    expect((await refresh(second.refresh)).isOk()).toBe(true);
  });

  it('ends the whole session when a token comes a second time', async () => {
    const stolen = signedIn.tokens.refresh;
    const mine = (await refresh(stolen))._unsafeUnwrap();
    expect(await refresh(stolen)).toEqual(replayed);
    expect(await refresh(mine.refresh)).toEqual(ended);
    expect(await refresh(stolen)).toEqual(ended);
  });

  it('takes a guessed secret for a replay', async () => {
    const { sessionId } = readRefreshToken(signedIn.tokens.refresh)._unsafeUnwrap();
    expect(await refresh(formatRefreshToken(sessionId, 'guess'))).toEqual(replayed);
    expect(await refresh(signedIn.tokens.refresh)).toEqual(ended);
  });

  it('lets one of two get the next token when both come at once, and ends the session', async () => {
    const runs = await Promise.all([
      refresh(signedIn.tokens.refresh),
      refresh(signedIn.tokens.refresh),
    ]);
    expect(runs.filter((run) => run.isOk())).toHaveLength(1);
    const winner = runs.find((run) => run.isOk())?._unsafeUnwrap();
    expect(await refresh(winner?.refresh ?? '')).toEqual(ended);
  });

  it('is good for thirty days, and no longer', async () => {
    shop.clock.advance(30 * DAY - 1);
    const { refresh: next } = (await refresh(signedIn.tokens.refresh))._unsafeUnwrap();
    shop.clock.advance(1);
    expect(await refresh(next)).toEqual(ended);
  });

  it('is refused for an unknown session', async () => {
    const nobodys = formatRefreshToken(shop.ids.next<SessionId>(), 'secret-1');
    expect(await refresh(nobodys)).toEqual(ended);
  });

  it.each(['', '.', 'nonsense', 'a.b.c', `${'0'.repeat(36)}.secret`])(
    'is refused for what is no token: %j',
    async (token) => {
      expect(await refresh(token)).toEqual(ended);
    },
  );

  it('reads a token of three parts, or without a secret, for none', async () => {
    const { refresh: token } = signedIn.tokens;
    expect(await refresh(`${token}.more`)).toEqual(ended);
    expect(await refresh(token.replace(/\..*/, '.'))).toEqual(ended);
    expect((await refresh(token)).isOk()).toBe(true);
  });
});
