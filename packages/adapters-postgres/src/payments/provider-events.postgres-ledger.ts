import { ResultAsync } from 'neverthrow';

import type { ProviderEventRetention, ProviderEvents } from '@kastoma/application/payments';
import type { Instant } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { toTimestamp } from '../core/timestamp.ts';

export class PostgresProviderEvents implements ProviderEvents, ProviderEventRetention {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  take(
    { provider, id, paymentId }: Parameters<ProviderEvents['take']>[0],
    at: Instant,
  ): ResultAsync<boolean, never> {
    return ResultAsync.fromSafePromise(this.#sql`
      insert into payments.provider_events (provider, event_id, payment_id, received_at)
      values (${provider}, ${id}, ${paymentId}, ${toTimestamp(at)})
      on conflict (provider, event_id) do nothing
    `).map(({ count }) => count === 1);
  }

  async forgetBefore(then: Instant): Promise<number> {
    const { count } = await this.#sql`
      delete from payments.provider_events where received_at < ${toTimestamp(then)}
    `;
    return count;
  }
}
