import type { Result } from 'neverthrow';

import { Money } from '../../core/money.value.ts';
import { Refundable } from '../../ordering/refundable.value.ts';
import type { PricingInput } from '../../pricing/pricing-input.ts';
import type { Quote, UnitRun } from '../../pricing/quote.value.ts';

export type LawRefundRequest =
  | { readonly of: 'units'; readonly lineId: string; readonly quantity: number }
  /** For goods, tax included, in minor units. */
  | { readonly of: 'amount'; readonly amount: bigint }
  /** All that is left of it. */
  | { readonly of: 'shipping' };

/** What was paid, in minor units and with tax, and a way to pay it back. Refunds follow on one another. */
export type PaidOrder = {
  readonly lines: readonly {
    readonly id: string;
    readonly quantity: number;
    readonly paid: bigint;
  }[];
  readonly shippingPaid: bigint;
  /** The amount paid back, tax included; null when it is refused, and then nothing has changed. */
  readonly refund: (request: LawRefundRequest) => bigint | null;
};

/** Prices the cart, has it paid, and opens its account; null where the cart cannot be priced. */
export type Refunder = (cart: PricingInput) => PaidOrder | null;

/** Pays back what carts cost at this price; with a sign of -1 what was paid out instead, every amount below zero. */
export function refunderOf(
  price: (input: PricingInput) => Result<Quote, unknown>,
  sign: 1n | -1n = 1n,
): Refunder {
  return (cart) =>
    price(cart).match(
      (quote) => paidOrder(quote, sign),
      () => null,
    );
}

function paidOrder({ currency, prices, lines, shipping }: Quote, sign: bigint): PaidOrder {
  const signed = (amount: Money) => Money.of(amount.minorUnits * sign, currency)._unsafeUnwrap();
  const runOf = ({ quantity, total, tax }: UnitRun) => ({
    quantity,
    total: signed(total),
    tax: signed(tax),
  });
  const paid = ({ total, tax }: { readonly total: Money; readonly tax: Money }) =>
    (total.minorUnits + (prices === 'exclusive' ? tax.minorUnits : 0n)) * sign;
  let left = Refundable.of({
    currency,
    prices,
    items: lines.map(({ id, quantity, units }) => ({ id, quantity, units: units.map(runOf) })),
    shipping: shipping && { total: signed(shipping.total), tax: signed(shipping.tax) },
  })._unsafeUnwrap();
  return {
    lines: lines.map((line) => ({ id: line.id, quantity: line.quantity, paid: paid(line) })),
    shippingPaid: shipping === null ? 0n : paid(shipping),
    refund: (request) =>
      left.refund(requestOf(request, (amount) => Money.of(amount, currency)._unsafeUnwrap())).match(
        (done) => {
          left = done.left;
          return done.refund.amount.minorUnits;
        },
        () => null,
      ),
  };
}

function requestOf(request: LawRefundRequest, money: (minorUnits: bigint) => Money) {
  switch (request.of) {
    case 'units':
      return { lines: [{ itemId: request.lineId, quantity: request.quantity }] };
    case 'amount':
      return { amount: money(request.amount) };
    case 'shipping':
      return { shipping: 'all' as const };
  }
}
