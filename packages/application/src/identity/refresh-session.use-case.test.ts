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

  it('serves a lost answer once more within ten seconds: the retry gets a token of its own', async () => {
    const { refresh: token } = signedIn.tokens;
    const lost = (await refresh(token))._unsafeUnwrap();
    shop.clock.advance(10);
    const retried = (await refresh(token))._unsafeUnwrap();
    expect(retried.refresh).not.toBe(lost.refresh);
    const next = (await refresh(retried.refresh))._unsafeUnwrap();
    expect(await refresh(lost.refresh)).toEqual(replayed);
    expect(await refresh(next.refresh)).toEqual(ended);
  });

  it('ends the whole session when a token comes again later', async () => {
    const stolen = signedIn.tokens.refresh;
    const mine = (await refresh(stolen))._unsafeUnwrap();
    shop.clock.advance(10.001);
    expect(await refresh(stolen)).toEqual(replayed);
    expect(await refresh(mine.refresh)).toEqual(ended);
    expect(await refresh(stolen)).toEqual(ended);
    const { sessionId } = readRefreshToken(stolen)._unsafeUnwrap();
    expect(ports.revokedAccess.added).toEqual([{ kind: 'session', sessionId }]);
    expect(await shop.eventsOf(sessionId)).toMatchObject([
      { type: 'identity.session_opened' },
      {
        type: 'identity.refresh_token_replayed',
        payload: { sessionId, userId: signedIn.user.state.id },
      },
    ]);
  });

  it('knows a token that was spent long ago', async () => {
    let { refresh: last } = signedIn.tokens;
    for (let round = 0; round < 50; round += 1)
      last = (await refresh(last))._unsafeUnwrap().refresh;
    expect(await refresh(signedIn.tokens.refresh)).toEqual(replayed);
    expect(await refresh(last)).toEqual(ended);
  });

  it('is not ended by a guess: knowing the id of a session is not enough', async () => {
    const token = readRefreshToken(signedIn.tokens.refresh)._unsafeUnwrap();
    const guesses = [
      { ...token, familySecret: 'guess' },
      { ...token, familySecret: 'guess', secret: 'guess' },
    ];
    for (const guess of guesses) expect(await refresh(formatRefreshToken(guess))).toEqual(ended);
    expect((await refresh(signedIn.tokens.refresh)).isOk()).toBe(true);
  });

  it('is good for thirty days after its last renewal, and no longer', async () => {
    let { refresh: token } = signedIn.tokens;
    for (let month = 0; month < 3; month += 1) {
      shop.clock.advance(30 * DAY - 1);
      token = (await refresh(token))._unsafeUnwrap().refresh;
    }
    shop.clock.advance(30 * DAY);
    expect(await refresh(token)).toEqual(ended);
  });

  it('is refused for somebody whose account is not active', async () => {
    const { id } = signedIn.user.state;
    const changed = await shop.identity.run(SHOP, ({ users }) =>
      users.find(id).andThen((user) => users.save(user.deactivate(shop.clock.now()))),
    );
    expect(changed.isOk()).toBe(true);
    expect(await refresh(signedIn.tokens.refresh)).toEqual(ended);
  });

  it('gives tokens of the role that its owner has now', async () => {
    const { id } = signedIn.user.state;
    const voided = await shop.identity.run(SHOP, ({ access }) => access.voidTokens(id));
    expect(voided.isOk()).toBe(true);
    const { access } = (await refresh(signedIn.tokens.refresh))._unsafeUnwrap();
    const claims = await ports.accessTokens.verify(access, shop.clock.now());
    expect(claims._unsafeUnwrap()).toMatchObject({ userId: id, tokenVersion: 2 });
  });

  it('is refused for an unknown session', async () => {
    const nobodys = formatRefreshToken({
      sessionId: shop.ids.next<SessionId>(),
      familySecret: 'secret-1',
      secret: 'secret-2',
    });
    expect(await refresh(nobodys)).toEqual(ended);
  });

  it.each(['', '.', 'nonsense', 'a.b.c', `${'0'.repeat(36)}.family.secret`])(
    'is refused for what is no token: %j',
    async (token) => {
      expect(await refresh(token)).toEqual(ended);
    },
  );

  it('reads a token of four parts, or without one of its secrets, for none', async () => {
    const { refresh: token } = signedIn.tokens;
    expect(await refresh(`${token}.more`)).toEqual(ended);
    expect(await refresh(token.replace(/[^.]*$/, ''))).toEqual(ended);
    expect(await refresh(token.replace(/\.[^.]*\./, '..'))).toEqual(ended);
    expect(await refresh(token.replace(/\.[^.]*$/, ''))).toEqual(ended);
    expect((await refresh(token)).isOk()).toBe(true);
  });
});
