import type { ExplanationStep } from '../explanation.ts';
import { byText } from '../order-of-text.ts';
import type { Quote, QuoteLine, QuoteShipping } from '../quote.value.ts';
import { sharesOf } from './explained-discount.ts';
import type { LinePart } from './line-group.ts';
import type { Mode, Priced } from './priced-cart.ts';
import { shareTaxOut } from './taxation.ts';
import { moneyOf, type Work } from './work.ts';

export function explainLine(line: QuoteLine): ExplanationStep {
  return {
    step: 'lines',
    rule: 'unit_price_times_quantity',
    lineId: line.id,
    unitPrice: line.unitPrice,
    quantity: line.quantity,
    exact: { numerator: line.subtotal.minorUnits, denominator: 1n },
    amount: line.subtotal,
    shares: [{ lineId: line.id, amount: line.subtotal }],
  };
}

export function explainShipping(
  { quotation, outcome }: Pick<Priced, 'quotation' | 'outcome'>,
  work: Work,
): readonly ExplanationStep[] {
  const charged = outcome.shipping;
  if (quotation === null || charged === null) return [];
  const { charge, freeFrom } = quotation.rate;
  const rules = {
    flat: 'flat_rate',
    by_subtotal: 'rate_by_subtotal',
    by_weight: 'rate_by_weight',
  } as const;
  return [
    {
      step: 'shipping',
      rule: charged.isFree ? 'free_from' : rules[charge.type],
      method: quotation.method.method,
      rate: moneyOf(work, charged.listed),
      freeFrom: freeFrom ?? null,
      goods: moneyOf(work, charged.goods),
      grams: quotation.grams,
      exact: { numerator: charged.charged, denominator: 1n },
      amount: moneyOf(work, charged.charged),
      shares: [],
    },
  ];
}

export function explainTaxes(
  { taxes }: Pick<Priced, 'taxes'>,
  { prices, isExempt }: Mode,
  work: Work,
): readonly ExplanationStep[] {
  if (isExempt && prices === 'exclusive') return [];
  const included = isExempt ? ('tax_relief' as const) : ('tax_included' as const);
  return taxes.map(({ parts, exact, tax, rules }) => ({
    step: 'tax',
    rule: prices === 'exclusive' ? 'tax_on_top' : included,
    taxable: moneyOf(
      work,
      parts.reduce((total, { amount }) => total + amount, 0n),
    ),
    rates: rules
      .map(({ id, name, rate }) => ({ ruleId: id, name: name ?? id, rate }))
      .toSorted((a, b) => byText(a.ruleId, b.ruleId)),
    onShipping: moneyOf(
      work,
      parts.reduce((total, part) => (part.group === null ? total + part.tax : total), 0n),
    ),
    exact,
    amount: moneyOf(work, tax),
    shares: sharesOf(
      parts.flatMap((part): LinePart[] =>
        shareTaxOut(part).map(({ workLine, byRule }) => ({
          workLine,
          amount: byRule.reduce((total, { amount }) => total + amount, 0n),
        })),
      ),
      work,
    ),
  }));
}

export function explainTotals(
  lines: readonly QuoteLine[],
  shipping: QuoteShipping | null,
  { total, tax }: Quote['totals'],
  prices: Quote['prices'],
  work: Work,
): ExplanationStep {
  const shippingTotal = shipping?.total ?? work.zero;
  const taxOnTop = prices === 'exclusive' ? tax : work.zero;
  const goods = total.minorUnits - shippingTotal.minorUnits - taxOnTop.minorUnits;
  return {
    step: 'totals',
    rule: 'goods_plus_shipping_plus_tax',
    goods: moneyOf(work, goods),
    shipping: shippingTotal,
    taxOnTop,
    exact: { numerator: total.minorUnits, denominator: 1n },
    amount: total,
    shares: lines.map((line) => ({ lineId: line.id, amount: line.total })),
  };
}
