import { describe, expect, it, onTestFinished } from 'vitest';

import type { SessionId, UserId } from '@kastoma/domain/core';

import type { AccessReach, RevokedAccess } from '../../identity/revoked-access.port.ts';
import { anAccess } from '../builders/access.builder.ts';
import { builderIds } from '../builders/builder-ids.ts';
import { MovingClock } from '../ports/moving-clock.ts';
import { times } from './latch.ts';

/** Opens one list as two callers see it: two processes on one Redis, or one process twice. */
type OpenRevokedAccess = () => Promise<{
  readonly callers: readonly [RevokedAccess, RevokedAccess];
  readonly close: () => Promise<void>;
}>;

export function revokedAccessContract(open: OpenRevokedAccess): void {
  describe('a deny-list of access', () => {
    const aList = async () => {
      const { callers, close } = await open();
      onTestFinished(close);
      const [here, there] = callers;
      const now = new MovingClock().now();
      return {
        revoke: (revocation: Parameters<RevokedAccess['add']>[0]) => here.add(revocation, now),
        isListed: (reach: AccessReach) => there.has(reach, now),
      };
    };
    const somebody = () => anAccess(builderIds.next<UserId>());
    const user = (userId: UserId, firstGoodVersion: number) =>
      ({ kind: 'user', userId, firstGoodVersion }) as const;

    it('knows nobody whose access was not taken back', async () => {
      const { isListed, revoke } = await aList();
      await revoke({ kind: 'session', sessionId: builderIds.next<SessionId>() });
      await revoke(user(builderIds.next<UserId>(), 99));
      expect(await isListed(somebody())).toBe(false);
    });

    it('knows a session that was ended, and no other one of the same person', async () => {
      const { isListed, revoke } = await aList();
      const [one, userId] = [somebody(), builderIds.next<UserId>()];
      await revoke({ kind: 'session', sessionId: one.sessionId });
      expect(await isListed(one)).toBe(true);
      expect(await isListed({ ...one, tokenVersion: 99 })).toBe(true);
      expect(await isListed(anAccess(one.userId))).toBe(false);
      expect(await isListed({ ...somebody(), userId })).toBe(false);
    });

    it('knows every session of a person up to the version that is good', async () => {
      const { isListed, revoke } = await aList();
      const { userId } = somebody();
      await revoke(user(userId, 3));
      const listed = await Promise.all(
        [1, 2, 3, 4].map((tokenVersion) => isListed({ ...anAccess(userId), tokenVersion })),
      );
      expect(listed).toEqual([true, true, false, false]);
    });

    it('takes the later of two revocations, whichever is told last', async () => {
      const { isListed, revoke } = await aList();
      const { userId } = somebody();
      await revoke(user(userId, 5));
      await revoke(user(userId, 4));
      expect(await isListed({ ...anAccess(userId), tokenVersion: 4 })).toBe(true);
    });

    it('loses nothing of what many tell at once', async () => {
      const { isListed, revoke } = await aList();
      const { userId } = somebody();
      let version = 1;
      await times(10, () => revoke(user(userId, (version += 1))));
      expect(await isListed({ ...anAccess(userId), tokenVersion: 10 })).toBe(true);
      expect(await isListed({ ...anAccess(userId), tokenVersion: 11 })).toBe(false);
    });
  });
}
