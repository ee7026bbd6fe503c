import { err, ok, type Result } from 'neverthrow';

import type { IdempotencyClaim, IdempotencyOutcome } from '@kastoma/application/core';
import type { Instant } from '@kastoma/domain/core';

import type { Queryable } from './database.ts';
import type { LastWrites } from './last-writes.ts';
import { toTimestamp } from './timestamp.ts';

type ClaimedRow = { acquired: boolean } & (
  | { status: null }
  | {
      fingerprint: string;
      status: number;
      headers: Record<string, string>;
      body: string;
      intent: string | null;
    }
);

/**
 * Claims the key until the transaction ends. The lock does not wait: a second
 * request under a key in flight is told so at once.
 */
export async function claimIdempotencyKey(
  sql: Queryable,
  { scope, key, fingerprint }: IdempotencyClaim,
): Promise<Result<void, IdempotencyOutcome>> {
  const [claimed] = await sql<ClaimedRow[]>`
    select acquired, fingerprint, status, headers, body, intent
    from core.claim_idempotency_key(${scope}, ${key})
  `;
  if (claimed?.acquired !== true) return err({ code: 'core.idempotency_key_in_flight' });
  if (claimed.status === null) return ok();
  if (claimed.fingerprint !== fingerprint) return err({ code: 'core.idempotency_key_reused' });
  const { status, headers, body, intent } = claimed;
  const replay = { code: 'core.idempotent_replay', answer: { status, headers, body } } as const;
  return err(intent === null ? replay : { ...replay, intent });
}

/** Keeps the answer beside the effect: both are committed, or neither. */
export function keepAnswer(
  last: LastWrites,
  { scope, key, fingerprint, answerOf, intentOf }: IdempotencyClaim,
  outcome: unknown,
  at: Instant,
): void {
  const { status, headers, body } = answerOf(outcome);
  const intent = intentOf?.(outcome) ?? null;
  const row = { scope, key, fingerprint, status, headers, body, intent, kept_at: toTimestamp(at) };
  last.insert('core.idempotency_keys', [row]);
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
