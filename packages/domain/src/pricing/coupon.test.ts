import { describe, expect, test } from 'vitest';

import type { CouponId, PromotionId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Coupon, type CreateCouponInput } from './coupon.aggregate.ts';

const id = '01900000-0000-7000-8000-000000000002' as CouponId;
const promotionId = '01900000-0000-7000-8000-000000000001' as PromotionId;
const at = (milliseconds: number) => milliseconds as Instant;
const notFound = { code: 'pricing.coupon_not_found' };

function create(wishes: Partial<CreateCouponInput> = {}) {
  const plain = { id, code: 'TEA', promotionId, singleUse: false, active: true, at: at(1) };
  return Coupon.create({ ...plain, ...wishes });
}

describe('a coupon', () => {
  test('has its code in the form in which codes are compared, and tells of itself', () => {
    const { state, version, pending } = create({ code: ' tea-10 ' })._unsafeUnwrap();
    expect(state).toEqual({
      id,
      code: 'TEA-10',
      promotionId,
      singleUse: false,
      active: true,
      createdAt: 1,
      deletedAt: null,
    });
    expect(version).toBe(1);
    expect(pending).toEqual([
      {
        type: 'pricing.coupon_created',
        schemaVersion: 1,
        aggregateId: id,
        aggregateVersion: 1,
        occurredAt: 1,
        payload: {
          couponId: id,
          couponCode: 'TEA-10',
          promotionId,
          singleUse: false,
          active: true,
        },
      },
    ]);
  });

  test('with a code that is none is refused', () => {
    expect(create({ code: 'té' })._unsafeUnwrapErr()).toEqual({
      code: 'pricing.malformed_coupon_code',
      maximumLength: 64,
    });
  });

  test('is switched off, or made one for a single use, and keeps what is left out', () => {
    const off = create()._unsafeUnwrap().revise({ active: false }, at(2))._unsafeUnwrap();
    expect(off.state).toMatchObject({ active: false, singleUse: false });
    const single = off.revise({ singleUse: true, active: undefined }, at(3))._unsafeUnwrap();
    expect(single.state).toMatchObject({ active: false, singleUse: true, createdAt: 1 });
    expect(single.pending.at(-1)).toMatchObject({
      type: 'pricing.coupon_revised',
      aggregateVersion: 3,
      payload: { active: false, singleUse: true },
    });
  });

  test('is deleted once, and does not change afterwards', () => {
    const deleted = create()._unsafeUnwrap().delete(at(2))._unsafeUnwrap();
    expect(deleted.state.deletedAt).toBe(2);
    expect(deleted.pending.at(-1)).toMatchObject({
      type: 'pricing.coupon_deleted',
      payload: { couponId: id, couponCode: 'TEA', promotionId },
    });
    expect(deleted.delete(at(3))._unsafeUnwrapErr()).toEqual(notFound);
    expect(deleted.revise({}, at(3))._unsafeUnwrapErr()).toEqual(notFound);
  });

  test('tells nothing anew when it comes out of the store', () => {
    const { state, version } = create()._unsafeUnwrap();
    const restored = Coupon.restore(state, version);
    expect([restored.version, restored.pending]).toEqual([1, []]);
    expect(Object.isFrozen(restored)).toBe(true);
    expect(Object.isFrozen(restored.state)).toBe(true);
  });
});
