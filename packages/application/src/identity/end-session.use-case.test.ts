import { err, ok } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { SessionId } from '@kastoma/domain/core';
import { SESSION_LIFE_MILLISECONDS } from '@kastoma/domain/identity';

import { emailAddress, password } from '../testing/builders/user.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { signInPorts } from '../testing/sign-in-ports.ts';
import type { AccessRevocation } from './access-repository.port.ts';
import { EndAllSessions } from './end-all-sessions.use-case.ts';
import { EndSession } from './end-session.use-case.ts';
import { RefreshSession } from './refresh-session.use-case.ts';
import { RegisterUser } from './register-user.use-case.ts';
import { formatRefreshToken, openSession, readRefreshToken, type SignedIn } from './sign-in.ts';

const notFound = err({ code: 'identity.session_not_found' });
const ended = err({ code: 'identity.session_ended' });

let shop: ShopPorts;
let told: AccessRevocation[];
let endSession: EndSession;
let endAllSessions: EndAllSessions;
let register: () => Promise<SignedIn>;
let refresh: (signedIn: SignedIn) => ReturnType<RefreshSession['execute']>;

beforeEach(() => {
  shop = inMemoryShop();
  told = [];
  const ports = { ...signInPorts(shop), unitOfWork: shop.identity };
  const revokedAccess = {
    add: async (revocation: AccessRevocation) => void told.push(revocation),
    has: async () => false,
  };
  endSession = new EndSession({ ...ports, revokedAccess });
  endAllSessions = new EndAllSessions({ ...ports, revokedAccess });
  const name = { firstName: 'Ada', lastName: 'Shopper' };
  register = async () => {
    const command = { email: emailAddress(), password: password(), ...name };
    return (await new RegisterUser(ports).execute(command, SHOP))._unsafeUnwrap();
  };
  refresh = ({ tokens }) =>
    new RefreshSession(ports).execute({ refreshToken: tokens.refresh }, SHOP);
});

/** Of whom the audit trail tells such a thing. */
async function trail(action: string) {
  const filter = { actor: null, action, subject: null, from: null, to: null };
  const { items } = await shop.auditQueries.list(filter, { after: null, pageSize: 100 });
  return items.map(({ subject }) => subject);
}

const sessionOf = ({ tokens }: SignedIn) =>
  readRefreshToken(tokens.refresh)._unsafeUnwrap().sessionId;
const end = (signedIn: SignedIn, sessionId: SessionId | null = sessionOf(signedIn)) =>
  endSession.execute({ userId: signedIn.user.state.id, sessionId, expectedVersion: null }, SHOP);

describe('ending a session', () => {
  it('voids its refresh token, and tells the list', async () => {
    const ada = await register();
    expect(await end(ada)).toEqual(ok(undefined));
    expect(await refresh(ada)).toEqual(ended);
    expect(told).toEqual([{ kind: 'session', sessionId: sessionOf(ada) }]);
    expect(await shop.accessStandings.find(sessionOf(ada))).toBeNull();
    const { id } = ada.user.state;
    expect(await trail('identity.session_revoked')).toEqual([{ type: 'user', id }]);
  });

  it('finds nothing of somebody else’s, and leaves it as it is', async () => {
    const [ada, eve] = [await register(), await register()];
    expect(await end(eve, sessionOf(ada))).toEqual(notFound);
    expect(told).toEqual([]);
    expect((await refresh(ada)).isOk()).toBe(true);
  });

  it('finds none that is over, never was, or that nobody came with', async () => {
    const ada = await register();
    expect(await end(ada, shop.ids.next<SessionId>())).toEqual(notFound);
    expect(await end(ada, null)).toEqual(notFound);
    expect((await end(ada)).isOk()).toBe(true);
    expect(await end(ada)).toEqual(notFound);
    const late = await register();
    shop.clock.advance(SESSION_LIFE_MILLISECONDS / 1000);
    expect(await end(late)).toEqual(notFound);
  });
});

describe('signing out everywhere', () => {
  it('ends all sessions of one person, voids their tokens, and tells the list', async () => {
    const [ada, eve] = [await register(), await register()];
    const { id: userId } = ada.user.state;
    expect(await endAllSessions.execute(userId, SHOP)).toEqual(ok(undefined));
    expect(await refresh(ada)).toEqual(ended);
    expect((await refresh(eve)).isOk()).toBe(true);
    expect(told).toEqual([{ kind: 'user', userId, firstGoodVersion: 2 }]);
    expect(await trail('identity.all_sessions_revoked')).toEqual([{ type: 'user', id: userId }]);
  });

  it('ends a session that a slower sign-in opens with what it read before', async () => {
    const ada = await register();
    expect((await endAllSessions.execute(ada.user.state.id, SHOP)).isOk()).toBe(true);
    const ports = { ...signInPorts(shop), unitOfWork: shop.identity };
    const late = openSession(ada.user, ports, SHOP);
    const saved = await shop.identity.run(SHOP, ({ sessions }) => sessions.save(late.session));
    expect(saved.isOk()).toBe(true);
    const refreshed = await new RefreshSession(ports).execute(
      { refreshToken: formatRefreshToken(late.refresh) },
      SHOP,
    );
    expect(refreshed).toEqual(ended);
  });
});
