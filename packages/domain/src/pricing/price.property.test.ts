import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Instant } from '../core/instant.value.ts';
import { Money } from '../core/money.value.ts';
import { anyCurrency } from '../testing/currency.arbitrary.ts';
import { anyMoneyIn } from '../testing/money.arbitrary.ts';
import { anyPricingInput } from '../testing/pricing-input.arbitrary.ts';
import { anyPricingLine } from '../testing/pricing-line.arbitrary.ts';
import type { ExplanationStep } from './explanation.ts';
import { price } from './price.ts';
import type { PricingInput, PricingLine } from './pricing-input.ts';
import { canonicalQuote, type Quote } from './quote.value.ts';

const quoteOf = (input: PricingInput): Quote => price(input)._unsafeUnwrap();
const sum = (amounts: readonly Money[]) =>
  amounts.reduce((total, { minorUnits }) => total + minorUnits, 0n);
const byId = (a: { readonly id: string }, b: { readonly id: string }) =>
  a.id < b.id ? -1 : Number(a.id > b.id);

/** A defect, or none, in any part of a cart. */
const anyDefect: fc.Arbitrary<(input: PricingInput) => PricingInput> = fc
  .record({
    place: fc.nat({ max: 9 }),
    number: fc.constantFrom(0, -1, 0.5, Number.NaN, 2 ** 53, Infinity, 1e9),
    amount: fc.constantFrom(-1n, 2n ** 62n),
    text: fc.constantFrom('', 'ü', 'ÀÉ', 'a b', 'x'.repeat(10_000), '\ud800', 'NO-SUCH'),
    currency: anyCurrency(),
  })
  .chain(({ place, number, amount, text, currency }) => {
    const changeLine =
      (change: (line: PricingLine) => Partial<PricingLine>) => (input: PricingInput) => ({
        ...input,
        lines: input.lines.map((line, index) =>
          index === place % input.lines.length ? { ...line, ...change(line) } : line,
        ),
      });
    const money = (input: PricingInput) => Money.of(amount, input.currency)._unsafeUnwrap();
    return fc.constantFrom<(input: PricingInput) => PricingInput>(
      (input) => input,
      changeLine(() => ({ quantity: number })),
      changeLine(() => ({ weightGrams: number })),
      changeLine(() => ({ id: 'line-0' })),
      changeLine(({ unitPrice }) => ({
        unitPrice: Money.of(amount, unitPrice.currency)._unsafeUnwrap(),
      })),
      changeLine(() => ({ unitPrice: Money.zero(currency) })),
      changeLine(() => ({ minimumUnitPrice: Money.zero(currency) })),
      (input) => ({ ...input, at: number as Instant }),
      (input) => ({ ...input, currency }),
      (input) => ({ ...input, codes: [...(input.codes ?? []), text] }),
      (input) => ({
        ...input,
        coupons: [...(input.coupons ?? []), { code: text, promotionId: 'x' }],
      }),
      (input) => ({
        ...input,
        coupons: input.coupons?.map((coupon) => ({ ...coupon, usesLeft: number })),
      }),
      (input) => ({
        ...input,
        promotions: [...(input.promotions ?? []), ...(input.promotions ?? [])],
      }),
      (input) => ({
        ...input,
        uses: [...(input.uses ?? []), { promotionId: 'x', total: number, byCustomer: number }],
      }),
      (input) => ({
        ...input,
        tax: input.tax && { ...input.tax, rules: [...input.tax.rules, ...input.tax.rules] },
      }),
      (input) => ({ ...input, shipping: { method: text, rates: [] } }),
      (input) => ({
        ...input,
        shipping: { method: text, rates: [{ charge: { type: 'flat', amount: money(input) } }] },
      }),
      (input) => ({
        ...input,
        shipping: {
          method: text,
          rates: [
            { charge: { type: 'by_weight', steps: [{ fromGrams: number, amount: money(input) }] } },
          ],
        },
      }),
    );
  });

const anyInputWithDefects = fc
  .tuple(anyPricingInput(), anyDefect, anyDefect)
  .map(([input, first, second]) => second(first(input)));

describe('what a cart costs', () => {
  test('is known of every cart that the generators make', () => {
    fc.assert(
      fc.property(anyPricingInput(), (input) => price(input).isOk()),
      { numRuns: 2_000 },
    );
  });

  test('names every line of the cart once as it is, and nothing else', () => {
    fc.assert(
      fc.property(anyPricingInput(), (input) => {
        const named = ({ id, productId, variantId, unitPrice, quantity }: PricingLine) => ({
          id,
          productId,
          variantId,
          unitPrice,
          quantity,
        });
        expect(quoteOf(input).lines.map(named)).toEqual(input.lines.toSorted(byId).map(named));
      }),
    );
  });

  test('has the same defect whatever the order of its parts, and pricing never breaks on one', () => {
    const turned = ({ lines, promotions, coupons, codes, uses, ...others }: PricingInput) => ({
      ...others,
      lines: lines.toReversed(),
      promotions: promotions?.toReversed(),
      coupons: coupons?.toReversed(),
      codes: codes?.toReversed(),
      uses: uses?.toReversed(),
    });
    fc.assert(
      fc.property(anyInputWithDefects, (input) => {
        const codeOf = (of: PricingInput) => price(of).map(canonicalQuote);
        expect(codeOf(turned(input))).toEqual(codeOf(input));
      }),
      { numRuns: 2_000 },
    );
  });

  test('holds shipping from the unit on at which it is free, and never a unit before', () => {
    const anyThreshold = anyCurrency().chain((currency) =>
      fc.record({
        line: anyPricingLine(currency),
        freeFrom: anyMoneyIn(currency, { min: 1n, max: 10n ** 12n }),
        rate: anyMoneyIn(currency, { min: 0n, max: 10n ** 12n }),
        distance: fc.constantFrom(-1n, 0n, 1n),
      }),
    );
    fc.assert(
      fc.property(anyThreshold, ({ line, freeFrom, rate, distance }) => {
        const { currency, minorUnits } = freeFrom;
        const unitPrice = Money.of(minorUnits + distance, currency)._unsafeUnwrap();
        const { totals } = quoteOf({
          currency,
          at: 0 as Instant,
          lines: [{ ...line, unitPrice, quantity: 1 }],
          shipping: {
            method: 'standard',
            rates: [{ charge: { type: 'flat', amount: rate }, freeFrom }],
          },
        });
        expect(totals.shipping).toEqual(distance < 0n ? rate : Money.zero(currency));
      }),
    );
  });

  test('is shared out to units, at most one minor unit apart, none with more tax than it costs', () => {
    fc.assert(
      fc.property(anyPricingInput(), (input) => {
        const { lines, prices } = quoteOf(input);
        for (const { units, quantity, total, tax } of lines) {
          const ofUnits = (amount: 'total' | 'tax') =>
            units.reduce((all, run) => all + run[amount].minorUnits * BigInt(run.quantity), 0n);
          expect(units.reduce((all, run) => all + run.quantity, 0)).toBe(quantity);
          expect([ofUnits('total'), ofUnits('tax')]).toEqual([total.minorUnits, tax.minorUnits]);
          const totals = units.map((run) => run.total.minorUnits);
          for (const other of totals) expect((totals[0] ?? 0n) - other).toBeOneOf([0n, -1n, 1n]);
          for (const run of prices === 'inclusive' ? units : [])
            expect(run.tax.minorUnits).toBeLessThanOrEqual(run.total.minorUnits);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the explanation of a price', () => {
  const STEPS: readonly ExplanationStep['step'][] = [
    'lines',
    'line_promotions',
    'order_promotions',
    'shipping',
    'tax',
    'totals',
  ];

  test('goes through the steps in their order, from each line down to the total', () => {
    fc.assert(
      fc.property(anyPricingInput(), (input) => {
        const { lines, totals, explanation } = quoteOf(input);
        const places = explanation.map(({ step }) => STEPS.indexOf(step));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        const ofLines = explanation.filter(({ step }) => step === 'lines');
        expect(ofLines.map(({ amount }) => amount)).toEqual(lines.map(({ subtotal }) => subtotal));
        expect(explanation.at(-1)).toMatchObject({ step: 'totals', amount: totals.total });
      }),
      { numRuns: 500 },
    );
  });

  test('accounts for every minor unit of every discount and tax, line by line', () => {
    fc.assert(
      fc.property(anyPricingInput(), (input) => {
        const { explanation, promotions, totals, lines, shipping } = quoteOf(input);
        const ofPromotion = (id: string, isOfShipping: boolean) =>
          explanation.filter(
            (step) =>
              'promotionId' in step &&
              step.promotionId === id &&
              (step.step === 'shipping') === isOfShipping,
          );
        for (const { promotionId, discount, shippingDiscount } of promotions) {
          const goods = ofPromotion(promotionId, false);
          expect(sum(goods.map(({ amount }) => amount))).toBe(discount.minorUnits);
          for (const { shares, amount } of goods)
            expect(sum(shares.map((share) => share.amount))).toBe(amount.minorUnits);
          const shipped = ofPromotion(promotionId, true);
          expect(sum(shipped.map(({ amount }) => amount))).toBe(shippingDiscount.minorUnits);
        }
        const taxed = explanation.filter(
          (step) => step.step === 'tax' && step.rule !== 'tax_relief',
        );
        const relieved = explanation.filter(
          (step) => step.step === 'tax' && step.rule === 'tax_relief',
        );
        expect(sum(taxed.map(({ amount }) => amount))).toBe(totals.tax.minorUnits);
        const reliefs = lines.map(({ taxRelief }) => taxRelief);
        if (shipping !== null) reliefs.push(shipping.taxRelief);
        expect(sum(relieved.map(({ amount }) => amount))).toBe(sum(reliefs));
      }),
      { numRuns: 1_000 },
    );
  });
});
