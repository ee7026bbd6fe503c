import { describe, expect, it } from 'vitest';

import { anAccess, builderIds, revokedAccessContract } from '@kastoma/application/testing';
import type { Instant, SessionId, UserId } from '@kastoma/domain/core';

import { InProcessRevokedAccess } from './in-process-revoked-access.ts';

revokedAccessContract(async () => {
  const list = new InProcessRevokedAccess(900);
  return { callers: [list, list], close: async () => undefined };
});

describe('a deny-list in the process', () => {
  const start = Date.UTC(2026, 10, 23) as Instant;
  const end = (start + 900_000) as Instant;
  const access = anAccess(builderIds.next<UserId>());
  const ended = (sessionId: SessionId) => ({ kind: 'session', sessionId }) as const;

  it('forgets what no token can say any more', async () => {
    const list = new InProcessRevokedAccess(900);
    await list.add(ended(access.sessionId), start);
    expect(await list.has(access, (end - 1) as Instant)).toBe(true);
    expect(await list.has(access, end)).toBe(false);
  });

  it('is bounded: in a flood what was told longest ago goes, since the store knows it as well', async () => {
    const list = new InProcessRevokedAccess(900);
    await list.add(ended(access.sessionId), start);
    for (let index = 1; index < 50_000; index += 1)
      await list.add(ended(`session ${index}` as SessionId), start);
    expect(await list.has(access, start)).toBe(true);
    await list.add(ended('one more' as SessionId), start);
    expect(await list.has(access, start)).toBe(false);
    expect(await list.has({ ...access, sessionId: 'one more' as SessionId }, start)).toBe(true);
  });
});
