import type { Currency } from '../core/currency.value.ts';
import { Money } from '../core/money.value.ts';
import type {
  FrozenPrice,
  OrderItem,
  OrderPromotion,
  OrderShipping,
  PriceMode,
} from '../ordering/frozen-price.value.ts';
import { spreadEvenly } from '../ordering/units-left.value.ts';

type Terms = {
  readonly currency: Currency;
  readonly prices: PriceMode;
  readonly isExempt: boolean;
  readonly promotions: readonly Omit<OrderPromotion, 'discount' | 'shippingDiscount'>[];
};

type Adjustments = {
  readonly percentagesOff: readonly bigint[];
  readonly taxRates: readonly bigint[];
};

type ItemDraft = Adjustments &
  Pick<OrderItem, 'id' | 'productId' | 'variantId' | 'sku' | 'name' | 'quantity'> & {
    readonly unitPrice: bigint;
  };

/** Prices an item in the simplest way that adds up: the promotions one after the other, then the taxes. */
export function freezeItem(
  { percentagesOff, taxRates, unitPrice, ...item }: ItemDraft,
  terms: Terms,
): OrderItem {
  const money = moneyIn(terms.currency);
  const subtotal = unitPrice * BigInt(item.quantity);
  const charged = charge(subtotal, { percentagesOff, taxRates }, terms);
  const amounts = { total: charged.total.minorUnits, tax: charged.tax.minorUnits };
  const units = spreadEvenly(item.quantity, amounts).map(({ quantity, total, tax }) => ({
    quantity,
    total: money(total),
    tax: money(tax),
  }));
  return { ...item, unitPrice: money(unitPrice), subtotal: money(subtotal), ...charged, units };
}

export function freezeShipping(
  {
    method,
    rate,
    ...adjustments
  }: Adjustments & { readonly method: string; readonly rate: bigint },
  terms: Terms,
): OrderShipping {
  return { method, rate: moneyIn(terms.currency)(rate), ...charge(rate, adjustments, terms) };
}

/** The sums of what was priced, and what each promotion took off. */
export function totalsOf(
  { items, shipping }: { readonly items: readonly OrderItem[]; readonly shipping: OrderShipping },
  { currency, prices, promotions }: Terms,
): Pick<FrozenPrice, 'totals' | 'promotions'> {
  const money = moneyIn(currency);
  const sum = (pick: (item: OrderItem) => Money) => sumOf(items.map(pick));
  const tax = sum((item) => item.tax) + shipping.tax.minorUnits;
  const net = sum((item) => item.total) + shipping.total.minorUnits;
  const off = (discounts: OrderItem['discounts'], id: string) =>
    money(
      sumOf(discounts.filter(({ promotionId }) => promotionId === id).map(({ amount }) => amount)),
    );
  return {
    promotions: promotions.map((promotion) => ({
      ...promotion,
      discount: off(
        items.flatMap(({ discounts }) => discounts),
        promotion.promotionId,
      ),
      shippingDiscount: off(shipping.discounts, promotion.promotionId),
    })),
    totals: {
      subtotal: money(sum((item) => item.subtotal)),
      discount: money(sum((item) => item.discount)),
      taxRelief: money(sum((item) => item.taxRelief)),
      shipping: shipping.total,
      tax: money(tax),
      total: money(prices === 'exclusive' ? net + tax : net),
    },
  };
}

function charge(
  price: bigint,
  { percentagesOff, taxRates }: Adjustments,
  { currency, prices, isExempt, promotions }: Terms,
) {
  const money = moneyIn(currency);
  let left = price;
  const discounts = percentagesOff.flatMap((percentage, index) => {
    const amount = (left * percentage) / 100n;
    left -= amount;
    const { promotionId } = promotions[index] ?? { promotionId: 'none' };
    return amount === 0n ? [] : [{ promotionId, amount: money(amount) }];
  });
  const base = prices === 'inclusive' ? 100n + taxRates.reduce((a, b) => a + b, 0n) : 100n;
  const found = taxRates.map((rate) => (left * rate) / base);
  const relief = isExempt && prices === 'inclusive' ? found.reduce((a, b) => a + b, 0n) : 0n;
  const taxes = isExempt
    ? []
    : found.map((amount, index) => ({ ruleId: `rule ${index}`, amount: money(amount) }));
  return {
    discount: money(sumOf(discounts.map(({ amount }) => amount))),
    discounts,
    taxRelief: money(relief),
    tax: money(sumOf(taxes.map(({ amount }) => amount))),
    taxes,
    total: money(left - relief),
  };
}

function moneyIn(currency: Currency): (minorUnits: bigint) => Money {
  return (minorUnits) => Money.of(minorUnits, currency)._unsafeUnwrap();
}

function sumOf(amounts: readonly Money[]): bigint {
  return amounts.reduce((sum, { minorUnits }) => sum + minorUnits, 0n);
}
