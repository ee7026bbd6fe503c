import type { Money } from '../core/money.value.ts';
import type { FieldPath } from '../core/text.value.ts';
import type { QuoteContents, QuoteLine, QuoteShipping } from './quote.value.ts';

type Check = readonly [place: FieldPath, isTrue: boolean];

/** The first place, in the names of the wire, where a quote contradicts itself; null when its amounts add up. */
export function findContradiction(quote: QuoteContents): FieldPath | null {
  const checks = [
    ...quote.lines.flatMap((line, index) => checkLine(line, ['lines', index])),
    ...(quote.shipping === null ? [] : checkCharge(quote.shipping, quote.shipping.rate, SHIPPING)),
    ...checkTotals(quote),
    ...checkPromotions(quote),
    ...checkCurrencies(quote),
  ];
  return checks.find(([, isTrue]) => !isTrue)?.[0] ?? null;
}

const SHIPPING: FieldPath = ['shipping'];

function sum(amounts: readonly Money[]): bigint {
  return amounts.reduce((total, { minorUnits }) => total + minorUnits, 0n);
}

function checkCharge(
  charge: QuoteLine | QuoteShipping,
  before: Money,
  path: FieldPath,
): readonly Check[] {
  const { discount, discounts, taxRelief, tax, taxes, total } = charge;
  const left = before.minorUnits - discount.minorUnits - taxRelief.minorUnits;
  return [
    [[...path, 'discount'], discount.minorUnits === sum(discounts.map(({ amount }) => amount))],
    [[...path, 'tax'], tax.minorUnits === sum(taxes.map(({ amount }) => amount))],
    [[...path, 'total'], total.minorUnits === left],
  ];
}

function checkLine(line: QuoteLine, path: FieldPath): readonly Check[] {
  const { unitPrice, quantity, subtotal, units } = line;
  const ofUnits = (amount: 'total' | 'tax') =>
    units.reduce((all, run) => all + run[amount].minorUnits * BigInt(run.quantity), 0n);
  return [
    [[...path, 'subtotal'], subtotal.minorUnits === unitPrice.minorUnits * BigInt(quantity)],
    ...checkCharge(line, subtotal, path),
    [
      [...path, 'units'],
      units.every((run) => run.quantity > 0) &&
        units.reduce((all, run) => all + run.quantity, 0) === quantity &&
        ofUnits('total') === line.total.minorUnits &&
        ofUnits('tax') === line.tax.minorUnits,
    ],
  ];
}

function checkTotals({ lines, shipping, totals, prices }: QuoteContents): readonly Check[] {
  const charges = shipping === null ? lines : [...lines, shipping];
  const taxOnTop = prices === 'exclusive' ? totals.tax.minorUnits : 0n;
  const ofGoods = (field: 'subtotal' | 'discount' | 'taxRelief') =>
    sum(lines.map((line) => line[field]));
  return [
    [['totals', 'subtotal'], totals.subtotal.minorUnits === ofGoods('subtotal')],
    [['totals', 'discount'], totals.discount.minorUnits === ofGoods('discount')],
    [['totals', 'tax_relief'], totals.taxRelief.minorUnits === ofGoods('taxRelief')],
    [['totals', 'shipping'], totals.shipping.minorUnits === (shipping?.total.minorUnits ?? 0n)],
    [['totals', 'tax'], totals.tax.minorUnits === sum(charges.map(({ tax }) => tax))],
    [
      ['totals', 'total'],
      totals.total.minorUnits === sum(charges.map(({ total }) => total)) + taxOnTop,
    ],
  ];
}

/** What the promotions say that they took off is what the lines and shipping say. */
function checkPromotions({ promotions, shipping, totals }: QuoteContents): readonly Check[] {
  const ofGoods = sum(promotions.map(({ discount }) => discount));
  const ofShipping = sum(promotions.map(({ shippingDiscount }) => shippingDiscount));
  return [
    [
      ['promotions'],
      ofGoods === totals.discount.minorUnits &&
        ofShipping === (shipping?.discount.minorUnits ?? 0n),
    ],
  ];
}

function checkCurrencies(quote: QuoteContents): readonly Check[] {
  const { lines, shipping, totals, promotions, currency } = quote;
  const ofCharge = (charge: QuoteLine | QuoteShipping) => [
    charge.discount,
    charge.taxRelief,
    charge.tax,
    charge.total,
    ...[...charge.discounts, ...charge.taxes].map(({ amount }) => amount),
  ];
  const ofLine = (line: QuoteLine) => [
    line.unitPrice,
    line.subtotal,
    ...ofCharge(line),
    ...line.units.flatMap(({ total, tax }) => [total, tax]),
  ];
  const isOurs = (amounts: readonly Money[]) =>
    amounts.every((amount) => amount.currency === currency);
  return [
    [['currency'], quote.input.currency === currency],
    ...lines.map((line, index): Check => [['lines', index], isOurs(ofLine(line))]),
    [SHIPPING, shipping === null || isOurs([shipping.rate, ...ofCharge(shipping)])],
    [['totals'], isOurs(Object.values(totals))],
    [['promotions'], isOurs(promotions.flatMap((one) => [one.discount, one.shippingDiscount]))],
  ];
}
