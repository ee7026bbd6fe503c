import { breach } from './breach.ts';
import {
  textOf,
  type LawCart,
  type LawLine,
  type LawPart,
  type PricedCart,
  type Pricer,
} from './pricer.ts';

/** What an engine of another shape tells of a cart. What it does not know is left out. Amounts are whole minor units. */
export type ForeignOutcome = {
  readonly lines: readonly {
    readonly id: string;
    readonly subtotal: bigint | number;
    /** Subtotal less total unless told. */
    readonly discount?: bigint | number | undefined;
    readonly discounts?:
      | readonly { readonly promotionId: string; readonly amount: bigint | number }[]
      | undefined;
    readonly tax?: bigint | number | undefined;
    readonly total: bigint | number;
  }[];
  /** What it costs after its discounts, and before them. */
  readonly shipping?:
    | {
        readonly rate: bigint | number;
        readonly total: bigint | number;
        readonly tax?: bigint | number;
      }
    | undefined;
  /** `exclusive` unless told. */
  readonly prices?: 'inclusive' | 'exclusive' | undefined;
  readonly total: bigint | number;
  /** What the engine charges as tax; the sum of the lines' and shipping's unless told. */
  readonly tax?: bigint | number | undefined;
  readonly applied?:
    | readonly {
        readonly promotionId: string;
        readonly couponCode?: string | null | undefined;
        readonly discount: bigint | number;
        readonly shippingDiscount?: bigint | number | undefined;
      }[]
    | undefined;
  readonly rejected?:
    | readonly {
        readonly promotionId?: string | null | undefined;
        readonly couponCode?: string | null | undefined;
        readonly reason?: string | undefined;
      }[]
    | undefined;
};

/**
 * Makes a pricer of an engine with shapes of its own: `toCart` turns the cart of the laws into its cart,
 * `toOutcome` its answer into theirs; an answer of `null` is a cart that it refuses.
 */
export function adaptPricer<Cart, Answer>(engine: {
  readonly toCart: (cart: LawCart) => Cart;
  readonly price: (cart: Cart) => Answer;
  readonly toOutcome: (answer: Answer, cart: LawCart) => ForeignOutcome | null;
}): Pricer {
  return {
    price: (cart) => {
      const outcome = engine.toOutcome(engine.price(engine.toCart(cart)), cart);
      return outcome === null
        ? { status: 'refused', reason: 'refused by the engine' }
        : outcomeOf(outcome);
    },
  };
}

function outcomeOf(outcome: ForeignOutcome): PricedCart {
  const lines = outcome.lines.map(lineOf);
  const shipping = outcome.shipping === undefined ? null : shippingOf(outcome.shipping);
  const sum = (pick: (part: LawPart) => bigint) =>
    lines.reduce((total, line) => total + pick(line), 0n);
  const taxes = sum(({ tax }) => tax) + (shipping?.tax ?? 0n);
  return {
    status: 'priced',
    prices: outcome.prices ?? 'exclusive',
    lines,
    shipping,
    totals: {
      subtotal: sum(({ subtotal }) => subtotal),
      discount: sum(({ discount }) => discount),
      shipping: shipping?.total ?? 0n,
      tax: outcome.tax === undefined ? taxes : wholeUnits(outcome.tax, 'the tax'),
      total: wholeUnits(outcome.total, 'the total'),
    },
    applied: (outcome.applied ?? []).map(
      ({ promotionId, couponCode = null, discount, shippingDiscount = 0n }) => ({
        promotionId,
        couponCode,
        discount: wholeUnits(discount, `the discount of ${promotionId}`),
        shippingDiscount: wholeUnits(shippingDiscount, `the shipping discount of ${promotionId}`),
      }),
    ),
    rejected: (outcome.rejected ?? []).map(
      ({ promotionId = null, couponCode = null, reason = '' }) => ({
        promotionId,
        couponCode,
        reason,
      }),
    ),
    text: () => textOf({ ...outcome, lines: lines.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }),
    again: null,
  };
}

function lineOf(line: ForeignOutcome['lines'][number]): LawLine {
  const subtotal = wholeUnits(line.subtotal, `the subtotal of ${line.id}`);
  const total = wholeUnits(line.total, `the total of ${line.id}`);
  return {
    id: line.id,
    subtotal,
    discount: wholeUnits(line.discount ?? subtotal - total, `the discount of ${line.id}`),
    discounts:
      line.discounts?.map(({ promotionId, amount }) => ({
        promotionId,
        amount: wholeUnits(amount, `the share of ${promotionId} in ${line.id}`),
      })) ?? null,
    taxRelief: 0n,
    tax: wholeUnits(line.tax ?? 0n, `the tax of ${line.id}`),
    total,
  };
}

function shippingOf({ rate, total, tax = 0n }: NonNullable<ForeignOutcome['shipping']>): LawPart {
  const subtotal = wholeUnits(rate, 'the rate of shipping');
  const charged = wholeUnits(total, 'the total of shipping');
  return {
    subtotal,
    discount: subtotal - charged,
    discounts: null,
    taxRelief: 0n,
    tax: wholeUnits(tax, 'the tax of shipping'),
    total: charged,
  };
}

/** An amount that is no whole number of minor units breaks every law at once. */
function wholeUnits(amount: bigint | number, name: string): bigint {
  if (typeof amount === 'number' && !Number.isSafeInteger(amount))
    return breach(`${name} is ${amount}: no whole number of minor units`);
  return BigInt(amount);
}
