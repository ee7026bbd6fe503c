import { defect } from '../core/defect.ts';
import type { Fulfilment } from './fulfilment.value.ts';
import type { OrderRefund } from './refund.value.ts';
import { withheldUnits } from './units-to-ship.ts';

/** How the money of an order stands; each of its payments stands in one of these ways too. */
export const PAYMENT_STATUSES = [
  'pending',
  'authorized',
  'paid',
  'partially_refunded',
  'refunded',
  'failed',
  'voided',
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export const FULFILMENT_STATUSES = [
  'unfulfilled',
  'partially_fulfilled',
  'fulfilled',
  'returned',
] as const;
export type FulfilmentStatus = (typeof FULFILMENT_STATUSES)[number];

const WITHOUT_EFFECT: readonly PaymentStatus[] = ['failed', 'voided'];

/**
 * Derived from an order's payments, the oldest first: as the latest that may still bring money, else as
 * the latest of all. An order that nobody has been asked to pay yet is pending.
 */
export function paymentStatusOf(
  payments: readonly { readonly status: PaymentStatus }[],
): PaymentStatus {
  const inEffect = payments.filter(({ status }) => !WITHOUT_EFFECT.includes(status));
  return (inEffect.at(-1) ?? payments.at(-1))?.status ?? 'pending';
}

/** Derived from the units that have left, and how many of them are back; left out, none is. What was paid back before it left does not leave. */
export function fulfilmentStatusOf(
  {
    items,
    fulfilments,
    refunds,
  }: {
    readonly items: readonly { readonly quantity: number }[];
    readonly fulfilments: readonly Fulfilment[];
    readonly refunds: readonly Pick<OrderRefund, 'lines'>[];
  },
  returned: number = 0,
): FulfilmentStatus {
  const left = unitsIn(fulfilments.flatMap(({ lines }) => lines));
  if (left === 0) return 'unfulfilled';
  const withheld = [...withheldUnits(refunds).values()].reduce((sum, units) => sum + units, 0);
  if (left < unitsIn(items) - withheld) return 'partially_fulfilled';
  return returned < left ? 'fulfilled' : 'returned';
}

function unitsIn(lines: readonly { readonly quantity: number }[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** For persistence only. */
export function restorePaymentStatus(stored: string): PaymentStatus {
  return (
    PAYMENT_STATUSES.find((status) => status === stored) ??
    defect(`A stored payment is ${stored}, which no payment can be.`)
  );
}
