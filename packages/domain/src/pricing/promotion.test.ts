import { describe, expect, test } from 'vitest';

import type { Currency } from '../core/currency.value.ts';
import type { PromotionId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Money } from '../core/money.value.ts';
import { Rate } from '../core/rate.value.ts';
import { promotionTermsToJson } from './promotion-terms.json.ts';
import { Promotion, type CreatePromotionInput } from './promotion.aggregate.ts';

const id = '01900000-0000-7000-8000-000000000001' as PromotionId;
const at = (milliseconds: number) => milliseconds as Instant;
const percentage = Rate.parsePercentage('10')._unsafeUnwrap();
const thirty = Money.of(3_000n, 'USD' as Currency)._unsafeUnwrap();
const notFound = { code: 'pricing.promotion_not_found' };

function created(wishes: Partial<CreatePromotionInput> = {}): Promotion {
  return Promotion.create({
    id,
    name: 'A tenth off',
    effects: [{ type: 'percentage', percentage }],
    automatic: true,
    at: at(1),
    ...wishes,
  })._unsafeUnwrap();
}

describe('a promotion', () => {
  test('is automatic or takes a code, and gives uses back unless told', () => {
    expect(created().state).toMatchObject({
      id,
      automatic: true,
      givesUsesBack: true,
      createdAt: 1,
      updatedAt: 1,
      deletedAt: null,
    });
    const coded = created({ automatic: false, givesUsesBack: false });
    expect(coded.state).toMatchObject({ automatic: false, givesUsesBack: false });
  });

  test('tells of itself in plain JSON', () => {
    const { pending, version, state } = created();
    expect(version).toBe(1);
    expect(pending).toEqual([
      {
        type: 'pricing.promotion_created',
        schemaVersion: 1,
        aggregateId: id,
        aggregateVersion: 1,
        occurredAt: 1,
        payload: {
          promotionId: id,
          terms: promotionTermsToJson(state.terms),
          automatic: true,
          givesUsesBack: true,
        },
      },
    ]);
    expect(JSON.parse(JSON.stringify(pending))).toEqual(pending);
  });

  test('with terms that are none is refused', () => {
    const refused = Promotion.create({ id, name: 'A', effects: [], automatic: true, at: at(1) });
    expect(refused._unsafeUnwrapErr()).toEqual({
      code: 'pricing.invalid_promotion',
      path: ['effects'],
      reason: 'no_effect',
    });
  });

  test('changes in what is given, and keeps the rest', () => {
    const before = created({
      conditions: { minimumSubtotal: thirty, minimumQuantity: 2 },
      limits: { total: 9, perCustomer: 1 },
      priority: 3,
      endsAt: at(9),
    });
    const after = before.revise(
      {
        name: 'Less',
        conditions: { minimumQuantity: undefined, tags: ['tea'] },
        limits: { total: 10 },
        endsAt: null,
        priority: undefined,
      },
      at(2),
    );
    const { state, version } = after._unsafeUnwrap();
    expect(state.terms).toMatchObject({
      name: 'Less',
      conditions: { minimumSubtotal: thirty, tags: ['tea'] },
      limits: { total: 10, perCustomer: 1 },
      endsAt: null,
      priority: 3,
    });
    expect(state.terms.conditions).not.toHaveProperty('minimumQuantity');
    expect(state).toMatchObject({ createdAt: 1, updatedAt: 2, givesUsesBack: true });
    expect(version).toBe(2);
  });

  test('has no conditions and no limits any more when they are taken away as a whole', () => {
    const before = created({ conditions: { minimumQuantity: 2 }, limits: { total: 9 } });
    const kept = before.revise({ givesUsesBack: false }, at(2))._unsafeUnwrap().state;
    expect(kept.givesUsesBack).toBe(false);
    expect(kept.terms).toEqual(before.state.terms);
    const { terms } = before
      .revise({ conditions: null, limits: null }, at(2))
      ._unsafeUnwrap().state;
    expect([terms.conditions, terms.limits]).toEqual([{}, {}]);
  });

  test('is not changed into something that is no promotion', () => {
    const before = created({ startsAt: at(5) });
    expect(before.revise({ endsAt: at(5) }, at(2))._unsafeUnwrapErr()).toMatchObject({
      path: ['endsAt'],
      reason: 'contradictory_window',
    });
    expect(before.state.terms.endsAt).toBeNull();
  });

  test('takes a code from its first coupon on, and does not change with the second', () => {
    const coded = created().takeCode(at(2));
    expect(coded.state).toMatchObject({ automatic: false, updatedAt: 2 });
    expect(coded.version).toBe(2);
    expect(coded.takeCode(at(3))).toBe(coded);
    expect(coded.revise({ name: 'Other' }, at(3))._unsafeUnwrap().state.automatic).toBe(false);
  });

  test('is deleted once, and does not change afterwards', () => {
    const deleted = created().delete(at(2))._unsafeUnwrap();
    expect(deleted.state).toMatchObject({ deletedAt: 2, updatedAt: 2 });
    expect(deleted.pending.at(-1)).toMatchObject({
      type: 'pricing.promotion_deleted',
      aggregateVersion: 2,
      payload: { promotionId: id },
    });
    expect(deleted.delete(at(3))._unsafeUnwrapErr()).toEqual(notFound);
    expect(deleted.revise({}, at(3))._unsafeUnwrapErr()).toEqual(notFound);
  });

  test('tells of each version, and of none that was told already', () => {
    const twice = created()
      .revise({ priority: 1 }, at(2))
      .andThen((promotion) => promotion.revise({ priority: 2 }, at(3)))
      ._unsafeUnwrap();
    expect(twice.pending.map((event) => [event.aggregateVersion, event.occurredAt])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    const restored = Promotion.restore(twice.state, twice.version);
    expect(restored.pending).toEqual([]);
    expect(restored.takeCode(at(4)).pending.map((event) => event.aggregateVersion)).toEqual([4]);
    expect(Object.isFrozen(restored)).toBe(true);
    expect(Object.isFrozen(restored.state)).toBe(true);
  });
});
