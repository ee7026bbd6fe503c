import { err, ok, ResultAsync } from 'neverthrow';

import type { ConcurrentUpdate } from '@kastoma/application/core';
import type { PromotionRepository } from '@kastoma/application/pricing';
import type { PromotionId } from '@kastoma/domain/core';
import {
  promotionTermsToJson,
  type Promotion,
  type PromotionNotFound,
  type PromotionState,
} from '@kastoma/domain/pricing';

import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { toTimestamp } from '../core/timestamp.ts';
import { toPromotion, type PromotionRow } from './pricing-rows.ts';

export class PostgresPromotionRepository implements PromotionRepository {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;

  constructor(sql: Queryable, outbox: Outbox) {
    this.#sql = sql;
    this.#outbox = outbox;
  }

  add(promotion: Promotion): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#insert(promotion));
  }

  countAutomatic(): ResultAsync<number, never> {
    return ResultAsync.fromSafePromise(this.#sql<{ count: number }[]>`
      select count(*)::integer as count
      from pricing.promotions
      where automatic and deleted_at is null
    `).map(([row]) => row?.count ?? 0);
  }

  /** `for update` and nothing weaker: whoever counts a use holds the key of the row. */
  find(id: PromotionId): ResultAsync<Promotion, PromotionNotFound> {
    return ResultAsync.fromSafePromise(this.#sql<PromotionRow[]>`
      select id, terms, automatic, gives_uses_back, created_at, updated_at, deleted_at, version
      from pricing.promotions
      where id = ${id} and deleted_at is null
      for update
    `).andThen(([row]) =>
      row === undefined
        ? err({ code: 'pricing.promotion_not_found' as const })
        : ok(toPromotion(row)),
    );
  }

  save(promotion: Promotion): ResultAsync<void, ConcurrentUpdate> {
    return ResultAsync.fromSafePromise(this.#update(promotion)).andThen((updated) =>
      updated ? ok() : err({ code: 'core.concurrent_update' as const }),
    );
  }

  async #insert({ state, version, pending }: Promotion): Promise<void> {
    const { startsAt, endsAt } = state.terms;
    await this.#sql`
      insert into pricing.promotions (
        id, terms, starts_at, ends_at, automatic, gives_uses_back, created_at, updated_at, version
      )
      values (
        ${state.id}, ${this.#sql.json(promotionTermsToJson(state.terms))},
        ${startsAt === null ? null : toTimestamp(startsAt)}, ${endsAt === null ? null : toTimestamp(endsAt)},
        ${state.automatic}, ${state.givesUsesBack},
        ${toTimestamp(state.createdAt)}, ${toTimestamp(state.updatedAt)}, ${version}
      )
    `;
    await this.#outbox.record(pending);
  }

  async #update({ state, version, pending }: Promotion): Promise<boolean> {
    const { startsAt, endsAt } = state.terms;
    const deletedAt = state.deletedAt === null ? null : toTimestamp(state.deletedAt);
    const updated = await this.#sql`
      update pricing.promotions
      set
        terms = ${this.#sql.json(promotionTermsToJson(state.terms))},
        starts_at = ${startsAt === null ? null : toTimestamp(startsAt)},
        ends_at = ${endsAt === null ? null : toTimestamp(endsAt)},
        automatic = ${state.automatic},
        gives_uses_back = ${state.givesUsesBack},
        updated_at = ${toTimestamp(state.updatedAt)},
        deleted_at = ${deletedAt},
        uses = ${this.#usesOf(state)},
        version = ${version}
      where id = ${state.id} and version = ${version - pending.length}
      returning id
    `;
    if (updated.count === 0) return false;
    if (deletedAt !== null) await this.#deleteCoupons(state.id, deletedAt);
    await this.#outbox.record(pending);
    return true;
  }

  /** Nobody counts a use while the promotion is held; without a limit nobody keeps their number. */
  #usesOf({ id, terms }: PromotionState) {
    return terms.limits.total === undefined
      ? this.#sql`uses`
      : this.#sql`(
          select count(*)
          from pricing.redemptions
          where promotion_id = ${id} and given_back_at is null
        )`;
  }

  async #deleteCoupons(id: PromotionId, deletedAt: Date): Promise<void> {
    await this.#sql`
      update pricing.coupons
      set deleted_at = ${deletedAt}, version = version + 1
      where promotion_id = ${id} and deleted_at is null
    `;
  }
}
