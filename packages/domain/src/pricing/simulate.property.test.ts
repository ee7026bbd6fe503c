import fc from 'fast-check';
import { expect, test } from 'vitest';

import { parseCurrency } from '../core/currency.value.ts';
import { anyPricingInput } from '../testing/pricing-input.arbitrary.ts';
import { anyPromotionTerms } from '../testing/promotion.arbitrary.ts';
import { price } from './price.ts';
import { simulate } from './simulate.ts';

const currency = parseCurrency('USD')._unsafeUnwrap();
const anyCarts = () => fc.array(anyPricingInput({ without: ['currencies'] }), { maxLength: 4 });
const anyDrafts = () =>
  fc.uniqueArray(anyPromotionTerms({ currency }), { selector: ({ id }) => id, maxLength: 3 });

test('the order of carts and drafts changes nothing but the order of the carts', () => {
  fc.assert(
    fc.property(anyCarts(), anyDrafts(), (carts, drafts) => {
      const once = simulate({ carts, drafts })._unsafeUnwrap();
      const turned = simulate({ carts: carts.toReversed(), drafts: drafts.toReversed() });
      expect(turned._unsafeUnwrap()).toStrictEqual({ ...once, carts: once.carts.toReversed() });
    }),
  );
});

test('no draft, or drafts that are live already, change nothing', () => {
  fc.assert(
    fc.property(anyCarts(), (carts) => {
      const automatic = carts.map((cart) => ({ ...cart, coupons: [], codes: [] }));
      const live = automatic[0]?.promotions?.filter(
        ({ isActive, startsAt, endsAt }) => isActive && startsAt === null && endsAt === null,
      );
      for (const drafts of [[], live ?? []])
        expect(
          simulate({ carts: automatic.slice(0, 1), drafts })._unsafeUnwrap().summary,
        ).toMatchObject(automatic.slice(0, 1).map(() => ({ changed: 0, notPriceable: [] })));
    }),
  );
});

test('every difference is what the two prices differ by, and the promotions account for it', () => {
  fc.assert(
    fc.property(anyPricingInput({ without: ['currencies'] }), anyDrafts(), (cart, drafts) => {
      const [only] = simulate({ carts: [cart], drafts })._unsafeUnwrap().carts;
      if (only?.outcome !== 'priced') return expect(price(cart).isOk()).toBe(false);
      expect(only.before).toStrictEqual(price(cart)._unsafeUnwrap().totals);
      for (const field of ['discount', 'shipping', 'tax', 'total'] as const)
        expect(only.before[field].minorUnits + only.differences[field].minorUnits).toBe(
          only.after[field].minorUnits,
        );
      expect(
        only.promotions.reduce((sum, { discount }) => sum + discount.difference.minorUnits, 0n),
      ).toBe(only.differences.discount.minorUnits);
    }),
  );
});

test('every draft either takes something off or says why it does not', () => {
  fc.assert(
    fc.property(anyPricingInput({ without: ['currencies'] }), anyDrafts(), (cart, drafts) => {
      const fresh = { ...cart, promotions: [], coupons: [], codes: [], uses: [] };
      const [only] = simulate({ carts: [fresh], drafts })._unsafeUnwrap().carts;
      if (only?.outcome !== 'priced') return expect(price(fresh).isOk()).toBe(false);
      const told = [...only.promotions, ...only.rejectedDrafts];
      expect(told).toHaveLength(drafts.length);
      expect(new Set(told.map(({ promotionId }) => promotionId))).toStrictEqual(
        new Set(drafts.map(({ id }) => id)),
      );
    }),
  );
});
