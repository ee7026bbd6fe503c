import { writeFileSync } from 'node:fs';
import { arch, cpus } from 'node:os';

import type { Result } from 'neverthrow';

import { defect, Money, parseCurrency, Rate, type Instant } from '@kastoma/domain/core';
import {
  price,
  priceCountingSteps,
  PromotionTerms,
  quoteHash,
  type PricingInput,
  type PromotionDraft,
  type PromotionEffect,
} from '@kastoma/domain/pricing';

import { drawGrowth } from './growth-chart.ts';

const LINES = [1, 3, 10, 100, 1_000];
const PROMOTIONS = [0, 2, 5, 50];
const TAGS = ['tea', 'cups', 'books', 'lamps'];
const SECONDS_A_CASE = 1;

type Figure = {
  readonly lines: number;
  readonly promotions: number;
  readonly quotesPerSecond: number;
  readonly microseconds: number;
  /** What the engine counted: lines, groups and promotions that it did something for. */
  readonly steps: number;
};

const usd = valueOf(parseCurrency('USD'));
const money = (minorUnits: number) => valueOf(Money.of(BigInt(minorUnits), usd));
const percentage = (text: string) => valueOf(Rate.parsePercentage(text));

/** Quotes a second of CPU time on one core, the hash apart, for carts of growing length and more and more promotions. */
export function benchPricing({ write }: { readonly write: boolean }) {
  console.error('lines  promotions   quotes/s        µs   steps');
  warmUp();
  const figures = LINES.flatMap((lines) =>
    PROMOTIONS.map((promotions) => {
      const figure = measure(lines, promotions);
      console.error(row(figure));
      return figure;
    }),
  );
  const hash = measureHash();
  const machine = `Node ${process.version}, ${arch()}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}`;
  if (write) {
    writeFileSync('docs/pricing-performance.svg', drawGrowth(figures));
    console.error('Wrote docs/pricing-performance.svg.');
  }
  return { machine, figures, hashMicroseconds: hash };
}

function row({ lines, promotions, quotesPerSecond, microseconds, steps }: Figure): string {
  const cells = [
    lines.toString().padStart(5),
    promotions.toString().padStart(10),
    quotesPerSecond.toLocaleString('en').padStart(9),
    microseconds.toFixed(1).padStart(9),
    steps.toLocaleString('en').padStart(7),
  ];
  return cells.join('  ');
}

/** The compiler meets every kind of effect before anything is measured. */
function warmUp(): void {
  for (let round = 0; round < 3_000; round += 1) valueOf(price(cartOf(10, 10)));
}

function measure(lines: number, promotions: number): Figure {
  const input = cartOf(lines, promotions);
  const { steps } = valueOf(priceCountingSteps(input));
  const seconds = secondsEach(() => price(input));
  return {
    lines,
    promotions,
    quotesPerSecond: Math.round(1 / seconds),
    microseconds: seconds * 1e6,
    steps,
  };
}

function measureHash(): number {
  const quote = valueOf(price(cartOf(3, 2)));
  return Number((secondsEach(() => quoteHash(quote)) * 1e6).toFixed(1));
}

/** CPU seconds of the process a call, collecting garbage included: neighbours on the machine do not count. */
function secondsEach(call: () => unknown): number {
  const started = process.cpuUsage();
  let calls = 0;
  let used = 0;
  while (used < SECONDS_A_CASE) {
    for (let batch = 0; batch < 20; batch += 1) call();
    calls += 20;
    const { user, system } = process.cpuUsage(started);
    used = (user + system) / 1e6;
  }
  return used / calls;
}

function cartOf(lines: number, promotions: number): PricingInput {
  return {
    currency: usd,
    at: 0 as Instant,
    lines: Array.from({ length: lines }, (_, index) => ({
      id: `line-${index.toString().padStart(4, '0')}`,
      productId: `product-${index}`,
      variantId: `variant-${index}`,
      unitPrice: money(199 + ((index * 7_919) % 9_000)),
      quantity: 1 + (index % 3),
      tags: [TAGS[index % TAGS.length] ?? 'tea'],
    })),
    promotions: Array.from({ length: promotions }, (_, index) =>
      valueOf(PromotionTerms.define(draftOf(index))),
    ),
    shipping: null,
  };
}

/** A percentage off a tag, one off the order, then the other kinds in turn. */
function draftOf(index: number): PromotionDraft {
  const target = { tags: [TAGS[index % TAGS.length] ?? 'tea'] };
  const kinds: readonly PromotionEffect[] = [
    { type: 'percentage', percentage: percentage('3.5'), target },
    { type: 'percentage', percentage: percentage('2') },
    { type: 'buy_x_get_y', buy: 2, get: 1, percentage: percentage('50'), target },
    { type: 'fixed_amount', amount: money(150), spread: 'across', target },
    { type: 'fixed_amount', amount: money(5), spread: 'per_unit', target },
  ];
  const effect = kinds[index % kinds.length];
  return {
    id: `promotion-${index.toString().padStart(3, '0')}`,
    name: `Promotion ${index}`,
    effects: effect === undefined ? [] : [effect],
  };
}

/** What a benchmark prices is good by construction. */
function valueOf<Value, Failure>(result: Result<Value, Failure>): Value {
  return result.match(
    (value) => value,
    (failure) => defect(JSON.stringify(failure)),
  );
}
