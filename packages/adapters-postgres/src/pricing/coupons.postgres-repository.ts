import { err, ok, ResultAsync } from 'neverthrow';

import type { ConcurrentUpdate } from '@kastoma/application/core';
import type { CouponRepository } from '@kastoma/application/pricing';
import type { CouponId } from '@kastoma/domain/core';
import type { Coupon, CouponCodeTaken, CouponNotFound } from '@kastoma/domain/pricing';

import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { toTimestamp } from '../core/timestamp.ts';
import { toCoupon, type CouponRow } from './pricing-rows.ts';

export class PostgresCouponRepository implements CouponRepository {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;

  constructor(sql: Queryable, outbox: Outbox) {
    this.#sql = sql;
    this.#outbox = outbox;
  }

  add(coupon: Coupon): ResultAsync<void, CouponCodeTaken> {
    const { code: couponCode } = coupon.state;
    return ResultAsync.fromSafePromise(this.#insert(coupon)).andThen((inserted) =>
      inserted ? ok() : err({ code: 'pricing.coupon_code_taken' as const, couponCode }),
    );
  }

  find(id: CouponId): ResultAsync<Coupon, CouponNotFound> {
    return ResultAsync.fromSafePromise(this.#sql<CouponRow[]>`
      select id, promotion_id, code, single_use, active, created_at, deleted_at, version
      from pricing.coupons
      where id = ${id} and deleted_at is null
      for update
    `).andThen(([row]) =>
      row === undefined ? err({ code: 'pricing.coupon_not_found' as const }) : ok(toCoupon(row)),
    );
  }

  save(coupon: Coupon): ResultAsync<void, ConcurrentUpdate> {
    return ResultAsync.fromSafePromise(this.#update(coupon)).andThen((updated) =>
      updated ? ok() : err({ code: 'core.concurrent_update' as const }),
    );
  }

  async #insert({ state, version, pending }: Coupon): Promise<boolean> {
    const inserted = await this.#sql`
      insert into pricing.coupons (id, promotion_id, code, single_use, active, created_at, version)
      values (
        ${state.id}, ${state.promotionId}, ${state.code}, ${state.singleUse}, ${state.active},
        ${toTimestamp(state.createdAt)}, ${version}
      )
      on conflict (code) where deleted_at is null do nothing
      returning id
    `;
    if (inserted.count === 0) return false;
    await this.#outbox.record(pending);
    return true;
  }

  async #update({ state, version, pending }: Coupon): Promise<boolean> {
    const { id, singleUse, active, deletedAt } = state;
    const updated = await this.#sql`
      update pricing.coupons
      set
        single_use = ${singleUse},
        active = ${active},
        deleted_at = ${deletedAt === null ? null : toTimestamp(deletedAt)},
        version = ${version}
      where id = ${id} and version = ${version - pending.length}
      returning id
    `;
    if (updated.count === 0) return false;
    await this.#outbox.record(pending);
    return true;
  }
}
