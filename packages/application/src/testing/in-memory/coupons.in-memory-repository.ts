import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { CouponId } from '@kastoma/domain/core';
import { Coupon, type CouponCodeTaken, type CouponNotFound } from '@kastoma/domain/pricing';

import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import type { CouponRepository } from '../../pricing/coupon-repository.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryCouponRepository implements CouponRepository {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox;

  constructor(memory: Memory, outbox: InMemoryOutbox) {
    this.#memory = memory;
    this.#outbox = outbox;
  }

  add(coupon: Coupon): ResultAsync<void, CouponCodeTaken> {
    const { code } = coupon.state;
    const others = [...this.#memory.tables.coupons.values()];
    if (others.some(({ state }) => state.code === code && state.deletedAt === null))
      return errAsync({ code: 'pricing.coupon_code_taken', couponCode: code });
    this.#store(coupon);
    return okAsync();
  }

  find(id: CouponId): ResultAsync<Coupon, CouponNotFound> {
    const found = this.#memory.tables.coupons.get(id);
    return found === undefined || found.state.deletedAt !== null
      ? errAsync({ code: 'pricing.coupon_not_found' })
      : okAsync(found);
  }

  save(coupon: Coupon): ResultAsync<void, ConcurrentUpdate> {
    const stands = this.#memory.tables.coupons.get(coupon.state.id);
    if (stands?.version !== coupon.version - coupon.pending.length)
      return errAsync({ code: 'core.concurrent_update' });
    this.#store(coupon);
    return okAsync();
  }

  #store({ state, version, pending }: Coupon): void {
    this.#memory.tables.coupons.set(state.id, Coupon.restore(state, version));
    this.#outbox.record(pending);
  }
}
