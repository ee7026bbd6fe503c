import { describe, expect, test } from 'vitest';

import {
  amountOff,
  buyGet,
  cart,
  dollars,
  eachPromotion,
  eachRejection,
  flat,
  freeShipping,
  line,
  percentOff,
  promotion,
  quoteOf,
  shippingOff,
  totalOf,
} from '../../test/cart.fixture.ts';
import { priceCountingSteps } from './price.ts';
import type { PricingInput } from './pricing-input.ts';
import type { PromotionDraft } from './promotion-draft.ts';
import type { PromotionEffect } from './promotion-effect.ts';
import type { PromotionTerms } from './promotion-terms.value.ts';
import { canonicalQuote } from './quote.value.ts';

const exclusive = (id: string, effect: PromotionEffect, draft: Partial<PromotionDraft> = {}) =>
  promotion(id, effect, { isExclusive: true, ...draft });
const hundred = [line('tea', '100.00')];
const appliedOf = (input: Partial<PricingInput>) => Object.keys(eachPromotion(quoteOf(input)));

describe('by priority', () => {
  test('an exclusive promotion shuts out the others of its class, whatever their priorities', () => {
    const quote = quoteOf({
      lines: hundred,
      promotions: [
        exclusive('alone', percentOff('1')),
        promotion('b', percentOff('50'), { priority: 9 }),
        promotion('c', percentOff('50')),
      ],
    });
    expect(eachPromotion(quote)).toEqual({ alone: '1.00' });
    expect(quote.rejected).toEqual(
      ['b', 'c'].map((promotionId) => ({
        code: 'promotion.excluded_by',
        reason: 'excluded_by',
        winnerId: 'alone',
        promotionId,
        couponCode: null,
      })),
    );
  });

  test('of two exclusive ones the higher priority wins, then the smaller id', () => {
    const of = (a: number, b: number) =>
      appliedOf({
        lines: hundred,
        promotions: [
          exclusive('b', percentOff('50'), { priority: b }),
          exclusive('a', percentOff('10'), { priority: a }),
        ],
      });
    expect(of(0, 1)).toEqual(['b']);
    expect(of(1, 0)).toEqual(['a']);
    expect(of(0, 0)).toEqual(['a']);
  });

  test('an exclusive promotion of one class leaves the other classes alone', () => {
    const quote = quoteOf({
      lines: hundred,
      shipping: flat('4.00'),
      promotions: [
        exclusive('line', { ...percentOff('10'), target: { productIds: ['tea'] } }),
        exclusive('order', percentOff('10')),
        exclusive('shipping', freeShipping, { class: 'shipping' }),
      ],
    });
    expect(eachPromotion(quote)).toEqual({ line: '10.00', order: '9.00', shipping: '0.00' });
    expect(quote.totals.total).toEqual(dollars('81.00'));
  });

  test('one that is not eligible shuts nobody out', () => {
    const outcome = (draft: Partial<PromotionDraft>) =>
      appliedOf({
        lines: hundred,
        promotions: [
          exclusive('alone', percentOff('50'), { priority: 9, ...draft }),
          promotion('b', percentOff('10')),
        ],
      });
    expect(outcome({})).toEqual(['alone']);
    expect(outcome({ isActive: false })).toEqual(['b']);
    expect(outcome({ conditions: { minimumSubtotal: dollars('100.01') } })).toEqual(['b']);
    expect(outcome({ conditions: { minimumSubtotal: dollars('100.00') } })).toEqual(['alone']);
  });

  test('eligibility is judged on the amounts that enter the class', () => {
    const quote = quoteOf({
      lines: hundred,
      promotions: [
        promotion('cent', amountOff('0.01'), { class: 'line' }),
        exclusive('alone', percentOff('50'), {
          conditions: { minimumSubtotal: dollars('100.00') },
        }),
        promotion('b', percentOff('10')),
      ],
    });
    expect(eachPromotion(quote)).toEqual({ cent: '0.01', b: '10.00' });
    expect(eachRejection(quote)).toEqual({ alone: 'promotion.below_minimum' });
  });

  test('an exclusive one that would take nothing off shuts nobody out', () => {
    const quote = quoteOf({
      lines: [line('tea', '10.00', 2)],
      promotions: [
        exclusive('deal', buyGet(2, 1)),
        promotion('b', percentOff('10'), { class: 'line' }),
      ],
    });
    expect(eachPromotion(quote)).toEqual({ b: '2.00' });
    expect(eachRejection(quote)).toEqual({ deal: 'promotion.nothing_to_discount' });
  });

  test('a code does not change who wins, and its loser is told as any other', () => {
    const quote = quoteOf({
      promotions: [exclusive('alone', percentOff('1')), promotion('spring', percentOff('50'))],
      coupons: [{ code: 'SPRING', promotionId: 'spring' }],
      codes: ['spring'],
    });
    expect(quote.rejected).toMatchObject([
      { code: 'promotion.excluded_by', winnerId: 'alone', couponCode: 'SPRING' },
    ]);
  });
});

describe('classes that do not combine', () => {
  const ofLine = (draft: Partial<PromotionDraft> = {}) =>
    promotion('line', percentOff('10'), { class: 'line', ...draft });
  const ofOrder = (draft: Partial<PromotionDraft> = {}) =>
    promotion('order', percentOff('20'), { class: 'order', ...draft });
  const ofShipping = (draft: Partial<PromotionDraft> = {}) =>
    promotion('shipping', freeShipping, { class: 'shipping', ...draft });
  const applied = (promotions: PricingInput['promotions'], input: Partial<PricingInput> = {}) =>
    appliedOf({ lines: hundred, shipping: flat('4.00'), promotions, ...input });

  test('two combine only where both agree', () => {
    expect(applied([ofLine(), ofOrder()])).toEqual(['line', 'order']);
    expect(applied([ofLine({ combinesWith: ['line'] }), ofOrder()])).toEqual(['line']);
    expect(applied([ofLine(), ofOrder({ combinesWith: ['order'] })])).toEqual(['line']);
    expect(
      applied([ofLine({ combinesWith: ['order'] }), ofOrder({ combinesWith: ['line'] })]),
    ).toEqual(['line', 'order']);
  });

  test('what disagrees is settled by priority before amounts are applied, then by id', () => {
    const line_ = { combinesWith: ['line'] } as const;
    expect(applied([ofLine(line_), ofOrder({ priority: 1 })])).toEqual(['order']);
    expect(applied([ofLine({ ...line_, priority: 2 }), ofOrder({ priority: 1 })])).toEqual([
      'line',
    ]);
    const quote = quoteOf({
      lines: hundred,
      promotions: [ofLine(line_), ofOrder({ priority: 1 })],
    });
    expect(quote.rejected).toMatchObject([
      { code: 'promotion.excluded_by', promotionId: 'line', winnerId: 'order' },
    ]);
  });

  test('shipping disagrees as well', () => {
    expect(applied([ofOrder({ combinesWith: ['line', 'order'] }), ofShipping()])).toEqual([
      'order',
    ]);
    expect(applied([ofOrder(), ofShipping({ combinesWith: ['shipping'] })])).toEqual(['order']);
    expect(applied([ofOrder(), ofShipping({ combinesWith: ['shipping'], priority: 1 })])).toEqual([
      'shipping',
    ]);
    expect(applied([ofLine(), ofShipping({ combinesWith: ['line', 'shipping'] })])).toEqual([
      'line',
      'shipping',
    ]);
  });

  test('two of one class do not combine where one of them does not want its own class', () => {
    const second = promotion('second', percentOff('30'), { class: 'order' });
    const alone = ofOrder({ combinesWith: ['line', 'shipping'] });
    expect(applied([alone, second])).toEqual(['order']);
    const later = ofOrder({ combinesWith: ['line', 'shipping'], priority: -1 });
    expect(applied([later, second])).toEqual(['second']);
  });

  test('who comes back because the winner of its class does not apply still meets the other classes', () => {
    // At first `alone` wins its class and `shipping` is in; then `alone` is below its minimum.
    const cent = promotion('cent', amountOff('0.01'), { class: 'line' });
    const alone = promotion('alone', percentOff('50'), {
      isExclusive: true,
      priority: 9,
      conditions: { minimumSubtotal: dollars('100.00') },
    });
    const withShipping = quoteOf({
      lines: hundred,
      shipping: flat('4.00'),
      promotions: [
        cent,
        alone,
        ofOrder({ combinesWith: ['line', 'order'], priority: 1 }),
        ofShipping({ priority: 5 }),
      ],
    });
    expect(Object.keys(eachPromotion(withShipping))).toEqual(['cent', 'shipping']);
    expect(withShipping.rejected).toMatchObject([
      { promotionId: 'alone', reason: 'below_minimum' },
      { promotionId: 'order', reason: 'excluded_by', winnerId: 'shipping' },
    ]);
    const withLine = quoteOf({
      lines: hundred,
      promotions: [cent, alone, ofOrder({ combinesWith: ['order'] })],
    });
    expect(withLine.rejected).toMatchObject([
      { promotionId: 'alone', reason: 'below_minimum' },
      { promotionId: 'order', reason: 'excluded_by', winnerId: 'cent' },
    ]);
  });

  test('the first who is in is the one who is named', () => {
    const first = promotion('b', percentOff('10'), { class: 'line', priority: 2 });
    const second = promotion('a', percentOff('10'), { class: 'line', priority: 1 });
    const quote = quoteOf({
      lines: hundred,
      promotions: [second, first, ofOrder({ combinesWith: ['order'] })],
    });
    expect(quote.rejected).toMatchObject([{ promotionId: 'order', winnerId: 'b' }]);
  });

  test('one who loses does not shut out a third', () => {
    // The order promotion loses to the line promotion, and shipping does not mind the line promotion.
    const quote = quoteOf({
      lines: hundred,
      shipping: flat('4.00'),
      promotions: [
        ofLine({ combinesWith: ['line', 'shipping'], priority: 2 }),
        ofOrder({ combinesWith: ['line', 'order'], priority: 1 }),
        ofShipping(),
      ],
    });
    expect(Object.keys(eachPromotion(quote))).toEqual(['line', 'shipping']);
    expect(eachRejection(quote)).toEqual({ order: 'promotion.excluded_by' });
    expect(quote.totals.total).toEqual(dollars('90.00'));
  });

  test('a winner that takes nothing off is struck out, and whoever it shut out applies', () => {
    const quote = quoteOf({
      lines: hundred,
      shipping: flat('4.00'),
      promotions: [
        promotion('all', percentOff('100'), { class: 'line' }),
        ofOrder({ combinesWith: ['line', 'order'], priority: 9 }),
        ofShipping(),
      ],
    });
    expect(Object.keys(eachPromotion(quote))).toEqual(['all', 'shipping']);
    expect(eachRejection(quote)).toEqual({ order: 'promotion.nothing_to_discount' });
    expect(quote.totals.total).toEqual(dollars('0.00'));
    expect(quote.totals.discount).toEqual(dollars('100.00'));
    expect(quote.lines[0]?.discounts).toHaveLength(1);
  });

  test('a winner that is below its minimum when its turn comes is struck out as well', () => {
    const quote = quoteOf({
      lines: hundred,
      shipping: flat('4.00'),
      promotions: [
        promotion('half', percentOff('50'), { class: 'line' }),
        ofOrder({
          combinesWith: ['line', 'order'],
          priority: 9,
          conditions: { minimumSubtotal: dollars('60.00') },
        }),
        ofShipping(),
      ],
    });
    expect(Object.keys(eachPromotion(quote))).toEqual(['half', 'shipping']);
    expect(eachRejection(quote)).toEqual({ order: 'promotion.below_minimum' });
  });

  test('many winners that take nothing off, one behind the other, come to an end', () => {
    const idle = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        promotion(`idle ${index}`, percentOff('10'), {
          class: 'order',
          isExclusive: true,
          combinesWith: ['line', 'order'],
          priority: 9 + index,
        }),
      );
    const outcome = (count: number) =>
      priceCountingSteps(
        cart({
          lines: hundred,
          shipping: flat('4.00'),
          promotions: [
            promotion('all', percentOff('100'), { class: 'line' }),
            ...idle(count),
            ofShipping(),
          ],
        }),
      )._unsafeUnwrap();
    for (const count of [20, 998]) {
      const { quote, steps } = outcome(count);
      expect(quote.totals.total).toEqual(dollars('0.00'));
      expect(Object.keys(eachPromotion(quote))).toEqual(['all', 'shipping']);
      expect(quote.rejected).toHaveLength(count);
      expect(steps).toBeLessThan(2_100_000);
    }
  });
});

describe('a promotion that does not apply changes nothing, even where promotions disagree', () => {
  const combining = (...classes: PromotionDraft['combinesWith'] & {}) => ({
    combinesWith: classes,
  });
  /** The quote without the idle ones, held against the one with them. */
  const expectUnchangedBy = (
    idle: readonly PromotionTerms[],
    why: string,
    { promotions = [], ...others }: Partial<PricingInput>,
  ) => {
    const without = quoteOf({ promotions, ...others });
    const quote = quoteOf({ promotions: [...promotions, ...idle], ...others });
    expect(canonicalQuote(quote)).toBe(canonicalQuote(without));
    expect(eachPromotion(quote)).toEqual(eachPromotion(without));
    expect(eachRejection(quote)).toEqual({
      ...eachRejection(without),
      ...Object.fromEntries(idle.map(({ id }) => [id, why])),
    });
    return quote;
  };

  test('where it has nothing to discount, though it is exclusive', () => {
    const quote = expectUnchangedBy(
      [exclusive('idle', buyGet(2, 1))],
      'promotion.nothing_to_discount',
      {
        promotions: [
          promotion('line', percentOff('10'), {
            class: 'line',
            priority: 10,
            ...combining('line', 'shipping'),
          }),
          promotion('order', percentOff('50'), { priority: 5 }),
        ],
      },
    );
    expect(eachPromotion(quote)).toEqual({ line: '1.00' });
  });

  test('where it is below its minimum when its turn comes', () => {
    const quote = expectUnchangedBy(
      [exclusive('idle', percentOff('10'), { conditions: { minimumSubtotal: dollars('10.00') } })],
      'promotion.below_minimum',
      {
        promotions: [
          promotion('cent', amountOff('0.01'), { class: 'line' }),
          promotion('order', percentOff('10'), { priority: 10, ...combining('line', 'order') }),
          promotion('shipping', freeShipping, { class: 'shipping', priority: 5 }),
        ],
        shipping: flat('5.00'),
      },
    );
    expect(eachPromotion(quote)).toEqual({ cent: '0.01', order: '1.00' });
    expect(quote.totals.shipping).toEqual(dollars('5.00'));
  });

  test('where others disagree about each other, and nobody about it', () => {
    const quote = expectUnchangedBy(
      [promotion('idle', buyGet(2, 1), { priority: 9, ...combining('line', 'order') })],
      'promotion.nothing_to_discount',
      {
        promotions: [
          promotion('shipping', freeShipping, { class: 'shipping', priority: 8 }),
          promotion('ten', percentOff('10'), {
            class: 'line',
            priority: 5,
            ...combining('order'),
          }),
          promotion('half', percentOff('50'), {
            class: 'line',
            priority: 4,
            ...combining('line', 'shipping'),
          }),
          promotion('one', percentOff('1')),
        ],
        shipping: flat('5.00'),
      },
    );
    expect(eachPromotion(quote)).toEqual({ half: '5.00', shipping: '0.00' });
  });

  test('where it stood in front of another of its class', () => {
    // `touchy` keeps `one` waiting until `two` is in, and is then below its minimum.
    const quote = expectUnchangedBy(
      [
        promotion('touchy', amountOff('0.02'), {
          conditions: { minimumSubtotal: dollars('0.02') },
        }),
      ],
      'promotion.below_minimum',
      {
        lines: [line('tea', '0.01', 2)],
        promotions: [
          promotion('one', amountOff('0.01'), { priority: 2, ...combining() }),
          promotion('two', buyGet(1, 1), { priority: 1 }),
        ],
        combining: 'best_for_customer',
      },
    );
    expect(eachPromotion(quote)).toEqual({ one: '0.01' });
  });

  test('nor does it matter for others whether promotions disagree at all', () => {
    // Of the two units the cheaper one has no room until the other one has become cheaper.
    const tea = { productId: 'tea', variantId: 'tea' };
    const of = (combinesWith: PromotionDraft['combinesWith'] & {}) =>
      quoteOf({
        lines: [
          line('a', '10.00', 1, { ...tea, minimumUnitPrice: dollars('10.00') }),
          line('b', '12.00', 1, { ...tea, tags: ['new'] }),
        ],
        promotions: [
          promotion('half', { ...percentOff('50'), maximumUnitsPerVariant: 1 }),
          promotion('four', { ...amountOff('4.00'), target: { tags: ['new'] } }, { combinesWith }),
        ],
      });
    expect(eachPromotion(of(['line', 'order', 'shipping']))).toEqual({
      four: '4.00',
      half: '4.00',
    });
    expect(eachPromotion(of(['line', 'order']))).toEqual({ four: '4.00', half: '4.00' });
  });

  test('where it would have been the best, and somebody else has taken from it first', () => {
    const promotions = [
      promotion('cent', amountOff('0.01'), { class: 'line', priority: 2 }),
      exclusive('alone', amountOff('0.02'), { class: 'line' }),
    ];
    const half = promotion('half', percentOff('50'), {
      class: 'line',
      priority: 1,
      conditions: { minimumSubtotal: dollars('10.00') },
    });
    const best = { combining: 'best_for_customer' } as const;
    const quote = expectUnchangedBy([half], 'promotion.below_minimum', { promotions, ...best });
    expect(eachPromotion(quote)).toEqual({ alone: '0.02' });
    expect(appliedOf({ promotions: [...promotions.slice(1), half], ...best })).toEqual(['half']);
  });

  test.each([1, 8, 9, 30])('where there are %d of them, each better than the next', (count) => {
    const quote = expectUnchangedBy(
      Array.from({ length: count }, (_, index) =>
        promotion(`idle ${index}`, percentOff(`${90 - index}`), {
          class: 'line',
          conditions: { minimumSubtotal: dollars('10.00') },
        }),
      ),
      'promotion.below_minimum',
      {
        promotions: [
          promotion('cent', amountOff('0.01'), { class: 'line', priority: 10 }),
          promotion('third', percentOff('30'), { class: 'line', ...combining('order') }),
        ],
        combining: 'best_for_customer',
      },
    );
    expect(eachPromotion(quote)).toEqual({ third: '3.00' });
  });
});

describe('best for the customer', () => {
  const best = { combining: 'best_for_customer' } as const;
  const fifteen = exclusive('fifteen', amountOff('15.00'));
  const twenty = exclusive('twenty', percentOff('20'), { priority: 9 });

  test('the larger discount wins: 20 % is not more than 15.00 because 20 is more than 15', () => {
    const promotions = [fifteen, twenty];
    expect(appliedOf({ lines: [line('tea', '50.00')], promotions, ...best })).toEqual(['fifteen']);
    expect(appliedOf({ lines: [line('tea', '100.00')], promotions, ...best })).toEqual(['twenty']);
    expect(appliedOf({ lines: [line('tea', '50.00')], promotions })).toEqual(['twenty']);
  });

  test('equal discounts are settled by priority, then by id', () => {
    const of = (a: number, b: number) =>
      appliedOf({
        promotions: [
          exclusive('b', amountOff('1.00'), { priority: b }),
          exclusive('a', percentOff('10'), { priority: a }),
        ],
        ...best,
      });
    expect(of(0, 1)).toEqual(['b']);
    expect(of(1, 0)).toEqual(['a']);
    expect(of(0, 0)).toEqual(['a']);
  });

  test('a larger one that is not exclusive shuts the exclusive one out', () => {
    const quote = quoteOf({
      promotions: [
        exclusive('alone', amountOff('2.00'), { priority: 9 }),
        promotion('more', amountOff('3.00')),
        promotion('less', amountOff('1.00')),
      ],
      ...best,
    });
    expect(eachPromotion(quote)).toEqual({ less: '1.00', more: '3.00' });
    expect(quote.rejected).toMatchObject([{ promotionId: 'alone', winnerId: 'more' }]);
  });

  test('what an exclusive one gives is compared with each of the others, not with all of them', () => {
    const quote = quoteOf({
      promotions: [
        exclusive('alone', amountOff('2.50')),
        promotion('b', amountOff('2.00')),
        promotion('c', amountOff('2.00')),
      ],
      ...best,
    });
    expect(eachPromotion(quote)).toEqual({ alone: '2.50' });
  });

  test('a discount is compared as far as its promotion may take it', () => {
    const capped = exclusive('capped', percentOff('90'), {
      limits: { maximumDiscount: dollars('1.00') },
    });
    const promotions = [capped, exclusive('small', amountOff('1.01'))];
    expect(appliedOf({ promotions, ...best })).toEqual(['small']);
  });

  test('a maximum that is not reached counts for nothing, and a maximum of repeats for what it is', () => {
    const limits = { maximumDiscount: dollars('5.00') };
    const roomy = exclusive('roomy', percentOff('10'), { limits });
    expect(
      appliedOf({ promotions: [roomy, exclusive('small', amountOff('1.01'))], ...best }),
    ).toEqual(['small']);
    const once = exclusive('once', buyGet(1, 1), { limits: { maximumRepeats: 1 } });
    expect(
      appliedOf({
        lines: [line('tea', '10.00', 6)],
        promotions: [once, exclusive('more', amountOff('15.00'), { class: 'line' })],
        ...best,
      }),
    ).toEqual(['more']);
  });

  test('across classes the priority decides, however small its discount, then the id', () => {
    const outcome = (ofLine: number, ofOrder: number) =>
      quoteOf({
        promotions: [
          promotion('ten', percentOff('10'), {
            class: 'line',
            combinesWith: ['line'],
            priority: ofLine,
          }),
          promotion('half', percentOff('50'), { priority: ofOrder }),
        ],
        ...best,
      });
    expect(eachPromotion(outcome(1, 0))).toEqual({ ten: '1.00' });
    expect(outcome(1, 0).rejected).toMatchObject([{ promotionId: 'half', winnerId: 'ten' }]);
    expect(eachPromotion(outcome(0, 1))).toEqual({ half: '5.00' });
    expect(eachPromotion(outcome(0, 0))).toEqual({ half: '5.00' });
  });

  test('an exclusive one that loses to another class keeps nobody of its own out', () => {
    const ofLine = { class: 'line', combinesWith: ['line', 'shipping'] } as const;
    const promotions = [
      promotion('twenty', percentOff('20'), { ...ofLine, priority: 10 }),
      promotion('order', percentOff('1'), { priority: 5 }),
    ];
    const alone = exclusive('alone', percentOff('10'), ofLine);
    expect(appliedOf({ promotions, ...best })).toEqual(['twenty']);
    expect(appliedOf({ promotions: [...promotions, alone], ...best })).toEqual(['twenty']);
  });

  test('all effects of a promotion count together', () => {
    const both = promotion('both', [amountOff('2.00'), shippingOff('50')], { isExclusive: true });
    const promotions = [both, exclusive('single', amountOff('3.99'))];
    expect(totalOf({ promotions, shipping: flat('4.00'), ...best })).toBe('10.00');
    expect(appliedOf({ promotions, shipping: flat('4.00'), ...best })).toEqual(['both']);
    expect(appliedOf({ promotions, shipping: flat('3.96'), ...best })).toEqual(['single']);
    expect(appliedOf({ promotions, ...best })).toEqual(['single']);
  });

  test('promotions that do not exclude each other all apply', () => {
    const promotions = [promotion('a', percentOff('10')), promotion('b', amountOff('3.00'))];
    expect(eachPromotion(quoteOf({ promotions, ...best }))).toEqual({ a: '1.00', b: '3.00' });
  });
});
