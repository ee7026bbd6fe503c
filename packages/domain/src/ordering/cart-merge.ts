import type { Address } from '../core/address.value.ts';
import type { ProductId, VariantId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { LARGEST_QUANTITY } from '../core/quantity.value.ts';
import {
  MOST_CART_ITEMS,
  MOST_COUPON_CODES,
  type CartContent,
  type CartItem,
} from './cart.aggregate.ts';

/** What a merge made of one variant; lines that stayed as they were are not told of. */
export type MergedLine = {
  readonly productId: ProductId;
  readonly variantId: VariantId;
  /** Units before the merge, and after it. */
  readonly before: number;
  readonly after: number;
  /** Units that the limits of a cart kept out. */
  readonly leftOut: number;
};

/** What has become of a cart when another one was poured into it. */
export type CartMergeReport = {
  readonly items: readonly MergedLine[];
  readonly couponsAdded: readonly string[];
  readonly couponsLeftOut: readonly string[];
  /** How it is shipped, or where to, is another than before. */
  readonly shippingMethodChanged: boolean;
  readonly shippingAddressChanged: boolean;
};

/**
 * Pours two carts together. It does not matter which comes first, nor in which order many are poured into one: units of a
 * variant add up to the largest quantity, the older line gives its id and the price that was seen, lines stand in the order
 * of their ids, and what was said last of shipping holds. Where there are too many lines or codes, those whose variant or
 * code comes first are kept, so that this does not depend on the order either.
 */
export function mergeCarts(one: CartContent, other: CartContent): CartContent {
  const method = latest(
    { at: one.shippingMethodAt, said: one.shippingMethod },
    { at: other.shippingMethodAt, said: other.shippingMethod },
    (said) => said,
  );
  const address = latest(
    { at: one.shippingAddressAt, said: one.shippingAddress },
    { at: other.shippingAddressAt, said: other.shippingAddress },
    addressKey,
  );
  return {
    items: mergedItems(one.items, other.items),
    couponCodes: [...new Set([...one.couponCodes, ...other.couponCodes])]
      .toSorted()
      .slice(0, MOST_COUPON_CODES),
    shippingMethod: method.said,
    shippingMethodAt: method.at,
    shippingAddress: address.said,
    shippingAddressAt: address.at,
  };
}

/** Tells what a merge has made of the first cart. */
export function reportMerge(
  before: CartContent,
  poured: CartContent,
  after: CartContent,
): CartMergeReport {
  const wanted = [...before.items, ...poured.items];
  const variants = new Map(wanted.map(({ variantId, productId }) => [variantId, productId]));
  const items = [...variants].map(([variantId, productId]): MergedLine => {
    const kept = unitsOf(after.items, variantId);
    const leftOut = unitsOf(wanted, variantId) - kept;
    return { productId, variantId, before: unitsOf(before.items, variantId), after: kept, leftOut };
  });
  const codes = new Set([...before.couponCodes, ...poured.couponCodes]);
  return {
    items: items.filter((line) => line.before !== line.after || line.leftOut > 0),
    couponsAdded: after.couponCodes.filter((code) => !before.couponCodes.includes(code)),
    couponsLeftOut: [...codes].filter((code) => !after.couponCodes.includes(code)),
    shippingMethodChanged: before.shippingMethod !== after.shippingMethod,
    shippingAddressChanged:
      addressKey(before.shippingAddress) !== addressKey(after.shippingAddress),
  };
}

function mergedItems(one: readonly CartItem[], other: readonly CartItem[]): readonly CartItem[] {
  const byVariant = new Map<VariantId, CartItem>();
  for (const item of [...one, ...other]) {
    const present = byVariant.get(item.variantId);
    byVariant.set(item.variantId, present === undefined ? item : mergedLine(present, item));
  }
  return [...byVariant.values()]
    .toSorted((a, b) => compare(a.variantId, b.variantId))
    .slice(0, MOST_CART_ITEMS)
    .toSorted((a, b) => compare(a.id, b.id));
}

function mergedLine(one: CartItem, other: CartItem): CartItem {
  const older = compare(one.id, other.id) <= 0 ? one : other;
  return { ...older, quantity: Math.min(one.quantity + other.quantity, LARGEST_QUANTITY) };
}

type Said<Value> = { readonly at: Instant | null; readonly said: Value | null };

/** What was said last; what was said at once, in the order of its text. */
function latest<Value>(
  one: Said<Value>,
  other: Said<Value>,
  keyOf: (said: Value | null) => string | null,
): Said<Value> {
  if (one.said === null) return other;
  if (other.said === null) return one;
  const order =
    (one.at ?? -Infinity) - (other.at ?? -Infinity) ||
    compare(keyOf(other.said) ?? '', keyOf(one.said) ?? '');
  return order >= 0 ? one : other;
}

function addressKey(address: Address | null): string | null {
  return address === null ? null : JSON.stringify(address.toJSON());
}

function unitsOf(items: readonly CartItem[], variantId: VariantId): number {
  return items
    .filter((item) => item.variantId === variantId)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
