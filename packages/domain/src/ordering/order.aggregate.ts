import { err, type Result } from 'neverthrow';

import type { Address } from '../core/address.value.ts';
import type { Currency } from '../core/currency.value.ts';
import type {
  CartId,
  OrderId,
  OrderItemId,
  ProductId,
  UserId,
  VariantId,
} from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { Money } from '../core/money.value.ts';
import { parseText, type InvalidText } from '../core/text.value.ts';
import type { OrderNumber } from './order-number.value.ts';
import type { OrderingEvent } from './order.events.ts';
import type { CartEmpty } from './ordering.errors.ts';

const LONGEST_NOTES = 2_000;

/** What was bought, frozen as it was: later changes of the catalogue do not reach it. */
export type OrderItem = {
  readonly id: OrderItemId;
  readonly productId: ProductId;
  readonly variantId: VariantId;
  readonly sku: string;
  readonly name: string;
  readonly unitPrice: Money;
  readonly quantity: number;
  readonly subtotal: Money;
  readonly discount: Money;
  readonly tax: Money;
  readonly total: Money;
};

export type OrderTotals = {
  readonly subtotal: Money;
  readonly discount: Money;
  readonly shipping: Money;
  readonly tax: Money;
  readonly total: Money;
};

export type OrderState = {
  readonly id: OrderId;
  readonly number: OrderNumber;
  readonly customerId: UserId;
  readonly cartId: CartId;
  readonly currency: Currency;
  /** Placed and not yet confirmed: the first state of an order's life. */
  readonly status: 'pending';
  readonly items: readonly OrderItem[];
  readonly totals: OrderTotals;
  readonly quoteHash: string;
  /** Where to write about this order, as identity reads an address; null when it goes without saying. */
  readonly email: string | null;
  readonly shippingAddress: Address;
  readonly billingAddress: Address;
  readonly shippingMethod: string;
  readonly paymentMethod: string;
  readonly notes: string;
  readonly placedAt: Instant;
};

export type PlaceOrderInput = Omit<OrderState, 'status' | 'placedAt'> & { readonly at: Instant };

/** The amounts of an order contradict each other: whoever priced it has a defect. */
export type TotalsDoNotAddUp = { readonly code: 'ordering.totals_do_not_add_up' };

/** A promise to sell: what, to whom, for how much. */
export class Order {
  readonly state: OrderState;
  readonly version: number;
  readonly pending: readonly OrderingEvent[];

  private constructor(state: OrderState, version: number, pending: readonly OrderingEvent[]) {
    this.state = Object.freeze(state);
    this.version = version;
    this.pending = pending;
    Object.freeze(this);
  }

  static place(input: PlaceOrderInput): Result<Order, CartEmpty | TotalsDoNotAddUp | InvalidText> {
    const { at, ...frozen } = input;
    if (input.items.length === 0) return err({ code: 'ordering.cart_empty' });
    if (!addsUp(input)) return err({ code: 'ordering.totals_do_not_add_up' });
    return parseText(input.notes, {
      path: ['notes'],
      maximumLength: LONGEST_NOTES,
      mayBeEmpty: true,
      multiline: true,
    }).map((notes) => {
      const state: OrderState = {
        ...frozen,
        items: frozen.items.map((item) => ({ ...item })),
        totals: { ...frozen.totals },
        notes,
        status: 'pending',
        placedAt: at,
      };
      return new Order(state, 1, [
        {
          type: 'ordering.order_placed',
          schemaVersion: 1,
          aggregateId: state.id,
          aggregateVersion: 1,
          occurredAt: at,
          payload: {
            orderId: state.id,
            number: state.number,
            customerId: state.customerId,
            total: state.totals.total.toJSON(),
            items: state.items.map(({ variantId, quantity }) => ({ variantId, quantity })),
          },
        },
      ]);
    });
  }
}

/** Conservation, checked once more where money becomes a promise. */
function addsUp({ currency, items, totals }: PlaceOrderInput): boolean {
  const amounts = [
    ...Object.values(totals),
    ...items.flatMap((item) => [
      item.unitPrice,
      item.subtotal,
      item.discount,
      item.tax,
      item.total,
    ]),
  ];
  const sum = (pick: (item: OrderItem) => Money) =>
    items.reduce((total, item) => total + pick(item).minorUnits, 0n);
  return (
    amounts.every((amount) => amount.currency === currency && !amount.isNegative) &&
    items.every(itemAddsUp) &&
    sum((item) => item.subtotal) === totals.subtotal.minorUnits &&
    sum((item) => item.discount) === totals.discount.minorUnits &&
    sum((item) => item.tax) === totals.tax.minorUnits &&
    sum((item) => item.total) + totals.shipping.minorUnits === totals.total.minorUnits
  );
}

function itemAddsUp({ unitPrice, quantity, subtotal, discount, total }: OrderItem): boolean {
  return (
    Number.isSafeInteger(quantity) &&
    quantity >= 1 &&
    subtotal.minorUnits === unitPrice.minorUnits * BigInt(quantity) &&
    total.minorUnits === subtotal.minorUnits - discount.minorUnits
  );
}
