import { byText } from '../order-of-text.ts';
import {
  Quote,
  type AppliedPromotion,
  type QuoteLine,
  type QuoteShipping,
} from '../quote.value.ts';
import type { Rejection } from '../rejection.ts';
import type { Turned } from './candidate.ts';
import { explainLine, explainShipping, explainTaxes, explainTotals } from './explained-quote.ts';
import type { WorkLine } from './line-group.ts';
import type { Mode, Priced } from './priced-cart.ts';
import type { Round } from './promotion-round.ts';
import { shareTaxOut, type RuleAmount, type TaxRounding } from './taxation.ts';
import { unitRuns } from './unit-runs.ts';
import { moneyOf, type Work } from './work.ts';

/** Writes the amounts down as money, line by line, with how each came about. */
export function writeQuote(priced: Priced, work: Work): Quote {
  const { input, groups, outcome } = priced;
  const prices = input.tax?.prices ?? 'exclusive';
  const isExempt = input.customer?.taxExempt === true;
  const taxOf = taxesOfLines(priced.taxes);
  const workLines = groups.flatMap(({ lines }) => lines).toSorted((a, b) => a.place - b.place);
  work.steps += workLines.length;
  const lines = workLines.map((workLine) =>
    writeLine(workLine, taxOf.get(workLine) ?? [], { prices, isExempt }, work),
  );
  const shipping = writeShipping(priced, { prices, isExempt }, work);
  const totals = writeTotals(lines, shipping, prices, work);
  return Quote.of({
    input,
    currency: input.currency,
    prices,
    lines,
    shipping,
    totals,
    promotions: outcome.applied.map((tally) => writePromotion(tally, work)),
    rejected: writeRejections(priced),
    explanation: [
      ...lines.map(explainLine),
      ...outcome.goodsSteps,
      ...explainShipping(priced, work),
      ...outcome.shippingSteps,
      ...explainTaxes(priced, { prices, isExempt }, work),
      explainTotals(lines, shipping, totals, prices, work),
    ],
  });
}

/** Whoever is exempt pays no tax: where prices hold it, it is taken out; where it comes on top, it is left off. */
function settleTax(running: bigint, byRule: readonly RuleAmount[], { prices, isExempt }: Mode) {
  const tax = byRule.reduce((total, { amount }) => total + amount, 0n);
  if (!isExempt) return { total: running, tax, taxes: byRule, relief: 0n };
  const relief = prices === 'inclusive' ? tax : 0n;
  return { total: running - relief, tax: 0n, taxes: [], relief };
}

function taxesOfLines(taxes: readonly TaxRounding[]): ReadonlyMap<WorkLine, readonly RuleAmount[]> {
  const ofLines = new Map<WorkLine, readonly RuleAmount[]>();
  for (const { parts } of taxes)
    for (const part of parts)
      for (const { workLine, byRule } of shareTaxOut(part)) ofLines.set(workLine, byRule);
  return ofLines;
}

function writeLine(
  workLine: WorkLine,
  byRule: readonly RuleAmount[],
  mode: Mode,
  work: Work,
): QuoteLine {
  const { line, base, running, discounts } = workLine;
  const { total, tax, taxes, relief } = settleTax(running, byRule, mode);
  return {
    id: line.id,
    productId: line.productId,
    variantId: line.variantId,
    unitPrice: line.unitPrice,
    quantity: line.quantity,
    subtotal: moneyOf(work, base),
    discount: moneyOf(work, base - running),
    discounts: sumByPromotion(discounts).map(({ promotionId, amount }) => ({
      promotionId,
      amount: moneyOf(work, amount),
    })),
    taxRelief: moneyOf(work, relief),
    tax: moneyOf(work, tax),
    taxes: writeTaxes(taxes, work),
    total: moneyOf(work, total),
    units: unitRuns(line.quantity, total, tax, work),
  };
}

/** One share a promotion, by its id: a line effect and a buy X get Y of one promotion are one discount. */
function sumByPromotion(discounts: WorkLine['discounts']): WorkLine['discounts'] {
  if (discounts.length < 2) return discounts;
  const sums = new Map<string, bigint>();
  for (const { promotionId, amount } of discounts)
    sums.set(promotionId, (sums.get(promotionId) ?? 0n) + amount);
  return [...sums]
    .map(([promotionId, amount]) => ({ promotionId, amount }))
    .toSorted((a, b) => byText(a.promotionId, b.promotionId));
}

function writeTaxes(taxes: readonly RuleAmount[], work: Work): QuoteLine['taxes'] {
  return taxes.map(({ ruleId, amount }) => ({ ruleId, amount: moneyOf(work, amount) }));
}

function writeShipping(
  { quotation, outcome, taxes: roundings }: Priced,
  mode: Mode,
  work: Work,
): QuoteShipping | null {
  if (quotation === null || outcome.shipping === null) return null;
  const { charged } = outcome.shipping;
  const discounts = outcome.applied.filter(({ shipping }) => shipping > 0n);
  const discount = discounts.reduce((total, { shipping }) => total + shipping, 0n);
  const taxed = roundings.findLast(({ parts }) => parts.at(-1)?.group === null)?.parts.at(-1);
  const { total, tax, taxes, relief } = settleTax(charged - discount, taxed?.byRule ?? [], mode);
  return {
    method: quotation.method.method,
    rate: moneyOf(work, charged),
    discount: moneyOf(work, discount),
    discounts: discounts
      .map(({ candidate, shipping }) => ({
        promotionId: candidate.terms.id,
        amount: moneyOf(work, shipping),
      }))
      .toSorted((a, b) => byText(a.promotionId, b.promotionId)),
    taxRelief: moneyOf(work, relief),
    tax: moneyOf(work, tax),
    taxes: writeTaxes(taxes, work),
    total: moneyOf(work, total),
  };
}

function sum(lines: readonly QuoteLine[], pick: (line: QuoteLine) => { minorUnits: bigint }) {
  let total = 0n;
  for (const line of lines) total += pick(line).minorUnits;
  return total;
}

function writeTotals(
  lines: readonly QuoteLine[],
  shipping: QuoteShipping | null,
  prices: Quote['prices'],
  work: Work,
): Quote['totals'] {
  const tax = sum(lines, (line) => line.tax) + (shipping?.tax.minorUnits ?? 0n);
  const shippingTotal = shipping?.total.minorUnits ?? 0n;
  const goods = sum(lines, (line) => line.total);
  return {
    subtotal: moneyOf(
      work,
      sum(lines, (line) => line.subtotal),
    ),
    discount: moneyOf(
      work,
      sum(lines, (line) => line.discount),
    ),
    taxRelief: moneyOf(
      work,
      sum(lines, (line) => line.taxRelief),
    ),
    shipping: moneyOf(work, shippingTotal),
    tax: moneyOf(work, tax),
    total: moneyOf(work, goods + shippingTotal + (prices === 'exclusive' ? tax : 0n)),
  };
}

function writePromotion(
  { candidate, goods, shipping }: Round['applied'][number],
  work: Work,
): AppliedPromotion {
  const { terms, couponCode } = candidate;
  return {
    promotionId: terms.id,
    name: terms.name,
    class: terms.class,
    couponCode,
    discount: moneyOf(work, goods),
    shippingDiscount: moneyOf(work, shipping),
  };
}

function writeRejections({ turned, outcome, rejectedCodes }: Priced): readonly Rejection[] {
  if (turned.length + outcome.turned.length + rejectedCodes.length === 0) return [];
  const ofPromotions = [...turned, ...outcome.turned].map(({ terms, couponCode, why }) => ({
    ...why,
    code: codeOf(why.reason, couponCode),
    promotionId: terms.id,
    couponCode,
  }));
  return [...ofPromotions, ...rejectedCodes].toSorted(
    (a, b) =>
      byText(a.promotionId ?? '', b.promotionId ?? '') ||
      byText(a.couponCode ?? '', b.couponCode ?? ''),
  );
}

/** Exclusion is a matter between promotions, however they were presented. */
function codeOf(reason: Turned['why']['reason'], couponCode: string | null): string {
  return couponCode === null || reason === 'excluded_by'
    ? `promotion.${reason}`
    : `coupon.${reason}`;
}
