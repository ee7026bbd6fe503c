import { describe, expect, test } from 'vitest';

import type { SessionId, UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Session, type TokenHash } from './session.aggregate.ts';

const OPENED = 1_000 as Instant;
const EXPIRES = 5_000 as Instant;
const FIRST = 'first' as TokenHash;
const SECOND = 'second' as TokenHash;
const THIRD = 'third' as TokenHash;

const opened = Session.open({
  id: 'session' as SessionId,
  userId: 'user' as UserId,
  tokenHash: FIRST,
  at: OPENED,
  expiresAt: EXPIRES,
});
const at = (milliseconds: number) => milliseconds as Instant;

describe('a session', () => {
  test('begins with one good token and is not yet saved', () => {
    expect(opened.version).toBe(0);
    expect(opened.state).toEqual({
      id: 'session',
      userId: 'user',
      tokenHash: FIRST,
      createdAt: OPENED,
      expiresAt: EXPIRES,
      revokedAt: null,
    });
  });

  test('spends a token for the next one, and keeps its end', () => {
    const rotated = opened.rotate(FIRST, SECOND, at(2_000))._unsafeUnwrap();
    expect(rotated.state).toEqual({ ...opened.state, tokenHash: SECOND });
    expect(opened.state.tokenHash).toBe(FIRST);
    expect(rotated.rotate(SECOND, THIRD, at(3_000))._unsafeUnwrap().state.tokenHash).toBe(THIRD);
  });

  test('knows a token that was spent before, and one that it never had', () => {
    const rotated = opened.rotate(FIRST, SECOND, at(2_000))._unsafeUnwrap();
    const replayed = { code: 'identity.refresh_token_replayed' };
    expect(rotated.rotate(FIRST, THIRD, at(2_001))._unsafeUnwrapErr()).toEqual(replayed);
    expect(rotated.rotate('forged' as TokenHash, THIRD, at(2_001))._unsafeUnwrapErr()).toEqual(
      replayed,
    );
  });

  test('is good until the millisecond before its end', () => {
    expect(opened.rotate(FIRST, SECOND, at(EXPIRES - 1)).isOk()).toBe(true);
    for (const late of [EXPIRES, at(EXPIRES + 1)]) {
      expect(opened.rotate(FIRST, SECOND, late)._unsafeUnwrapErr()).toEqual({
        code: 'identity.session_ended',
      });
    }
  });

  test('gives nothing once it is revoked, whichever token comes', () => {
    const revoked = opened.revoke(at(2_000));
    for (const token of [FIRST, SECOND]) {
      expect(revoked.rotate(token, THIRD, at(2_000))._unsafeUnwrapErr()).toEqual({
        code: 'identity.session_ended',
      });
    }
  });

  test('was revoked when it was revoked first', () => {
    expect(opened.revoke(at(2_000)).revoke(at(3_000)).state.revokedAt).toBe(2_000);
    expect(opened.state.revokedAt).toBeNull();
  });

  test('comes back from where it is kept with its version, and rotating does not raise it', () => {
    const restored = Session.restore(opened.state, 7);
    expect(restored.version).toBe(7);
    expect(restored.rotate(FIRST, SECOND, at(2_000))._unsafeUnwrap().version).toBe(7);
    expect(restored.revoke(at(2_000)).version).toBe(7);
  });

  test('cannot be changed', () => {
    expect(Object.isFrozen(opened)).toBe(true);
    expect(Object.isFrozen(opened.state)).toBe(true);
  });
});
