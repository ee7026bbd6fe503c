import {
  Money,
  type Instant,
  type OrderId,
  type OrderItemId,
  type Quantity,
} from '@kastoma/domain/core';
import {
  Order,
  type Cart,
  type FrozenPrice,
  type OrderItem,
  type OrderNumber,
} from '@kastoma/domain/ordering';

import { anAddress } from './address.builder.ts';
import { BUILT_AT, builderIds, nextNumber } from './builder-ids.ts';
import { dollars, USD } from './money.builder.ts';

type Wishes = {
  readonly id?: OrderId;
  readonly number?: OrderNumber;
  readonly at?: Instant;
  readonly notes?: string;
  readonly email?: string;
  readonly paymentMethod?: string;
  /** With discounts, tax on top and tax relief in every item and in shipping. */
  readonly reduced?: boolean;
};

type Shares = Pick<
  OrderItem,
  'discount' | 'discounts' | 'taxRelief' | 'tax' | 'taxes' | 'total' | 'units'
>;

/** An order of what is in the cart, each unit at 10.00 and shipping at 5.99; it was not stored yet. */
export function anOrderOf(cart: Cart, wishes: Wishes = {}): Order {
  const { customerId, id: cartId } = cart.state;
  return Order.place({
    id: wishes.id ?? builderIds.next<OrderId>(),
    number: wishes.number ?? (`KAS-2026-9${nextNumber()}` as OrderNumber),
    customerId,
    cartId,
    ...frozenPriceOf(cart, wishes.reduced === true ? reduced : atFullPrice),
    quoteHash: 'a quote',
    email: wishes.email ?? null,
    shippingAddress: anAddress(),
    billingAddress: anAddress({ name: 'Ada’s company', line2: 'Floor 3' }),
    paymentMethod: wishes.paymentMethod ?? 'manual',
    notes: wishes.notes ?? '',
    at: wishes.at ?? (BUILT_AT as Instant),
  })._unsafeUnwrap();
}

type SharesOf = (price: Money, quantity: number) => Shares;

function frozenPriceOf(cart: Cart, sharesOf: SharesOf): FrozenPrice {
  const unitPrice = dollars('10.00');
  const items = cart.state.items.map(({ productId, variantId, quantity }): OrderItem => {
    const subtotal = unitPrice.times(quantity as Quantity)._unsafeUnwrap();
    const id = builderIds.next<OrderItemId>();
    const named = { id, productId, variantId, sku: 'SKU-10', name: 'Something for ten' };
    return { ...named, unitPrice, quantity, subtotal, ...sharesOf(subtotal, quantity) };
  });
  const rate = dollars('5.99');
  const { units: _units, ...charge } = sharesOf(rate, 1);
  const shipping = { method: 'standard', rate, ...charge };
  const sum = (pick: (item: OrderItem) => Money) => sumOf(items.map(pick));
  const tax = sumOf([sum((item) => item.tax), shipping.tax]);
  const [share] = shipping.discounts;
  return {
    currency: USD,
    prices: 'exclusive',
    items,
    shipping,
    promotions:
      share === undefined
        ? []
        : [
            {
              promotionId: share.promotionId,
              name: 'Tea week',
              class: 'line',
              couponCode: 'TEA',
              discount: sum((item) => item.discount),
              shippingDiscount: shipping.discount,
            },
          ],
    totals: {
      subtotal: sum((item) => item.subtotal),
      discount: sum((item) => item.discount),
      taxRelief: sum((item) => item.taxRelief),
      shipping: shipping.total,
      tax,
      total: sumOf([sum((item) => item.total), shipping.total, tax]),
    },
  };
}

function atFullPrice(price: Money, quantity: number): Shares {
  const nothing = dollars('0.00');
  return {
    discount: nothing,
    discounts: [],
    taxRelief: nothing,
    tax: nothing,
    taxes: [],
    total: price,
    units: unitsOf(price, quantity, nothing),
  };
}

/** 1.01 off, 0.50 of tax relief, and 0.30 of tax on each unit. */
function reduced(price: Money, quantity: number): Shares {
  const [discount, taxRelief, taxOfUnit] = [dollars('1.01'), dollars('0.50'), dollars('0.30')];
  const tax = taxOfUnit.times(quantity as Quantity)._unsafeUnwrap();
  const total = price.minus(discount)._unsafeUnwrap().minus(taxRelief)._unsafeUnwrap();
  return {
    discount,
    discounts: [{ promotionId: 'tea week', amount: discount }],
    taxRelief,
    tax,
    taxes: [{ ruleId: 'vat', amount: tax }],
    total,
    units: unitsOf(total, quantity, taxOfUnit),
  };
}

/** The units at amounts that are at most one minor unit apart. */
function unitsOf(total: Money, quantity: number, tax: Money): OrderItem['units'] {
  const least = total.minorUnits / BigInt(quantity);
  const dearer = Number(total.minorUnits - least * BigInt(quantity));
  const runs: readonly (readonly [count: number, minorUnits: bigint])[] = [
    [quantity - dearer, least],
    [dearer, least + 1n],
  ];
  return runs
    .filter(([count]) => count > 0)
    .map(([count, minorUnits]) => ({
      quantity: count,
      total: Money.of(minorUnits, USD)._unsafeUnwrap(),
      tax,
    }));
}

function sumOf(amounts: readonly Money[]): Money {
  return amounts.reduce((sum, amount) => sum.plus(amount)._unsafeUnwrap(), Money.zero(USD));
}
