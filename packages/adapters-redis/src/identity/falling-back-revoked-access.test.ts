import { describe, expect, it } from 'vitest';

import type { AccessReach, AccessRevocation, RevokedAccess } from '@kastoma/application/identity';
import { anAccess, builderIds } from '@kastoma/application/testing';
import type { Instant, UserId } from '@kastoma/domain/core';

import { FallingBackRevokedAccess } from './falling-back-revoked-access.ts';

/** A list that can be gone; it counts how often it was asked. */
class ListOfSessions implements RevokedAccess {
  readonly #ended = new Set<string>();
  isGone = false;
  asked = 0;

  async add(revocation: AccessRevocation): Promise<void> {
    this.#answer();
    if (revocation.kind === 'session') this.#ended.add(revocation.sessionId);
  }

  async has({ sessionId }: AccessReach): Promise<boolean> {
    this.#answer();
    return this.#ended.has(sessionId);
  }

  #answer(): void {
    this.asked += 1;
    if (this.isGone) throw new Error('gone');
  }
}

function aProcessOn(shared: ListOfSessions) {
  const told: string[] = [];
  const list = new FallingBackRevokedAccess(shared, new ListOfSessions(), {
    onLost: (error) => told.push(String(error)),
    onBack: () => told.push('back'),
  });
  return { list, told };
}

describe('a deny-list while the shared one comes and goes', () => {
  const access = anAccess(builderIds.next<UserId>());
  const ended = { kind: 'session', sessionId: access.sessionId } as const;
  const at = (milliseconds: number) => (1_800_000_000_000 + milliseconds) as Instant;

  it('knows what another process has taken back', async () => {
    const shared = new ListOfSessions();
    const [here, there] = [aProcessOn(shared), aProcessOn(shared)];
    expect(await there.list.has(access, at(0))).toBe(false);
    await here.list.add(ended, at(0));
    expect(await there.list.has(access, at(0))).toBe(true);
  });

  it('still knows what this process has taken back when the shared one is gone', async () => {
    const shared = new ListOfSessions();
    const [here, there] = [aProcessOn(shared), aProcessOn(shared)];
    shared.isGone = true;
    await here.list.add(ended, at(0));
    expect(await here.list.has(access, at(0))).toBe(true);
    expect(await there.list.has(access, at(0))).toBe(false);
  });

  it('says once that it is gone, asks it again after a second, and says that it is back', async () => {
    const shared = new ListOfSessions();
    const { list, told } = aProcessOn(shared);
    shared.isGone = true;
    for (const moment of [0, 1, 999, 1_000, 1_001, 2_000]) await list.has(access, at(moment));
    expect(shared.asked).toBe(3);
    expect(told).toEqual(['Error: gone']);
    shared.isGone = false;
    await list.has(access, at(2_999));
    expect(told).toEqual(['Error: gone']);
    await list.has(access, at(3_000));
    expect(told).toEqual(['Error: gone', 'back']);
  });
});
