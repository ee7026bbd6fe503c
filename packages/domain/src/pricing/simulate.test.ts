import { describe, expect, test } from 'vitest';

import { parseCurrency } from '../core/currency.value.ts';
import { parseInstant } from '../core/instant.value.ts';
import { LARGEST_MINOR_UNITS, Money } from '../core/money.value.ts';
import { Rate } from '../core/rate.value.ts';
import type { PricingInput } from './pricing-input.ts';
import type { PromotionDraft } from './promotion-draft.ts';
import { PromotionTerms } from './promotion-terms.value.ts';
import { simulate } from './simulate.ts';
import type { SimulatedCart } from './simulation.ts';

const usd = parseCurrency('USD')._unsafeUnwrap();
const eur = parseCurrency('EUR')._unsafeUnwrap();
const money = (minorUnits: bigint, currency = usd) =>
  Money.of(minorUnits, currency)._unsafeUnwrap();
const percent = (text: string) => Rate.parsePercentage(text)._unsafeUnwrap();
const at = parseInstant('2026-11-23T09:00:00Z')._unsafeUnwrap();
const later = parseInstant('2027-01-01T00:00:00Z')._unsafeUnwrap();

const off = (id: string, percentage: string, changes: Partial<PromotionDraft> = {}) =>
  PromotionTerms.define({
    id,
    name: `${percentage} % off`,
    effects: [{ type: 'percentage', percentage: percent(percentage) }],
    ...changes,
  })._unsafeUnwrap();

const cartOf = (changes: Partial<PricingInput> = {}, price = money(1_000n)): PricingInput => ({
  currency: price.currency,
  at,
  lines: [{ id: 'a', productId: 'tea', variantId: 'tea', unitPrice: price, quantity: 10 }],
  shipping: {
    method: 'standard',
    rates: [{ charge: { type: 'flat', amount: money(599n, price.currency) } }],
  },
  ...changes,
});

/** One cart with these drafts. */
function pricedWith(cart: PricingInput, ...drafts: readonly PromotionTerms[]) {
  const [only] = simulate({ carts: [cart], drafts })._unsafeUnwrap().carts;
  return only as Extract<SimulatedCart, { readonly outcome: 'priced' }>;
}

describe('a draft', () => {
  test('that applies says what every amount was, becomes, and differs by', () => {
    const cart = pricedWith(cartOf(), off('ten', '10'));
    expect(cart).toMatchObject({ outcome: 'priced', isChanged: true, rejectedDrafts: [] });
    expect(cart.before.total).toStrictEqual(money(10_599n));
    expect(cart.after.total).toStrictEqual(money(9_599n));
    expect(cart.differences).toStrictEqual({
      discount: money(1_000n),
      shipping: money(0n),
      tax: money(0n),
      total: money(-1_000n),
    });
    expect(cart.promotions).toStrictEqual([
      {
        promotionId: 'ten',
        name: '10 % off',
        change: 'begins',
        discount: { before: money(0n), after: money(1_000n), difference: money(1_000n) },
        shippingDiscount: { before: money(0n), after: money(0n), difference: money(0n) },
      },
    ]);
  });

  test('off shipping is told apart from one off the goods', () => {
    const draft = PromotionTerms.define({
      id: 'free',
      name: 'Free shipping',
      effects: [{ type: 'free_shipping' }],
    })._unsafeUnwrap();
    const { differences, promotions } = pricedWith(cartOf(), draft);
    expect(differences).toMatchObject({ discount: money(0n), shipping: money(-599n) });
    expect(promotions[0]?.shippingDiscount.after).toStrictEqual(money(599n));
  });

  test('replaces the promotion of its id', () => {
    const cart = cartOf({ promotions: [off('sale', '10'), off('other', '5', { priority: -1 })] });
    const { promotions, differences } = pricedWith(cart, off('sale', '20', { name: 'More off' }));
    expect(promotions.map(({ promotionId, change }) => [promotionId, change])).toStrictEqual([
      ['other', 'changes'],
      ['sale', 'changes'],
    ]);
    expect(promotions[1]).toMatchObject({
      name: 'More off',
      discount: { before: money(1_000n), after: money(2_000n), difference: money(1_000n) },
    });
    expect(differences.discount).toStrictEqual(money(950n));
  });

  test('is judged as if it were live, whatever its switch and its window say', () => {
    const draft = off('ten', '10', { isActive: false, startsAt: later });
    expect(pricedWith(cartOf(), draft).differences.total).toStrictEqual(money(-1_000n));
  });

  test('is automatic, though its promotion needs a code and nobody entered it', () => {
    const cart = cartOf({
      promotions: [off('ten', '10')],
      coupons: [{ code: 'TEN', promotionId: 'ten' }],
    });
    const { before, promotions } = pricedWith(cart, off('ten', '10'));
    expect(before.discount).toStrictEqual(money(0n));
    expect(promotions).toMatchObject([{ promotionId: 'ten', change: 'begins' }]);
  });

  test('needs no code any more, and other codes stay what they are', () => {
    const cart = cartOf({
      promotions: [off('ten', '10'), off('five', '5')],
      coupons: [
        { code: 'TEN', promotionId: 'ten', usesLeft: 1 },
        { code: 'FIVE', promotionId: 'five' },
      ],
      codes: [' ten ', 'five'],
    });
    const same = pricedWith(cart, off('ten', '10'));
    expect(same).toMatchObject({ isChanged: false, promotions: [], rejectedDrafts: [] });
    expect(same.before.discount).toStrictEqual(money(1_450n));
  });

  test('that takes nothing off says why', () => {
    const draft = off('ten', '10', { conditions: { minimumSubtotal: money(10_001n) } });
    const cart = pricedWith(cartOf({ promotions: [off('over', '5', { isActive: false })] }), draft);
    expect(cart.isChanged).toBe(false);
    expect(cart.rejectedDrafts).toMatchObject([
      { code: 'promotion.below_minimum', promotionId: 'ten', reached: money(10_000n) },
    ]);
  });

  test('that shuts out another shows that the other stops', () => {
    const cart = cartOf({ promotions: [off('five', '5')] });
    const { promotions } = pricedWith(cart, off('ten', '10', { isExclusive: true }));
    expect(promotions.map(({ promotionId, change }) => [promotionId, change])).toStrictEqual([
      ['five', 'stops'],
      ['ten', 'begins'],
    ]);
    expect(promotions[0]?.discount.difference).toStrictEqual(money(-500n));
  });

  test('that only moves a discount to another line changes the cart, though no total', () => {
    const offOne = (productId: string) =>
      PromotionTerms.define({
        id: 'dollar',
        name: 'A dollar off',
        effects: [
          {
            type: 'fixed_amount',
            amount: money(100n),
            spread: 'across',
            target: { productIds: [productId] },
          },
        ],
      })._unsafeUnwrap();
    const [line] = cartOf().lines;
    const cart = cartOf({
      lines: [line, { ...line, id: 'b', productId: 'cup', variantId: 'cup' }] as never,
      promotions: [offOne('tea')],
    });
    expect(pricedWith(cart, offOne('cup'))).toMatchObject({
      isChanged: true,
      promotions: [],
      differences: { discount: money(0n), total: money(0n) },
    });
  });

  test('may not come twice', () => {
    const drafts = [off('a', '1'), off('b', '1'), off('a', '2')];
    expect(simulate({ carts: [], drafts })._unsafeUnwrapErr()).toStrictEqual({
      code: 'pricing.duplicate_id',
      kind: 'promotion',
      id: 'a',
    });
  });
});

describe('many carts', () => {
  const twice = cartOf();
  const broken = cartOf({ lines: [...twice.lines, ...twice.lines] });

  test('are summed up by currency, without those that cannot be priced', () => {
    const carts = [
      cartOf({}, money(100n, eur)),
      cartOf(),
      broken,
      cartOf({}, money(2_000n)),
      cartOf({}, money(1n)),
      broken,
      cartOf({}, money(-1n)),
    ];
    const draft = off('ten', '10', { conditions: { minimumSubtotal: money(10_000n) } });
    const { carts: simulated, summary } = simulate({ carts, drafts: [draft] })._unsafeUnwrap();
    expect(simulated.map(({ outcome }) => outcome)).toStrictEqual([
      'priced',
      'priced',
      'not_priceable',
      'priced',
      'priced',
      'not_priceable',
      'not_priceable',
    ]);
    expect(simulated[2]).toMatchObject({
      when: 'before',
      error: { code: 'pricing.duplicate_id', kind: 'line' },
    });
    const none = money(0n, eur);
    expect(summary).toStrictEqual([
      {
        currency: 'EUR',
        carts: 1,
        changed: 0,
        differences: { discount: none, shipping: none, tax: none, total: none },
        notPriceable: [],
      },
      {
        currency: 'USD',
        carts: 6,
        changed: 2,
        differences: {
          discount: money(3_000n),
          shipping: money(0n),
          tax: money(0n),
          total: money(-3_000n),
        },
        notPriceable: [
          { code: 'pricing.duplicate_id', carts: 2 },
          { code: 'pricing.negative_price', carts: 1 },
        ],
      },
    ]);
  });

  test('that only the drafts make unpriceable are told apart', () => {
    const drafts = Array.from({ length: 1_100 }, (_, index) => off(`draft-${index}`, '1'));
    const [cart] = simulate({ carts: [cartOf()], drafts })._unsafeUnwrap().carts;
    expect(cart).toMatchObject({ when: 'after', error: { code: 'pricing.too_many' } });
  });

  test('whose differences add up to more than money can be have no summary', () => {
    const dear = cartOf({
      shipping: null,
      lines: cartOf({}, money(LARGEST_MINOR_UNITS)).lines.map((line) => ({ ...line, quantity: 1 })),
    });
    const result = simulate({ carts: [dear, dear], drafts: [off('all', '100')] });
    expect(result._unsafeUnwrapErr()).toStrictEqual({
      code: 'pricing.amount_out_of_bounds',
      subject: 'summary',
    });
  });

  test('may be none', () => {
    expect(simulate({ carts: [], drafts: [] })._unsafeUnwrap()).toStrictEqual({
      carts: [],
      summary: [],
    });
  });
});
