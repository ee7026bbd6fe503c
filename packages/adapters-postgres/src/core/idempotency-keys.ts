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
  intent: string | null;
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
    select fingerprint, status, headers, body, intent
    from core.idempotency_keys
    where scope = ${scope} and key = ${key}
  `;
  if (kept === undefined) return ok();
  if (kept.fingerprint !== fingerprint) return err({ code: 'core.idempotency_key_reused' });
  const answer: KeptAnswer = { status: kept.status, headers: kept.headers, body: kept.body };
  const replay = { code: 'core.idempotent_replay', answer } as const;
  return err(kept.intent === null ? replay : { ...replay, intent: kept.intent });
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
    insert into core.idempotency_keys (scope, key, fingerprint, status, headers, body, intent, kept_at)
    values (
      ${claim.scope}, ${claim.key}, ${claim.fingerprint},
      ${status}, ${sql.json(headers)}, ${body}, ${claim.intentOf?.(outcome) ?? null}, ${toTimestamp(at)}
    )
  `;
}

/** What was begun under the key has its final answer, or the key is free again. */
export async function endUnderKey(
  sql: Queryable,
  { scope, key, step, answerOf }: IdempotencyClaim,
  outcome: unknown,
): Promise<void> {
  if (step === 'release') {
    await sql`
      delete from core.idempotency_keys
      where scope = ${scope} and key = ${key} and intent is not null
    `;
    return;
  }
  const { status, headers, body } = answerOf(outcome);
  await sql`
    update core.idempotency_keys
    set status = ${status}, headers = ${sql.json(headers)}, body = ${body}, intent = null
    where scope = ${scope} and key = ${key} and intent is not null
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
