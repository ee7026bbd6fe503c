import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { SessionId, UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { MOST_SUCCESSORS, Session, type TokenHash } from './session.aggregate.ts';

const RETRY = 10_000;
const LIFE = 30 * 24 * 60 * 60 * 1000;

/** What the contract says, kept at length: every token ever issued, and what became of it. */
type Issued = { readonly parent: Issued | null; spentAt: number | null; children: number };

class Book {
  readonly issued: Issued[] = [{ parent: null, spentAt: null, children: 0 }];
  isOver = false;
  renewedAt = 0;

  use(token: Issued | undefined, at: number): 'ok' | 'ended' | 'replayed' {
    if (this.isOver || at >= this.renewedAt + LIFE || token === undefined) return 'ended';
    const wasSpent = (one: Issued) => one.spentAt !== null;
    const ofSameParent = this.issued.filter(({ parent }) => parent === token.parent);
    const isVoid = ofSameParent.some((one) => one !== token && wasSpent(one));
    const wentOn = this.issued.some((one) => one.parent === token && wasSpent(one));
    const isRetry = token.spentAt !== null && at - token.spentAt <= RETRY && !wentOn;
    const isGood = token.spentAt === null && !isVoid;
    if (!isGood && !(isRetry && token.children < MOST_SUCCESSORS)) {
      this.isOver = true;
      return 'replayed';
    }
    token.spentAt ??= at;
    token.children += 1;
    this.renewedAt = at;
    this.issued.push({ parent: token, spentAt: null, children: 0 });
    return 'ok';
  }
}

const anyPause = fc.oneof(
  { weight: 40, arbitrary: fc.integer({ min: 0, max: 4_000 }) },
  { weight: 10, arbitrary: fc.constantFrom(0, RETRY - 1, RETRY, RETRY + 1) },
  { weight: 1, arbitrary: fc.constantFrom(LIFE - 1, LIFE) },
);
/** Mostly one of the last few tokens: counted from the newest; null is one that was never issued. */
const anyChoice = fc.oneof(
  { weight: 20, arbitrary: fc.constant(0) },
  { weight: 10, arbitrary: fc.integer({ min: 1, max: 3 }) },
  { weight: 1, arbitrary: fc.nat(40) },
  { weight: 1, arbitrary: fc.constant(null) },
);

const OUTCOMES = {
  'identity.session_ended': 'ended',
  'identity.refresh_token_replayed': 'replayed',
} as const;

test('a session answers any sequence of uses as the contract says, and keeps a bounded list', () => {
  const seen = { ok: 0, ended: 0, replayed: 0 };
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyPause, anyChoice), { minLength: 10, maxLength: 40 }),
      (uses) => {
        const book = new Book();
        const family = 'family' as TokenHash;
        const nameOf = (index: number) => `token ${index}` as TokenHash;
        let at = 0;
        let session = Session.open({
          id: 'session' as SessionId,
          userId: 'user' as UserId,
          tokenVersion: 1,
          first: { family, own: nameOf(0) },
          at: at as Instant,
        });
        for (const [pause, choice] of uses) {
          at += pause;
          const index = choice === null ? -1 : book.issued.length - 1 - choice;
          const presented = index < 0 ? { family: 'guess' as TokenHash, own: nameOf(0) } : null;
          const next = nameOf(book.issued.length);
          const used = session.rotate(
            presented ?? { family, own: nameOf(index) },
            next,
            at as Instant,
          );
          const outcome = used.match(
            () => 'ok' as const,
            ({ code }) => OUTCOMES[code],
          );
          expect(outcome).toBe(book.use(index < 0 ? undefined : book.issued[index], at));
          seen[outcome] += 1;
          session = outcome === 'replayed' ? session.revoke(at as Instant) : used.unwrapOr(session);
          expect(session.state.good.length).toBeLessThanOrEqual(MOST_SUCCESSORS);
        }
      },
    ),
    { numRuns: 2_000 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(500);
});
