import { allocateTo } from '../../core/allocation.ts';
import { leastCommonMultiple } from '../../core/fraction.ts';
import { divideRounded } from '../../core/rounding.ts';
import type { ExactAmount } from '../explanation.ts';
import type { Destination, PricingInput } from '../pricing-input.ts';
import { STANDARD_TAX_CLASS, type TaxPolicy, type TaxRule } from '../tax.value.ts';
import type { LineGroup, WorkLine } from './line-group.ts';
import type { Work } from './work.ts';

/** The rules that fit one tax class at the destination, and what they come to together. */
export type TaxOfClass = {
  readonly rules: readonly TaxRule[];
  readonly numerator: bigint;
  readonly denominator: bigint;
};

/** Something that is taxed as one: a group of lines, or shipping. */
export type Taxable = { readonly group: LineGroup | null; readonly amount: bigint };

export type TaxedPart = Taxable & {
  readonly tax: bigint;
  /** In the order of the rules, which is that of their ids. */
  readonly byRule: readonly RuleAmount[];
};

/** What was rounded at once: one taxable, or all of them. */
export type TaxRounding = {
  readonly parts: readonly TaxedPart[];
  readonly exact: ExactAmount;
  readonly tax: bigint;
  readonly rules: readonly TaxRule[];
};

type Rated = Taxable & {
  readonly of: TaxOfClass;
  /** What of the amount is tax, as a fraction of it. */
  readonly numerator: bigint;
  readonly denominator: bigint;
};

/** Taxes what is left after all discounts; what costs nothing, or has no rule, is not taxed and not mentioned. */
export function taxAll(
  taxables: readonly Taxable[],
  { tax: policy, destination, shipping }: PricingInput,
  work: Work,
): readonly TaxRounding[] {
  if (policy === undefined || destination === undefined) return [];
  const ofClass = new Map<string, TaxOfClass>();
  const rated = taxables.flatMap(({ group, amount }): Rated[] => {
    const name = group?.taxClass ?? shipping?.taxClass ?? STANDARD_TAX_CLASS;
    const of = ofClass.get(name) ?? rulesFor(name, policy, destination, work);
    ofClass.set(name, of);
    work.steps += 1;
    if (of.numerator === 0n || amount === 0n) return [];
    const { numerator, denominator } = of;
    return policy.prices === 'exclusive'
      ? [{ group, amount, of, numerator, denominator }]
      : [{ group, amount, of, numerator, denominator: denominator + numerator }];
  });
  if (rated.length === 0) return [];
  return policy.rounding === 'per_total'
    ? [roundTogether(rated, work)]
    : rated.map((one) => roundAlone(one, work));
}

export function fitsPlace(rule: TaxRule, { country, region }: Destination): boolean {
  return rule.country === country && (rule.region === undefined || rule.region === region);
}

function rulesFor(
  taxClass: string,
  { rules }: TaxPolicy,
  destination: Destination,
  work: Work,
): TaxOfClass {
  work.steps += rules.length;
  const fitting = rules.filter(
    (rule) =>
      fitsPlace(rule, destination) && (rule.taxClass === undefined || rule.taxClass === taxClass),
  );
  const denominator = leastCommonMultiple(new Set(fitting.map(({ rate }) => rate.denominator)));
  let numerator = 0n;
  for (const { rate } of fitting) numerator += rate.numerator * (denominator / rate.denominator);
  return { rules: fitting, numerator, denominator };
}

function roundAlone(rated: Rated, work: Work): TaxRounding {
  const exact = { numerator: rated.amount * rated.numerator, denominator: rated.denominator };
  const tax = divideRounded(exact.numerator, exact.denominator, work.rounding);
  return { parts: [taxed(rated, tax)], exact, tax, rules: rated.of.rules };
}

/** Rounded once, and shared out to what it came from by the exact tax of each. */
function roundTogether(rated: readonly Rated[], work: Work): TaxRounding {
  const denominator = leastCommonMultiple(new Set(rated.map((one) => one.denominator)));
  const taxOf = (one: Rated) => one.amount * one.numerator * (denominator / one.denominator);
  let numerator = 0n;
  for (const one of rated) numerator += taxOf(one);
  const tax = divideRounded(numerator, denominator, work.rounding);
  const rules = new Map(rated.flatMap(({ of }) => of.rules.map((rule) => [rule.id, rule])));
  return {
    parts: allocateTo(tax, rated, taxOf).map(({ item, part }) => taxed(item, part)),
    exact: { numerator, denominator },
    tax,
    rules: [...rules.values()],
  };
}

function taxed({ group, amount, of }: Rated, tax: bigint): TaxedPart {
  const rateOf = ({ rate }: TaxRule) => rate.numerator * (of.denominator / rate.denominator);
  const byRule = allocateTo(tax, of.rules, rateOf).map(({ item, part }) => ({
    ruleId: item.id,
    amount: part,
  }));
  return { group, amount, tax, byRule };
}

/** What a line, or shipping, pays under one rule. */
export type RuleAmount = { readonly ruleId: string; readonly amount: bigint };

/** What one line pays, by rule. */
export type LineTax = { readonly workLine: WorkLine; readonly byRule: readonly RuleAmount[] };

/** The tax of a group on its lines: no line bears more than it is worth, and each rule adds up over the lines. */
export function shareTaxOut({ group, tax, byRule }: TaxedPart): readonly LineTax[] {
  const lines = group?.lines ?? [];
  const [only] = lines;
  if (lines.length === 1 && only !== undefined) return [{ workLine: only, byRule }];
  const shared = allocateTo(tax, lines, ({ running }) => running).map(({ item, part }) => ({
    workLine: item,
    left: part,
    byRule: [] as RuleAmount[],
  }));
  for (const { ruleId, amount } of byRule)
    for (const { item, part } of allocateTo(amount, shared, ({ left }) => left)) {
      item.left -= part;
      item.byRule.push({ ruleId, amount: part });
    }
  return shared;
}
