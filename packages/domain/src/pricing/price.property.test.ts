import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Instant } from '../core/instant.value.ts';
import { Money } from '../core/money.value.ts';
import { anyCurrency } from '../testing/currency.arbitrary.ts';
import { anyMoneyIn } from '../testing/money.arbitrary.ts';
import {
  anyPricingInput,
  anyPricingLine,
  anyShippingRate,
} from '../testing/pricing-input.arbitrary.ts';
import { price } from './price.ts';
import type { PricingInput } from './pricing-input.ts';
import { canonicalQuote, type Quote } from './quote.value.ts';

const quoteOf = (input: PricingInput): Quote => price(input)._unsafeUnwrap();
const sum = (amounts: readonly Money[]) =>
  amounts.reduce((total, { minorUnits }) => total + minorUnits, 0n);
const withLinesInAnotherOrder = (inputs: fc.Arbitrary<PricingInput>) =>
  inputs.chain((input) =>
    fc.tuple(
      fc.constant(input),
      fc
        .shuffledSubarray([...input.lines], { minLength: input.lines.length })
        .map((lines) => ({ ...input, lines })),
    ),
  );

/** Carts with every defect that pricing knows, and sometimes with none. */
const anyInputWithDefects = anyCurrency().chain((currency) => {
  const anyAmount = fc.oneof(
    anyMoneyIn(currency),
    anyCurrency().map((other) => Money.zero(other)),
  );
  const anyLine = anyPricingLine(currency).chain((line) =>
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      variantId: fc.constant(line.variantId),
      unitPrice: fc.oneof(fc.constant(line.unitPrice), anyAmount),
      quantity: fc.constantFrom(1, 2, line.quantity, 0, -1, 0.5, Number.NaN, 2 ** 53),
    }),
  );
  return fc.record({
    currency: fc.constant(currency),
    at: fc.constant(0 as Instant),
    lines: fc.array(anyLine, { maxLength: 5 }),
    shipping: fc.option(
      fc.record({
        method: fc.constant('standard'),
        amount: anyAmount,
        freeFrom: fc.option(anyAmount),
      }),
    ),
  });
});

describe('what a cart costs', () => {
  test('is exactly its lines and its shipping together', () => {
    fc.assert(
      fc.property(anyPricingInput(), (input) => {
        const { lines, shipping, totals } = quoteOf(input);
        expect(totals.subtotal.minorUnits).toBe(sum(lines.map((line) => line.subtotal)));
        expect(totals.shipping.minorUnits).toBe(shipping?.total.minorUnits ?? 0n);
        expect(totals.total.minorUnits).toBe(
          sum(lines.map((line) => line.total)) + totals.shipping.minorUnits,
        );
        expect(totals.discount.minorUnits).toBe(sum(lines.map((line) => line.discount)));
        expect(totals.tax.minorUnits).toBe(sum(lines.map((line) => line.tax)));
        for (const line of lines) {
          expect(line.subtotal.minorUnits).toBe(line.unitPrice.minorUnits * BigInt(line.quantity));
          expect(line.total.minorUnits).toBe(line.subtotal.minorUnits - line.discount.minorUnits);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('names every line of the cart once, and nothing else', () => {
    fc.assert(
      fc.property(anyPricingInput(), (input) => {
        const { lines } = quoteOf(input);
        const priced = lines.map(({ id, variantId, unitPrice, quantity }) => ({
          id,
          variantId,
          unitPrice,
          quantity,
        }));
        expect(priced).toEqual(
          [...input.lines].toSorted((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id))),
        );
      }),
    );
  });

  test('is the same whatever the order of its lines, to the byte', () => {
    fc.assert(
      fc.property(withLinesInAnotherOrder(anyPricingInput()), ([input, shuffled]) => {
        expect(quoteOf(shuffled)).toEqual(quoteOf(input));
        expect(canonicalQuote(quoteOf(shuffled))).toBe(canonicalQuote(quoteOf(input)));
      }),
    );
  });

  test('is the same each time, and pricing changes nothing in the cart', () => {
    fc.assert(
      fc.property(anyPricingInput(), (input) => {
        const before = { ...input, lines: input.lines.map((line) => ({ ...line })) };
        expect(quoteOf(input)).toEqual(quoteOf(input));
        expect(input).toEqual(before);
      }),
    );
  });

  test('has the same defect whatever the order of its lines, and pricing never breaks on one', () => {
    fc.assert(
      fc.property(withLinesInAnotherOrder(anyInputWithDefects), ([input, shuffled]) => {
        expect(price(shuffled).map(canonicalQuote)).toEqual(price(input).map(canonicalQuote));
      }),
      { numRuns: 1_000 },
    );
  });

  test('splits as its lines split: no unit appears or is lost', () => {
    fc.assert(
      fc.property(anyPricingInput(), fc.integer({ min: 1, max: 9_998 }), (input, some) => {
        const [first, ...others] = input.lines;
        fc.pre(first !== undefined && first.quantity > some);
        const split = [
          { ...first, quantity: some },
          { ...first, id: `${first.id} rest`, quantity: first.quantity - some },
        ];
        expect(quoteOf({ ...input, lines: [...split, ...others] }).totals).toEqual(
          quoteOf(input).totals,
        );
      }),
    );
  });

  test('holds shipping from the unit on at which it is free, and never a unit before', () => {
    const anyThreshold = anyCurrency().chain((currency) =>
      fc.record({
        currency: fc.constant(currency),
        rate: anyShippingRate(currency),
        line: anyPricingLine(currency),
        distance: fc.constantFrom(-1n, 0n, 1n),
      }),
    );
    fc.assert(
      fc.property(anyThreshold, ({ currency, rate, line, distance }) => {
        fc.pre(rate.freeFrom !== null);
        const money = (minorUnits: bigint) => Money.of(minorUnits, currency);
        const unitPrice = money(rate.freeFrom.minorUnits + distance)._unsafeUnwrap();
        fc.pre(!unitPrice.isNegative);
        const { totals } = quoteOf({
          currency,
          at: 0 as Instant,
          lines: [{ ...line, unitPrice, quantity: 1 }],
          shipping: rate,
        });
        expect(totals.shipping).toEqual(distance < 0n ? rate.amount : Money.zero(currency));
      }),
    );
  });

  test('is explained step by step, down to the total', () => {
    fc.assert(
      fc.property(anyPricingInput(), (input) => {
        const { lines, shipping, totals, explanation } = quoteOf(input);
        expect(explanation.map(({ step }) => step)).toEqual([
          ...lines.map(() => 'lines'),
          ...(shipping === null ? [] : ['shipping']),
          'totals',
        ]);
        expect(explanation.at(-1)?.amount).toEqual(totals.total);
        const ofLines = explanation.filter(({ step }) => step === 'lines');
        expect(ofLines.map(({ amount }) => amount)).toEqual(lines.map(({ subtotal }) => subtotal));
      }),
    );
  });
});
