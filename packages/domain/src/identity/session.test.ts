import { describe, expect, test } from 'vitest';

import type { SessionId, UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import {
  MOST_SUCCESSORS,
  RETRY_MILLISECONDS,
  Session,
  SESSION_LIFE_MILLISECONDS,
  type TokenHash,
} from './session.aggregate.ts';

const OPENED = 1_000 as Instant;
const EXPIRES = (OPENED + SESSION_LIFE_MILLISECONDS) as Instant;
const REPLAYED = { code: 'identity.refresh_token_replayed' };
const ENDED = { code: 'identity.session_ended' };

const at = (milliseconds: number) => milliseconds as Instant;
const hash = (name: string) => name as TokenHash;
const token = (own: string) => ({ family: hash('family'), own: hash(own) });
const opened = Session.open({
  id: 'session' as SessionId,
  userId: 'user' as UserId,
  tokenVersion: 3,
  first: token('first'),
  at: OPENED,
});
/** Uses a token for the next one at that time. */
const use = (session: Session, own: string, next: string, when: number) =>
  session.rotate(token(own), hash(next), at(when));
const renewed = use(opened, 'first', 'second', 2_000)._unsafeUnwrap();

describe('a session', () => {
  test('begins with one good token and is not yet saved', () => {
    expect(opened.version).toBe(0);
    expect(opened.state).toEqual({
      id: 'session',
      userId: 'user',
      origin: { device: '', address: '' },
      tokenVersion: 3,
      family: 'family',
      good: ['first'],
      lastSpent: null,
      createdAt: OPENED,
      expiresAt: EXPIRES,
      revokedAt: null,
    });
  });

  test('spends a token for the next one', () => {
    expect(renewed.state).toMatchObject({
      good: ['second'],
      lastSpent: { token: 'first', at: 2_000 },
      createdAt: OPENED,
    });
    expect(opened.state.good).toEqual(['first']);
    expect(use(renewed, 'second', 'third', 3_000)._unsafeUnwrap().state.good).toEqual(['third']);
  });

  test('gives a retry a successor of its own, until ten seconds have passed', () => {
    const last = 2_000 + RETRY_MILLISECONDS;
    const retried = use(renewed, 'first', 'other', last)._unsafeUnwrap();
    expect(retried.state.good).toEqual(['second', 'other']);
    expect(retried.state.lastSpent).toEqual({ token: 'first', at: 2_000 });
    expect(use(renewed, 'first', 'other', last + 1)._unsafeUnwrapErr()).toEqual(REPLAYED);
  });

  test.each([
    ['second', 'other'],
    ['other', 'second'],
  ])('takes the successor %s, and %s is void from then on', (used, unused) => {
    const retried = use(renewed, 'first', 'other', 3_000)._unsafeUnwrap();
    const chosen = use(retried, used, 'third', 4_000)._unsafeUnwrap();
    expect(use(chosen, unused, 'fourth', 4_001)._unsafeUnwrapErr()).toEqual(REPLAYED);
    expect(use(chosen, 'third', 'fourth', 4_001).isOk()).toBe(true);
  });

  test('takes no retry for lost once its answer was used', () => {
    const went = use(renewed, 'second', 'third', 2_001)._unsafeUnwrap();
    expect(use(went, 'first', 'fourth', 2_002)._unsafeUnwrapErr()).toEqual(REPLAYED);
  });

  test('bounds the successors of one token', () => {
    let session = renewed;
    for (let retry = 1; retry < MOST_SUCCESSORS; retry += 1)
      session = use(session, 'first', `retry ${retry}`, 2_000)._unsafeUnwrap();
    expect(session.state.good).toHaveLength(MOST_SUCCESSORS);
    expect(use(session, 'first', 'one more', 2_000)._unsafeUnwrapErr()).toEqual(REPLAYED);
  });

  test('is not ended by those who never held a token of it', () => {
    const guess = { family: hash('guess'), own: hash('first') };
    expect(opened.rotate(guess, hash('second'), at(2_000))._unsafeUnwrapErr()).toEqual(ENDED);
  });

  test('is good until the millisecond before its end', () => {
    expect(use(opened, 'first', 'second', EXPIRES - 1).isOk()).toBe(true);
    for (const late of [EXPIRES, EXPIRES + 1])
      expect(use(opened, 'first', 'second', late)._unsafeUnwrapErr()).toEqual(ENDED);
  });

  test('goes on for thirty days from its last renewal, not from its first sign-in', () => {
    const late = EXPIRES - 1;
    const onceMore = use(opened, 'first', 'second', late)._unsafeUnwrap();
    const end = late + SESSION_LIFE_MILLISECONDS;
    expect(onceMore.state.expiresAt).toBe(end);
    expect(use(onceMore, 'second', 'third', end - 1).isOk()).toBe(true);
    expect(use(onceMore, 'second', 'third', end)._unsafeUnwrapErr()).toEqual(ENDED);
  });

  test('gives nothing once it is revoked, whichever token comes', () => {
    const revoked = renewed.revoke(at(2_000));
    for (const own of ['first', 'second', 'third'])
      expect(use(revoked, own, 'fourth', 2_000)._unsafeUnwrapErr()).toEqual(ENDED);
  });

  test('was revoked when it was revoked first', () => {
    expect(opened.revoke(at(2_000)).revoke(at(3_000)).state.revokedAt).toBe(2_000);
    expect(opened.state.revokedAt).toBeNull();
  });

  test('may last for another time than thirty days, from each renewal', () => {
    const { id, userId, tokenVersion } = opened.state;
    const first = token('first');
    const lifeMilliseconds = 1_000;
    const origin = { device: 'Firefox on Windows', address: '192.0.2.7' };
    const short = Session.open({
      id,
      userId,
      tokenVersion,
      first,
      at: OPENED,
      origin,
      lifeMilliseconds,
    });
    expect(short.state).toMatchObject({ expiresAt: 2_000, origin });
    const rotated = short.rotate(first, hash('second'), at(1_999), lifeMilliseconds);
    expect(rotated._unsafeUnwrap().state.expiresAt).toBe(2_999);
    expect(rotated._unsafeUnwrap().isOver(at(2_998))).toBe(false);
    expect(rotated._unsafeUnwrap().isOver(at(2_999))).toBe(true);
  });

  test('was used last when it last gave tokens', () => {
    expect(opened.lastUsedAt).toBe(OPENED);
    expect(renewed.lastUsedAt).toBe(2_000);
  });

  test('tells that a spent token came again, and is over', () => {
    const restored = Session.restore(renewed.state, 2);
    const over = restored.revokeAfterReplay(at(5_000));
    expect(over.state.revokedAt).toBe(5_000);
    expect(over.isOver(at(5_000))).toBe(true);
    expect(over.version).toBe(2);
    expect(over.pending).toEqual([
      {
        type: 'identity.refresh_token_replayed',
        schemaVersion: 1,
        aggregateId: 'session',
        aggregateVersion: 3,
        occurredAt: 5_000,
        payload: { sessionId: 'session', userId: 'user' },
      },
    ]);
  });

  test('tells that it was opened and that its owner ended it, each once, and nothing of a renewal', () => {
    const told = (session: Session) =>
      session.pending.map(({ type, aggregateVersion, payload }) => [
        type,
        aggregateVersion,
        payload,
      ]);
    const payload = { sessionId: 'session', userId: 'user' };
    expect(told(opened)).toEqual([['identity.session_opened', 1, payload]]);
    const restored = Session.restore(opened.state, 4);
    expect(told(restored)).toEqual([]);
    expect(told(use(restored, 'first', 'second', 2_000)._unsafeUnwrap())).toEqual([]);
    const ended = restored.revoke(at(2_000));
    expect(told(ended)).toEqual([['identity.session_revoked', 5, payload]]);
    expect(told(ended.revoke(at(3_000)))).toEqual(told(ended));
    expect(told(Session.restore(ended.state, 5).revoke(at(3_000)))).toEqual([]);
  });

  test('comes back from where it is kept with its version, and rotating does not raise it', () => {
    const restored = Session.restore(opened.state, 7);
    expect(restored.version).toBe(7);
    expect(use(restored, 'first', 'second', 2_000)._unsafeUnwrap().version).toBe(7);
    expect(restored.revoke(at(2_000)).version).toBe(7);
  });

  test('cannot be changed', () => {
    expect(Object.isFrozen(opened)).toBe(true);
    expect(Object.isFrozen(opened.state)).toBe(true);
  });
});
