import { describe, expect, it } from 'vitest';

import type { Instant, SessionId, UserId } from '@kastoma/domain/core';
import { Session, type TokenHash } from '@kastoma/domain/identity';

import { builderIds, BUILT_AT } from '../builders/builder-ids.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function sessionQueriesContract(open: OpenShop): void {
  describe('the list of one’s sessions', () => {
    const shop = shopOfSuite(open);
    const DAY = 24 * 60 * 60 * 1000;
    const at = (milliseconds: number) => (BUILT_AT + milliseconds) as Instant;
    const save = async (session: Session) =>
      (await shop().identity.run(SHOP, ({ sessions }) => sessions.save(session)))._unsafeUnwrap();
    const given = async (userId: UserId, device: string, openedAt: number): Promise<SessionId> => {
      const session = Session.open({
        id: builderIds.next<SessionId>(),
        userId,
        tokenVersion: 1,
        first: { family: 'family' as TokenHash, own: 'first' as TokenHash },
        at: at(openedAt),
        origin: { device, address: '192.0.2.7' },
      });
      await save(session);
      return session.state.id;
    };
    const change = async (id: SessionId, next: (session: Session) => Session) => {
      const found = await shop().identity.run(SHOP, ({ sessions }) => sessions.find(id));
      await save(next(found._unsafeUnwrap()));
    };
    const list = (userId: UserId, now: number = DAY, page: number = 1, pageSize: number = 10) =>
      shop().sessionQueries.listOf(userId, at(now), { page, pageSize });

    it('shows where and when each was opened and used, the one used last first', async () => {
      const userId = await givenCustomer(shop());
      const [phone, laptop] = [
        await given(userId, 'Safari on iPhone', 0),
        await given(userId, 'Firefox on Linux', 1_000),
      ];
      await change(phone, (session) =>
        session
          .rotate(
            { family: 'family' as TokenHash, own: 'first' as TokenHash },
            'second' as TokenHash,
            at(2_000),
          )
          ._unsafeUnwrap(),
      );
      const { items, count, countIsExact } = await list(userId);
      expect(items).toEqual([
        {
          id: phone,
          device: 'Safari on iPhone',
          address: '192.0.2.7',
          createdAt: at(0),
          lastUsedAt: at(2_000),
          expiresAt: at(2_000 + 30 * DAY),
        },
        expect.objectContaining({ id: laptop, lastUsedAt: at(1_000) }),
      ]);
      expect([count, countIsExact]).toEqual([2, true]);
    });

    it('leaves out what is over, and what is somebody else’s', async () => {
      const [userId, other] = [await givenCustomer(shop()), await givenCustomer(shop())];
      const revoked = await given(userId, 'curl', 0);
      const open_ = await given(userId, 'curl', 0);
      await given(other, 'curl', 0);
      await change(revoked, (session) => session.revoke(at(1)));
      expect((await list(userId)).items.map(({ id }) => id)).toEqual([open_]);
      expect((await list(userId, 30 * DAY - 1)).items).toHaveLength(1);
      expect((await list(userId, 30 * DAY)).items).toEqual([]);
    });

    it('is leafed through page by page', async () => {
      const userId = await givenCustomer(shop());
      for (let opened = 0; opened < 3; opened += 1) await given(userId, `device ${opened}`, opened);
      const second = await list(userId, DAY, 2, 2);
      expect(second.items.map(({ device }) => device)).toEqual(['device 0']);
      expect(second.count).toBe(3);
    });
  });
}
