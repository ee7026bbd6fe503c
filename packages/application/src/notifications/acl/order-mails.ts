import type { Money } from '@kastoma/domain/core';
import type { OrderFulfilled, OrderRefunded } from '@kastoma/domain/ordering';

import type { MailContent, MailLink } from '../../core/mail-content.ts';
import type { OrderView } from '../../ordering/order-view.ts';

/** To whom a mail about an order goes. */
export type OrderMailRecipient = {
  readonly address: string;
  /** Null where nobody has proved that the address is theirs: whoever it is, is called by no name. */
  readonly firstName: string | null;
  /** Whether there is an account that the order can be looked at with. */
  readonly hasAccount: boolean;
};

/** What mails about orders are written with. */
export type OrderMailSettings = {
  /** Where people meet the shop, without a slash at its end. */
  readonly publicUrl: string;
};

type Written = {
  readonly order: OrderView;
  readonly recipient: OrderMailRecipient;
  readonly settings: OrderMailSettings;
};

export function orderPlacedMail(written: Written): MailContent {
  const { order } = written;
  const { totals, prices } = order;
  const taxes = prices === 'inclusive' ? 'Tax, contained in it' : 'Tax';
  return mailOf(written, `Your order ${order.number}`, [
    `thank you for your order ${order.number}. This is what it holds:`,
    ...order.items.map(({ name, sku, quantity, subtotal }) =>
      lineOf(`${quantity} × ${name} (${sku})`, subtotal),
    ),
    lineOf('Subtotal', totals.subtotal),
    ...unlessZero('Discount', totals.discount, '-'),
    ...unlessZero('Tax relief', totals.taxRelief, '-'),
    lineOf(`Shipping (${order.shippingMethod})`, totals.shipping),
    ...unlessZero(taxes, totals.tax),
    lineOf('Total', totals.total),
  ]);
}

export function orderFulfilledMail(
  written: Written,
  { lines, carrier, trackingNumber, complete }: OrderFulfilled['payload'],
): MailContent {
  const { order } = written;
  const names = new Map(order.items.map(({ id, name, sku }) => [String(id), `${name} (${sku})`]));
  return mailOf(written, `Your order ${order.number} is on its way`, [
    complete
      ? `your order ${order.number} is on its way to you:`
      : `a part of your order ${order.number} is on its way to you:`,
    ...lines.map(({ itemId, quantity }) => `${quantity} × ${names.get(itemId) ?? 'one item'}`),
    ...(carrier === null ? [] : [`Carrier: ${carrier}`]),
    ...(trackingNumber === null ? [] : [`Tracking number: ${trackingNumber}`]),
    ...(complete ? [] : ['The rest follows.']),
  ]);
}

/** Why it was cancelled is not said: anybody may have typed it. */
export function orderCancelledMail(written: Written): MailContent {
  const { number } = written.order;
  return mailOf(written, `Your order ${number} was cancelled`, [
    `your order ${number} was cancelled, and nothing of it will be sent.`,
    'Money that was paid for it goes back the way it came.',
  ]);
}

export function orderRefundedMail(
  written: Written,
  { amount }: OrderRefunded['payload'],
): MailContent {
  const { number } = written.order;
  return mailOf(written, `A refund for your order ${number}`, [
    `${amount.amount} ${amount.currency} of your order ${number} go back to you, the way they came.`,
  ]);
}

function mailOf(
  { order, recipient, settings }: Written,
  subject: string,
  paragraphs: readonly string[],
): MailContent {
  const { firstName, hasAccount } = recipient;
  const link: MailLink = hasAccount
    ? { label: 'Look at the order', url: `${settings.publicUrl}/orders/${order.id}` }
    : { label: 'To the shop', url: `${settings.publicUrl}/` };
  const greeting = firstName === null ? 'Hello,' : `Hello ${firstName},`;
  return { subject, paragraphs: [greeting, ...paragraphs, link] };
}

function lineOf(label: string, amount: Money, sign = ''): string {
  return `${label}: ${sign}${amount.toDecimal()} ${amount.currency}`;
}

function unlessZero(label: string, amount: Money, sign = ''): readonly string[] {
  return amount.minorUnits === 0n ? [] : [lineOf(label, amount, sign)];
}
