import { err, ok } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { CouponId, PromotionId } from '@kastoma/domain/core';

import { builderIds } from '../testing/builders/builder-ids.ts';
import { percent } from '../testing/builders/promotion.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { CreateCoupon, type CreateCouponCommand } from './create-coupon.use-case.ts';
import { CreatePromotion } from './create-promotion.use-case.ts';
import { DeleteCoupon } from './delete-coupon.use-case.ts';
import { DeletePromotion } from './delete-promotion.use-case.ts';
import type { CouponView, PromotionView } from './promotion-view.ts';
import { ReviseCoupon } from './revise-coupon.use-case.ts';
import { RevisePromotion } from './revise-promotion.use-case.ts';

const TENTH = {
  name: 'A tenth off',
  effects: [{ type: 'percentage' as const, percentage: percent('10') }],
};

let shop: ShopPorts;
let createPromotion: CreatePromotion;
let revisePromotion: RevisePromotion;
let deletePromotion: DeletePromotion;
let createCoupon: CreateCoupon;
let reviseCoupon: ReviseCoupon;
let deleteCoupon: DeleteCoupon;

beforeEach(() => {
  shop = inMemoryShop();
  const { pricing: unitOfWork, ids, clock } = shop;
  createPromotion = new CreatePromotion({ unitOfWork, ids, clock });
  revisePromotion = new RevisePromotion({ unitOfWork, clock });
  deletePromotion = new DeletePromotion({ unitOfWork, clock });
  createCoupon = new CreateCoupon({ unitOfWork, ids, clock });
  reviseCoupon = new ReviseCoupon({ unitOfWork, clock });
  deleteCoupon = new DeleteCoupon({ unitOfWork, clock });
});

async function givenPromotion(): Promise<PromotionView & { readonly id: PromotionId }> {
  const made = await createPromotion.execute({ ...TENTH, automatic: true }, SHOP);
  return made._unsafeUnwrap() as PromotionView & { readonly id: PromotionId };
}

const NEW: CreateCouponCommand['promotion'] = { draft: TENTH };

function code(promotion = NEW, wishes: Partial<CreateCouponCommand> = {}) {
  const command = { code: 'TEA', singleUse: false, active: true, promotion, ...wishes };
  return createCoupon.execute(command, SHOP);
}

async function givenCoupon(): Promise<CouponView & { readonly id: CouponId }> {
  return (await code())._unsafeUnwrap() as CouponView & { readonly id: CouponId };
}

async function countPromotions(): Promise<number> {
  const all = { active: null, automatic: null, search: null };
  return (await shop.promotionQueries.list(all, { page: 1, pageSize: 10 })).count;
}

const eventTypesOf = async (id: string) => (await shop.eventsOf(id)).map(({ type }) => type);

describe('making a promotion', () => {
  it('ends at 400 that need no code, and one deleted makes room; those with a code go on', async () => {
    const first = await givenPromotion();
    for (let count = 1; count < 400; count += 1) await givenPromotion();
    const oneMore = () => createPromotion.execute({ ...TENTH, automatic: true }, SHOP);
    expect(await oneMore()).toEqual(err({ code: 'pricing.too_many_promotions', maximum: 400 }));
    const coded = await createPromotion.execute({ ...TENTH, automatic: false }, SHOP);
    expect(coded.isOk()).toBe(true);
    const deleted = await deletePromotion.execute({ id: first.id, expectedVersion: null }, SHOP);
    expect(deleted.isOk()).toBe(true);
    expect((await oneMore()).isOk()).toBe(true);
  });

  it('shows it as stored, and tells of it', async () => {
    const view = await givenPromotion();
    expect(view).toMatchObject({ automatic: true, version: 1, createdAt: shop.clock.now() });
    expect(await shop.promotionQueries.find(view.id)).toEqual(ok(view));
    expect(await eventTypesOf(view.id)).toEqual(['pricing.promotion_created']);
  });

  it('refuses one that gives nothing, and stores none', async () => {
    const made = await createPromotion.execute({ ...TENTH, effects: [], automatic: true }, SHOP);
    expect(made._unsafeUnwrapErr()).toMatchObject({
      code: 'pricing.invalid_promotion',
      path: ['effects'],
    });
    expect(await countPromotions()).toBe(0);
  });
});

describe('changing a promotion', () => {
  const revise = (id: PromotionId, expectedVersion: number | null | 'unstated', name = 'Less') =>
    revisePromotion.execute({ id, changes: { name }, expectedVersion }, SHOP);

  it('shows it as stored, under the next version', async () => {
    const { id } = await givenPromotion();
    shop.clock.advance(60);
    const view = (await revise(id, 1))._unsafeUnwrap();
    expect(view).toMatchObject({ version: 2, updatedAt: shop.clock.now() });
    expect(view.terms.name).toBe('Less');
    expect(await shop.promotionQueries.find(id)).toEqual(ok(view));
    expect((await revise(id, null))._unsafeUnwrap().version).toBe(3);
  });

  it('takes the version that was read, and says which one stands', async () => {
    const { id } = await givenPromotion();
    expect(await revise(id, 2)).toEqual(err({ code: 'core.stale_version', currentVersion: 1 }));
    expect(await revise(id, 'unstated')).toEqual(
      err({ code: 'core.version_required', currentVersion: 1 }),
    );
    expect((await revise(id, 1, ''))._unsafeUnwrapErr().code).toBe('pricing.invalid_promotion');
    expect((await revise(builderIds.next(), 1))._unsafeUnwrapErr().code).toBe(
      'pricing.promotion_not_found',
    );
    expect(await eventTypesOf(id)).toEqual(['pricing.promotion_created']);
  });
});

describe('deleting a promotion', () => {
  it('takes its coupons with it', async () => {
    const { id, promotion } = await givenCoupon();
    const promotionId = promotion.id as PromotionId;
    const remove = (expectedVersion: number | 'unstated') =>
      deletePromotion.execute({ id: promotionId, expectedVersion }, SHOP);
    expect((await remove(2))._unsafeUnwrapErr().code).toBe('core.stale_version');
    expect((await remove('unstated'))._unsafeUnwrapErr().code).toBe('core.version_required');
    expect(await remove(1)).toEqual(ok());
    expect((await remove(1))._unsafeUnwrapErr().code).toBe('pricing.promotion_not_found');
    expect((await shop.couponQueries.find(id)).isErr()).toBe(true);
    expect((await code()).isOk()).toBe(true);
  });
});

describe('making a coupon', () => {
  it('makes the promotion with it, which takes the code', async () => {
    const view = await givenCoupon();
    expect(view).toMatchObject({ code: 'TEA', promotion: { automatic: false, version: 1 } });
    expect(await shop.couponQueries.find(view.id)).toEqual(ok(view));
    expect(await eventTypesOf(view.id)).toEqual(['pricing.coupon_created']);
    expect(await eventTypesOf(view.promotion.id)).toEqual(['pricing.promotion_created']);
  });

  it('makes an automatic promotion one that takes a code, with its first coupon', async () => {
    const { id } = await givenPromotion();
    const first = (await code({ id }))._unsafeUnwrap();
    expect(first.promotion).toMatchObject({ id, automatic: false, version: 2 });
    const second = (await code({ id }, { code: 'COFFEE' }))._unsafeUnwrap();
    expect(second.promotion.version).toBe(2);
    expect(await eventTypesOf(id)).toEqual([
      'pricing.promotion_created',
      'pricing.promotion_revised',
    ]);
  });

  it('refuses a code that somebody has, and leaves the promotion as it was', async () => {
    await givenCoupon();
    const { id } = await givenPromotion();
    const taken = err({ code: 'pricing.coupon_code_taken', couponCode: 'TEA' });
    expect(await code({ id }, { code: 'tea' })).toEqual(taken);
    expect((await shop.promotionQueries.find(id))._unsafeUnwrap().automatic).toBe(true);
    expect(await code()).toEqual(taken);
    expect(await countPromotions()).toBe(2);
  });

  it('refuses a promotion that is not there, and what is no code or no promotion', async () => {
    expect(await code({ id: builderIds.next() })).toEqual(
      err({ code: 'pricing.promotion_missing', path: ['promotionId'] }),
    );
    expect((await code({ draft: TENTH }, { code: 'é' }))._unsafeUnwrapErr().code).toBe(
      'pricing.malformed_coupon_code',
    );
    expect((await code({ draft: { ...TENTH, name: '' } }))._unsafeUnwrapErr()).toMatchObject({
      code: 'pricing.invalid_promotion',
      path: ['promotion', 'name'],
    });
    expect(await countPromotions()).toBe(0);
  });
});

describe('changing and deleting a coupon', () => {
  it('shows it as stored, under the next version', async () => {
    const { id, promotion } = await givenCoupon();
    const changes = { active: false };
    const off = await reviseCoupon.execute({ id, changes, expectedVersion: 1 }, SHOP);
    expect(off._unsafeUnwrap()).toMatchObject({ active: false, version: 2, promotion });
    expect(await shop.couponQueries.find(id)).toEqual(off);
    const stale = { id, changes, expectedVersion: 1 };
    expect((await reviseCoupon.execute(stale, SHOP))._unsafeUnwrapErr().code).toBe(
      'core.stale_version',
    );
  });

  it('leaves the promotion, which goes on taking a code', async () => {
    const { id, promotion } = await givenCoupon();
    const remove = (expectedVersion: number | null) =>
      deleteCoupon.execute({ id, expectedVersion }, SHOP);
    expect((await remove(2))._unsafeUnwrapErr().code).toBe('core.stale_version');
    expect(await remove(null)).toEqual(ok());
    expect((await remove(null))._unsafeUnwrapErr().code).toBe('pricing.coupon_not_found');
    const left = await shop.promotionQueries.find(promotion.id as PromotionId);
    expect(left._unsafeUnwrap().automatic).toBe(false);
  });
});
