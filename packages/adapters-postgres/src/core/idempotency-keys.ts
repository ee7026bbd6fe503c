import { err, ok, type Result } from 'neverthrow';

import type { IdempotencyClaim, IdempotencyOutcome, KeptAnswer } from '@kastoma/application/core';
import type { Instant } from '@kastoma/domain/core';

import type { Queryable } from './database.ts';
import { toTimestamp } from './timestamp.ts';

type KeptRow = {
  fingerprint: string;
  status: number;
  headers: Record<string, string>;
  body: string;
};

/**
 * Claims the key until the transaction ends. The lock does not wait: a second
 * request under a key in flight is told so at once.
 */
export async function claimIdempotencyKey(
  sql: Queryable,
  { scope, key, fingerprint }: IdempotencyClaim,
): Promise<Result<void, IdempotencyOutcome>> {
  const [lock] = await sql<{ acquired: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended(${`${scope}\n${key}`}, 0)) as acquired
  `;
  if (lock?.acquired !== true) return err({ code: 'core.idempotency_key_in_flight' });
  // A statement of its own: its snapshot is taken when the lock is held, so it sees what the last holder committed.
  const [kept] = await sql<KeptRow[]>`
    select fingerprint, status, headers, body
    from core.idempotency_keys
    where scope = ${scope} and key = ${key}
  `;
  if (kept === undefined) return ok();
  if (kept.fingerprint !== fingerprint) return err({ code: 'core.idempotency_key_reused' });
  const answer: KeptAnswer = { status: kept.status, headers: kept.headers, body: kept.body };
  return err({ code: 'core.idempotent_replay', answer });
}

/** Keeps the answer beside the effect: both are committed, or neither. */
export async function keepAnswer(
  sql: Queryable,
  claim: IdempotencyClaim,
  outcome: unknown,
  at: Instant,
): Promise<void> {
  const { status, headers, body } = claim.answerOf(outcome);
  await sql`
    insert into core.idempotency_keys (scope, key, fingerprint, status, headers, body, kept_at)
    values (
      ${claim.scope}, ${claim.key}, ${claim.fingerprint},
      ${status}, ${sql.json(headers)}, ${body}, ${toTimestamp(at)}
    )
  `;
}

const KEPT_FOR_MILLISECONDS = 24 * 60 * 60 * 1_000;

/** Forgets the answers that were kept for a day; processes that do so at once do not wait for each other. */
export async function forgetOldAnswers(sql: Queryable, now: Instant): Promise<number> {
  const oldest = new Date(now - KEPT_FOR_MILLISECONDS);
  const forgotten = await sql`
    delete from core.idempotency_keys
    where (scope, key) in (
      select scope, key from core.idempotency_keys where kept_at < ${oldest} for update skip locked
    )
  `;
  return forgotten.count;
}
