import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, SessionId } from '@kastoma/domain/core';
import { Session, type TokenHash } from '@kastoma/domain/identity';

import { RefreshSession } from '../../identity/refresh-session.use-case.ts';
import { formatRefreshToken, openSession } from '../../identity/sign-in.ts';
import { builderIds } from '../builders/builder-ids.ts';
import { aSession } from '../builders/session.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { signInPorts } from '../sign-in-ports.ts';
import { givenCustomer, givenUser } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function sessionRepositoryContract(open: OpenShop): void {
  describe('a session repository', () => {
    const shop = shopOfSuite(open);
    const save = (session: Session) =>
      shop().identity.run(SHOP, ({ sessions }) => sessions.save(session));
    const find = (id: SessionId) => shop().identity.run(SHOP, ({ sessions }) => sessions.find(id));

    it('gives back what was saved, under the next version each time', async () => {
      const session = aSession(await givenCustomer(shop()));
      expect((await save(session)).isOk()).toBe(true);
      const first = (await find(session.state.id))._unsafeUnwrap();
      expect(first.state).toEqual(session.state);
      expect(first.version).toBe(1);

      const token = { family: 'family' as TokenHash, own: 'first' as TokenHash };
      const at = (session.state.createdAt + 5_000) as Instant;
      const rotated = first.rotate(token, 'second' as TokenHash, at)._unsafeUnwrap();
      expect((await save(rotated)).isOk()).toBe(true);
      const second = (await find(session.state.id))._unsafeUnwrap();
      expect(second.state).toEqual({
        ...session.state,
        good: ['second'],
        lastSpent: { token: 'first', at },
        expiresAt: session.state.expiresAt + 5_000,
      });
      expect(second.version).toBe(2);

      const retried = second.rotate(token, 'it’s, "{a}"' as TokenHash, at)._unsafeUnwrap();
      expect((await save(retried)).isOk()).toBe(true);
      const third = (await find(session.state.id))._unsafeUnwrap();
      expect(third.state).toEqual({ ...second.state, good: ['second', 'it’s, "{a}"'] });
    });

    it('keeps when a session was revoked', async () => {
      const session = aSession(await givenCustomer(shop()));
      expect((await save(session)).isOk()).toBe(true);
      const revokedAt = (session.state.createdAt + 5_000) as Instant;
      const stored = (await find(session.state.id))._unsafeUnwrap();
      expect((await save(stored.revoke(revokedAt))).isOk()).toBe(true);
      expect((await find(session.state.id))._unsafeUnwrap().state.revokedAt).toBe(revokedAt);
    });

    it('takes an unknown session for an ended one', async () => {
      expect(await find(builderIds.next<SessionId>())).toEqual(
        err({ code: 'identity.session_ended' }),
      );
    });

    it('refuses to save over what somebody else saved in between', async () => {
      const session = aSession(await givenCustomer(shop()));
      expect((await save(session)).isOk()).toBe(true);
      const stale = (await find(session.state.id))._unsafeUnwrap();
      expect((await save(stale.revoke(stale.state.createdAt))).isOk()).toBe(true);
      expect(await save(stale)).toEqual(err({ code: 'core.concurrent_update' }));
      expect(await save(session)).toEqual(err({ code: 'core.concurrent_update' }));
      expect((await find(session.state.id))._unsafeUnwrap().state.revokedAt).not.toBeNull();
    });

    it('lets one of five save what all of them read before', async () => {
      const session = aSession(await givenCustomer(shop()));
      expect((await save(session)).isOk()).toBe(true);
      const read = Session.restore(session.state, 1);
      const runs = await times(5, () => save(read));
      expect(runs.filter((run) => run.isOk())).toHaveLength(1);
      expect((await find(session.state.id)).map(({ version }) => version)).toEqual(ok(2));
    });

    it('serves two who come at once with one token, and lets only one of them go on', async () => {
      const ports = signInPorts(shop());
      const user = await givenUser(shop());
      const { session, refresh } = openSession(user, ports, SHOP);
      expect((await save(session)).isOk()).toBe(true);
      const refreshSession = new RefreshSession({ ...ports, unitOfWork: shop().identity });
      const use = (refreshToken: string) => refreshSession.execute({ refreshToken }, SHOP);

      const [one, other] = (await times(2, () => use(formatRefreshToken(refresh)))).map((run) =>
        run._unsafeUnwrap(),
      );
      expect(one?.refresh).not.toBe(other?.refresh);
      const chosen = (await use(other?.refresh ?? ''))._unsafeUnwrap();
      expect(await use(one?.refresh ?? '')).toEqual(
        err({ code: 'identity.refresh_token_replayed' }),
      );
      expect(await use(chosen.refresh)).toEqual(err({ code: 'identity.session_ended' }));
      expect((await find(session.state.id))._unsafeUnwrap().state.revokedAt).not.toBeNull();
    });

    it('deletes, some at a time, what was revoked or expired before', async () => {
      const userId = await givenCustomer(shop());
      const forget = (before: number, limit = 1_000) =>
        shop().identity.run(SHOP, ({ sessions }) => sessions.forgetOver(before as Instant, limit));
      const isKept = async ({ state }: Session) => (await find(state.id)).isOk();
      const given = async () => {
        const session = aSession(userId);
        expect((await save(session)).isOk()).toBe(true);
        return session;
      };
      const [revoked, expired, other] = [await given(), await given(), await given()];
      const { createdAt, expiresAt } = revoked.state;
      const lasting = Session.restore(
        { ...aSession(userId).state, expiresAt: later(expiresAt) },
        0,
      );
      expect((await save(lasting)).isOk()).toBe(true);
      const stored = (await find(revoked.state.id))._unsafeUnwrap();
      expect((await save(stored.revoke(createdAt))).isOk()).toBe(true);

      expect((await forget(createdAt)).isOk()).toBe(true);
      expect(await isKept(revoked)).toBe(true);
      expect((await forget(later(createdAt))).isOk()).toBe(true);
      expect(await isKept(revoked)).toBe(false);
      expect((await forget(expiresAt)).isOk()).toBe(true);
      expect([await isKept(expired), await isKept(other)]).toEqual([true, true]);
      expect(await forget(later(expiresAt), 1)).toEqual(ok(1));
      expect((await forget(later(expiresAt))).isOk()).toBe(true);
      expect([await isKept(expired), await isKept(other)]).toEqual([false, false]);
      expect(await forget(later(expiresAt))).toEqual(ok(0));
      expect(await isKept(lasting)).toBe(true);
    });

    it('forgets a session whose transaction failed', async () => {
      const session = aSession(await givenCustomer(shop()));
      const run = await shop().identity.run(SHOP, ({ sessions }) =>
        sessions.save(session).andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(run.isErr()).toBe(true);
      expect((await find(session.state.id)).isErr()).toBe(true);
    });
  });
}

function later(instant: Instant): Instant {
  return (instant + 1) as Instant;
}
