import { createHash } from 'node:crypto';

import { escapeMarkup } from '@kastoma/application/core';
import type { OrderView } from '@kastoma/application/ordering';
import { formatInstant, Money, type Address, type Instant } from '@kastoma/domain/core';

import { contentSecurityPolicy } from '../core/security-headers.ts';
import { INVOICE_STYLE } from './invoice.style.ts';

/** Its own style alone, known by its hash; no script at all. */
export const INVOICE_POLICY = contentSecurityPolicy(
  `style-src 'sha256-${createHash('sha256').update(INVOICE_STYLE).digest('base64')}'`,
);

/** The invoice of an order as a page that is ready to be printed. What people typed stays text. */
export function invoicePage(order: OrderView): string {
  const title = `Invoice ${escapeMarkup(order.number)}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title>`,
    `<style>${INVOICE_STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>${title}</h1>`,
    `<p>Ordered on ${dayOf(order.placedAt)}. All amounts are in ${order.currency}.</p>`,
    ...(order.status === 'cancelled' ? [CANCELLED] : []),
    '<div class="addresses">',
    ...addressOf('Bill to', order.billingAddress, order.email),
    ...addressOf('Ship to', order.shippingAddress),
    '</div>',
    ...linesOf(order),
    ...totalsOf(order),
    ...promotionsOf(order),
    ...paymentsOf(order),
    ...refundsOf(order),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const CANCELLED =
  '<p class="cancelled"><strong>Cancelled.</strong> This order was cancelled. Nothing has to be paid for it.</p>';

function addressOf(
  heading: string,
  { name, line1, line2, city, region, postalCode, country, phone }: Address,
  email: string | null = null,
): readonly string[] {
  const place = [postalCode, city, region].filter((part) => part !== null).join(' ');
  const lines = [name, line1, line2, place, country, phone, email];
  const written = lines.filter((line) => line !== null).map(escapeMarkup);
  return [`<address><h2>${heading}</h2>${written.join('<br>')}</address>`];
}

function linesOf({ items, shipping, prices }: OrderView): readonly string[] {
  const heads = ['Item', 'Units', 'Unit price', 'Price', 'Discount', 'Tax relief', 'Total', 'Tax'];
  const shares = (part: OrderView['items'][number] | OrderView['shipping']) =>
    [part.discount, part.taxRelief, part.total, part.tax].map((amount) => amount.toDecimal());
  const rows = items.map((item) => [
    `${item.name} (${item.sku})`,
    String(item.quantity),
    item.unitPrice.toDecimal(),
    item.subtotal.toDecimal(),
    ...shares(item),
  ]);
  const rate = shipping.rate.toDecimal();
  const charged = [`Shipping (${shipping.method})`, '1', rate, rate, ...shares(shipping)];
  const taxes =
    prices === 'inclusive' ? 'Prices and totals contain the tax.' : 'Tax comes on top of totals.';
  return [...tableOf('Items', heads, [...rows, charged]), `<p>${taxes}</p>`];
}

function totalsOf({ totals, prices, payments }: OrderView): readonly string[] {
  const taxes = prices === 'inclusive' ? 'Tax, contained in the total' : 'Tax';
  const tax = sumRow(taxes, totals.tax);
  const total = `<tr class="total"><th scope="row">Total</th><td>${amountOf(totals.total)}</td></tr>`;
  return [
    '<table class="totals"><tbody>',
    sumRow('Goods', totals.subtotal),
    ...(isZero(totals.discount) ? [] : [sumRow('Discount', totals.discount, '-')]),
    ...(isZero(totals.taxRelief) ? [] : [sumRow('Tax relief', totals.taxRelief, '-')]),
    sumRow('Shipping', totals.shipping),
    ...(prices === 'inclusive' ? [total, tax] : [tax, total]),
    ...sumOf(
      'Received',
      payments.map(({ captured }) => captured),
    ),
    ...sumOf(
      'Paid back',
      payments.map(({ refunded }) => refunded),
    ),
    '</tbody></table>',
  ];
}

function promotionsOf({ promotions }: OrderView): readonly string[] {
  const heads = ['Promotion', 'Code', 'Off goods', 'Off shipping'];
  const rows = promotions.map(({ name, couponCode, discount, shippingDiscount }) => [
    name,
    couponCode ?? '',
    discount.toDecimal(),
    shippingDiscount.toDecimal(),
  ]);
  return tableOf('Discounts', heads, rows);
}

/** Providers' names for them, and why they said no, is for staff. */
function paymentsOf({ payments }: OrderView): readonly string[] {
  const heads = ['Payment', 'Date', 'Status', 'Amount', 'Received', 'Paid back'];
  const rows = payments.map(({ method, createdAt, status, amount, captured, refunded }) => [
    method,
    dayOf(createdAt),
    status.replaceAll('_', ' '),
    ...[amount, captured, refunded].map((money) => money.toDecimal()),
  ]);
  return tableOf('Payments', heads, rows);
}

function refundsOf({ refunds }: OrderView): readonly string[] {
  const rows = refunds.map(({ at, amount, tax }) => [
    dayOf(at),
    amount.toDecimal(),
    tax.toDecimal(),
  ]);
  return tableOf('Refunds', ['Date', 'Amount', 'Tax in it'], rows);
}

/** Nothing where there is no row. */
function tableOf(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  if (rows.length === 0) return [];
  return [
    `<table><caption>${caption}</caption>`,
    `<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map(
      (row) => `<tr>${row.map((cell) => `<td>${escapeMarkup(cell)}</td>`).join('')}</tr>`,
    ),
    '</tbody></table>',
  ];
}

function sumRow(name: string, amount: Money, sign: '' | '-' = ''): string {
  return `<tr><th scope="row">${name}</th><td>${sign}${amountOf(amount)}</td></tr>`;
}

/** Nothing where it is nothing. */
function sumOf(name: string, amounts: readonly Money[]): readonly string[] {
  const sum = amounts.reduce((before, { minorUnits }) => before + minorUnits, 0n);
  const [{ currency } = { currency: null }] = amounts;
  if (sum === 0n || currency === null) return [];
  return Money.of(sum, currency).match(
    (amount) => [sumRow(name, amount)],
    () => [],
  );
}

function amountOf(amount: Money): string {
  return `${amount.toDecimal()} ${amount.currency}`;
}

function isZero({ minorUnits }: Money): boolean {
  return minorUnits === 0n;
}

/** In UTC. */
function dayOf(at: Instant): string {
  return formatInstant(at).slice(0, 10);
}
