import type { Currency } from '../core/currency.value.ts';
import type { OrderItemId, ProductId, VariantId } from '../core/ids.value.ts';
import type { Money } from '../core/money.value.ts';

/** Whether the tax is part of the prices, or comes on top of them. */
export const PRICE_MODES = ['inclusive', 'exclusive'] as const;
export type PriceMode = (typeof PRICE_MODES)[number];

export const PROMOTION_CLASSES = ['line', 'order', 'shipping'] as const;

/** What one promotion took off an item, or off shipping. */
export type FrozenDiscount = { readonly promotionId: string; readonly amount: Money };

/** What one tax rule added to, or found in, an item or shipping. */
export type FrozenTax = { readonly ruleId: string; readonly amount: Money };

/** So many units of an item at these amounts each: what is paid back for one of them. */
export type FrozenUnits = {
  readonly quantity: number;
  /** Of one unit, after discounts; it holds the tax where prices do. */
  readonly total: Money;
  readonly tax: Money;
};

/** What was bought, frozen as it was: later changes of the catalogue do not reach it. */
export type OrderItem = {
  readonly id: OrderItemId;
  readonly productId: ProductId;
  readonly variantId: VariantId;
  readonly sku: string;
  readonly name: string;
  readonly unitPrice: Money;
  readonly quantity: number;
  /** Unit price times quantity. */
  readonly subtotal: Money;
  /** Sum of the discounts. */
  readonly discount: Money;
  readonly discounts: readonly FrozenDiscount[];
  /** Tax that the price held and that an exempt buyer did not pay. */
  readonly taxRelief: Money;
  /** Tax on the item, whether or not it is part of the price. */
  readonly tax: Money;
  readonly taxes: readonly FrozenTax[];
  /** Subtotal less discount and tax relief; tax that comes on top is not in it. */
  readonly total: Money;
  /** In the order in which they are paid back. */
  readonly units: readonly FrozenUnits[];
};

export type OrderShipping = {
  readonly method: string;
  /** What the method cost before promotions. */
  readonly rate: Money;
  readonly discount: Money;
  readonly discounts: readonly FrozenDiscount[];
  readonly taxRelief: Money;
  readonly tax: Money;
  readonly taxes: readonly FrozenTax[];
  /** Rate less discount and tax relief. */
  readonly total: Money;
};

/** A promotion that took something off. */
export type OrderPromotion = {
  readonly promotionId: string;
  readonly name: string;
  readonly class: (typeof PROMOTION_CLASSES)[number];
  /** The code that presented it; null when it is automatic. */
  readonly couponCode: string | null;
  /** Off the goods. */
  readonly discount: Money;
  readonly shippingDiscount: Money;
};

export type OrderTotals = {
  /** Of the goods, before discounts. */
  readonly subtotal: Money;
  /** Of the goods. What promotions took off shipping stands at the shipping. */
  readonly discount: Money;
  /** Of the goods. */
  readonly taxRelief: Money;
  /** After its discounts. */
  readonly shipping: Money;
  /** On goods and shipping, whether or not it is part of the prices. */
  readonly tax: Money;
  /** Item totals, shipping, and the tax that comes on top. */
  readonly total: Money;
};

/** The quote that an order froze: a quote's lines, shipping, promotions and totals fit as they are. */
export type FrozenPrice = {
  readonly currency: Currency;
  readonly prices: PriceMode;
  readonly items: readonly OrderItem[];
  readonly shipping: OrderShipping;
  readonly promotions: readonly OrderPromotion[];
  readonly totals: OrderTotals;
};

/** The amounts of an order contradict each other: whoever priced it has a defect. */
export type TotalsDoNotAddUp = { readonly code: 'ordering.totals_do_not_add_up' };

/** Conservation, checked once more where money becomes a promise. */
export function addsUp(price: FrozenPrice): boolean {
  return (
    amountsOf(price).every((amount) => amount.currency === price.currency && !amount.isNegative) &&
    new Set(price.items.map(({ id }) => id)).size === price.items.length &&
    price.items.every(itemAddsUp) &&
    shippingAddsUp(price.shipping) &&
    promotionsAddUp(price) &&
    totalsAddUp(price)
  );
}

/** A copy that shares no array or record with the price it was made of. */
export function copyOf({
  currency,
  prices,
  items,
  shipping,
  promotions,
  totals,
}: FrozenPrice): FrozenPrice {
  return {
    currency,
    prices,
    items: items.map((item) => ({ ...withOwnShares(item), units: copies(item.units) })),
    shipping: withOwnShares(shipping),
    promotions: copies(promotions),
    totals: { ...totals },
  };
}

function withOwnShares<Part extends OrderItem | OrderShipping>(part: Part): Part {
  return { ...part, discounts: copies(part.discounts), taxes: copies(part.taxes) };
}

function copies<Part extends object>(parts: readonly Part[]): readonly Part[] {
  return parts.map((part) => ({ ...part }));
}

function amountsOf({ items, shipping, promotions, totals }: FrozenPrice): readonly Money[] {
  return [
    totals.subtotal,
    totals.discount,
    totals.taxRelief,
    totals.shipping,
    totals.tax,
    totals.total,
    shipping.rate,
    ...sharedAmountsOf(shipping),
    ...items.flatMap((item) => [
      item.unitPrice,
      item.subtotal,
      ...sharedAmountsOf(item),
      ...item.units.flatMap(({ total, tax }) => [total, tax]),
    ]),
    ...promotions.flatMap(({ discount, shippingDiscount }) => [discount, shippingDiscount]),
  ];
}

function sharedAmountsOf(part: OrderItem | OrderShipping): readonly Money[] {
  const shares = [...part.discounts, ...part.taxes].map(({ amount }) => amount);
  return [part.discount, part.taxRelief, part.tax, part.total, ...shares];
}

function itemAddsUp({ unitPrice, quantity, units, ...item }: OrderItem): boolean {
  return (
    isCount(quantity) &&
    item.subtotal.minorUnits === unitPrice.minorUnits * BigInt(quantity) &&
    isWhatIsLeftOf(item.subtotal, item) &&
    sharesAddUp(item) &&
    units.every((run) => isCount(run.quantity)) &&
    sumOf(units, (run) => BigInt(run.quantity)) === BigInt(quantity) &&
    sumOf(units, (run) => run.total.minorUnits * BigInt(run.quantity)) === item.total.minorUnits &&
    sumOf(units, (run) => run.tax.minorUnits * BigInt(run.quantity)) === item.tax.minorUnits
  );
}

function shippingAddsUp(shipping: OrderShipping): boolean {
  return isWhatIsLeftOf(shipping.rate, shipping) && sharesAddUp(shipping);
}

type Discounted = Pick<OrderItem, 'discount' | 'taxRelief' | 'total'>;
type Shared = Pick<OrderItem, 'discount' | 'discounts' | 'tax' | 'taxes'>;

function isWhatIsLeftOf(price: Money, { discount, taxRelief, total }: Discounted): boolean {
  return total.minorUnits === price.minorUnits - discount.minorUnits - taxRelief.minorUnits;
}

function sharesAddUp({ discount, discounts, tax, taxes }: Shared): boolean {
  return (
    sumOf(discounts, ({ amount }) => amount.minorUnits) === discount.minorUnits &&
    sumOf(taxes, ({ amount }) => amount.minorUnits) === tax.minorUnits
  );
}

/** Every share belongs to one of the promotions, and each promotion took off what its shares say. */
function promotionsAddUp({ items, shipping, promotions }: FrozenPrice): boolean {
  const offGoods = sumsByPromotion(items.flatMap(({ discounts }) => discounts));
  const offShipping = sumsByPromotion(shipping.discounts);
  const known = new Set(promotions.map(({ promotionId }) => promotionId));
  return (
    known.size === promotions.length &&
    [...offGoods.keys(), ...offShipping.keys()].every((id) => known.has(id)) &&
    promotions.every(
      ({ promotionId, discount, shippingDiscount }) =>
        discount.minorUnits === (offGoods.get(promotionId) ?? 0n) &&
        shippingDiscount.minorUnits === (offShipping.get(promotionId) ?? 0n),
    )
  );
}

function sumsByPromotion(discounts: readonly FrozenDiscount[]): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { promotionId, amount } of discounts)
    sums.set(promotionId, (sums.get(promotionId) ?? 0n) + amount.minorUnits);
  return sums;
}

function totalsAddUp({ prices, items, shipping, totals }: FrozenPrice): boolean {
  const ofItems = (pick: (item: OrderItem) => Money) =>
    sumOf(items, (item) => pick(item).minorUnits);
  const onTop = prices === 'exclusive' ? totals.tax.minorUnits : 0n;
  return (
    ofItems((item) => item.subtotal) === totals.subtotal.minorUnits &&
    ofItems((item) => item.discount) === totals.discount.minorUnits &&
    ofItems((item) => item.taxRelief) === totals.taxRelief.minorUnits &&
    shipping.total.minorUnits === totals.shipping.minorUnits &&
    ofItems((item) => item.tax) + shipping.tax.minorUnits === totals.tax.minorUnits &&
    ofItems((item) => item.total) + shipping.total.minorUnits + onTop === totals.total.minorUnits
  );
}

function isCount(quantity: number): boolean {
  return Number.isSafeInteger(quantity) && quantity >= 1;
}

function sumOf<Part>(parts: readonly Part[], pick: (part: Part) => bigint): bigint {
  return parts.reduce((sum, part) => sum + pick(part), 0n);
}
