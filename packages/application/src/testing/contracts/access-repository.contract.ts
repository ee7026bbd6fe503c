import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, SessionId, UserId } from '@kastoma/domain/core';
import type { Session } from '@kastoma/domain/identity';

import type { AccessRepository } from '../../identity/access-repository.port.ts';
import { builderIds, BUILT_AT } from '../builders/builder-ids.ts';
import { aSession } from '../builders/session.builder.ts';
import { aUser } from '../builders/user.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer, givenUser } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function accessRepositoryContract(open: OpenShop): void {
  describe('taking access back', () => {
    const shop = shopOfSuite(open);
    const later = (BUILT_AT + 5_000) as Instant;
    const take = (work: (access: AccessRepository) => ReturnType<AccessRepository['voidTokens']>) =>
      shop().identity.run(SHOP, ({ access }) => work(access));
    const standing = (id: SessionId) => shop().accessStandings.find(id);
    const given = async (userId: UserId): Promise<Session> => {
      const session = aSession(userId);
      const saved = shop().identity.run(SHOP, ({ sessions }) => sessions.save(session));
      return (await saved.map(() => session))._unsafeUnwrap();
    };
    const find = async (id: SessionId) =>
      (await shop().identity.run(SHOP, ({ sessions }) => sessions.find(id)))._unsafeUnwrap();
    const versionOf = async (userId: UserId) =>
      (await shop().users.find(userId))._unsafeUnwrap().state.tokenVersion;

    it('begins with a session that stands for its person', async () => {
      const user = await givenUser(shop(), aUser({ role: 'staff' }));
      const { id } = (await given(user.state.id)).state;
      expect(await standing(id)).toEqual({
        userId: user.state.id,
        role: 'staff',
        tokenVersion: 1,
        hasSecondFactor: false,
      });
      expect(await standing(builderIds.next<SessionId>())).toBeNull();
    });

    it('voids the tokens and leaves the sessions, which stand under the next version', async () => {
      const userId = await givenCustomer(shop());
      const { id } = (await given(userId)).state;
      const outcome = await take((access) => access.voidTokens(userId));
      expect(outcome).toEqual(ok({ kind: 'user', userId, firstGoodVersion: 2 }));
      expect(await versionOf(userId)).toBe(2);
      expect(await standing(id)).toMatchObject({ userId, role: 'customer', tokenVersion: 2 });
      expect(await find(id)).toMatchObject({
        version: 2,
        state: { tokenVersion: 2, revokedAt: null },
      });
    });

    it('ends every session of one person, and nobody else’s', async () => {
      const [userId, other] = [await givenCustomer(shop()), await givenCustomer(shop())];
      const [one, two, theirs] = [await given(userId), await given(userId), await given(other)];
      const outcome = await take((access) => access.endSessions(userId, later));
      expect(outcome).toEqual(ok({ kind: 'user', userId, firstGoodVersion: 2 }));
      for (const { state } of [one, two]) {
        expect(await standing(state.id)).toBeNull();
        expect((await find(state.id)).state.revokedAt).toBe(later);
      }
      expect(await standing(theirs.state.id)).not.toBeNull();
      expect(await versionOf(other)).toBe(1);
    });

    it('keeps the one session that it is told to keep', async () => {
      const userId = await givenCustomer(shop());
      const [kept, ended] = [await given(userId), await given(userId)];
      expect(
        (await take((access) => access.endSessions(userId, later, kept.state.id))).isOk(),
      ).toBe(true);
      expect(await standing(kept.state.id)).toMatchObject({ tokenVersion: 2 });
      expect(await standing(ended.state.id)).toBeNull();
    });

    it('keeps the time at which a session was ended first', async () => {
      const userId = await givenCustomer(shop());
      const { id } = (await given(userId)).state;
      expect((await take((access) => access.endSessions(userId, later))).isOk()).toBe(true);
      expect(
        (await take((access) => access.endSessions(userId, (later + 1) as Instant))).isOk(),
      ).toBe(true);
      expect((await find(id)).state.revokedAt).toBe(later);
    });

    it('is over for a session that a slower sign-in opened under the version before', async () => {
      const userId = await givenCustomer(shop());
      expect((await take((access) => access.endSessions(userId, later))).isOk()).toBe(true);
      const { id } = (await given(userId)).state;
      expect(await standing(id)).toBeNull();
      expect((await take((access) => access.voidTokens(userId))).isOk()).toBe(true);
      expect(await standing(id)).toBeNull();
      expect((await take((access) => access.endSessions(userId, later, id))).isOk()).toBe(true);
      expect(await standing(id)).toBeNull();
    });

    it('has whoever saves a session at that moment read it anew', async () => {
      const userId = await givenCustomer(shop());
      const { id } = (await given(userId)).state;
      const read = await find(id);
      expect((await take((access) => access.voidTokens(userId))).isOk()).toBe(true);
      const saved = await shop().identity.run(SHOP, ({ sessions }) => sessions.save(read));
      expect(saved).toEqual(err({ code: 'core.concurrent_update' }));
    });

    it('counts each of those who take it back at once', async () => {
      const userId = await givenCustomer(shop());
      const { id } = (await given(userId)).state;
      const runs = await times(5, () => take((access) => access.voidTokens(userId)));
      expect(runs.every((run) => run.isOk())).toBe(true);
      expect(await versionOf(userId)).toBe(6);
      expect(await standing(id)).toMatchObject({ tokenVersion: 6 });
    });

    it('is forgotten where its transaction fails', async () => {
      const userId = await givenCustomer(shop());
      const { id } = (await given(userId)).state;
      const run = await shop().identity.run(SHOP, ({ access }) =>
        access.endSessions(userId, later).andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(run.isErr()).toBe(true);
      expect(await standing(id)).toMatchObject({ tokenVersion: 1 });
    });

    it('leaves no standing to somebody who was deactivated', async () => {
      const user = await givenUser(shop());
      const { id } = (await given(user.state.id)).state;
      const changed = await shop().identity.run(SHOP, ({ users }) =>
        users.find(user.state.id).andThen((found) => users.save(found.deactivate(later))),
      );
      expect(changed.isOk()).toBe(true);
      expect(await standing(id)).toBeNull();
    });
  });
}
