import { err, ok, type Result } from 'neverthrow';

import type { Address } from '../core/address.value.ts';
import type { Currency } from '../core/currency.value.ts';
import type {
  CartId,
  CartItemId,
  OrderId,
  ProductId,
  UserId,
  VariantId,
} from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { Money } from '../core/money.value.ts';
import { LARGEST_QUANTITY, type Quantity } from '../core/quantity.value.ts';
import type {
  CartEmpty,
  CartFull,
  CartItemNotFound,
  CouponNotInCart,
  LineTooLarge,
  TooManyCoupons,
} from './ordering.errors.ts';

/** With the highest price and the largest quantity, a full cart still fits 64 bits. */
export const MOST_CART_ITEMS = 200;

/** Nobody has a use for more at once, and each of them is looked up at every quote. */
export const MOST_COUPON_CODES = 10;

export type CartItem = {
  readonly id: CartItemId;
  readonly productId: ProductId;
  readonly variantId: VariantId;
  readonly quantity: number;
  /** What a unit cost when it was last put in; null of lines from before that was kept. */
  readonly priceSeen: Money | null;
};

export type CartStatus =
  | { readonly name: 'active' }
  | { readonly name: 'ordered'; readonly orderId: OrderId }
  /** A guest's, whose goods lie in a customer's cart now. */
  | { readonly name: 'merged'; readonly into: CartId }
  /** A guest's, to which nobody came back. */
  | { readonly name: 'expired' };

export type CartState = {
  readonly id: CartId;
  /** Null: of a guest, whoever has its token. */
  readonly customerId: UserId | null;
  /** Fixed when the cart is opened: nothing is ever converted. */
  readonly currency: Currency;
  /** In the order in which they were put in; one item a variant. */
  readonly items: readonly CartItem[];
  /** In the form in which codes are compared, in the order in which they were presented; none is there twice. */
  readonly couponCodes: readonly string[];
  readonly shippingMethod: string | null;
  /** When somebody has last said how; null of carts from before that was kept. */
  readonly shippingMethodAt: Instant | null;
  /** Where it is to be shipped; null until somebody says so. */
  readonly shippingAddress: Address | null;
  /** When somebody has last said where; null of carts from before that was kept. */
  readonly shippingAddressAt: Instant | null;
  readonly status: CartStatus;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
};

/** What two carts can have in common: all that a shopper has told one of them. */
export type CartContent = Pick<
  CartState,
  | 'items'
  | 'couponCodes'
  | 'shippingMethod'
  | 'shippingMethodAt'
  | 'shippingAddress'
  | 'shippingAddressAt'
>;

const NOTHING: CartContent = {
  items: [],
  couponCodes: [],
  shippingMethod: null,
  shippingMethodAt: null,
  shippingAddress: null,
  shippingAddressAt: null,
};

/** What a shopper means to buy. Prices are not kept: they are read anew at each quote. */
export class Cart {
  readonly state: CartState;
  /** Of the customer's cart, one after the other: a new one goes on where the last one ended. */
  readonly version: number;
  /** Not saved yet. */
  readonly isNew: boolean;

  private constructor(state: CartState, version: number, isNew: boolean) {
    this.state = Object.freeze(state);
    this.version = version;
    this.isNew = isNew;
    Object.freeze(this);
  }

  static open(input: {
    id: CartId;
    customerId: UserId | null;
    currency: Currency;
    /** Where the customer's last cart ended; zero for the first one. */
    lastVersion: number;
    at: Instant;
  }): Cart {
    const { id, customerId, currency, lastVersion, at } = input;
    const status = { name: 'active' as const };
    return new Cart(
      {
        id,
        customerId,
        currency,
        items: [],
        couponCodes: [],
        shippingMethod: null,
        shippingMethodAt: null,
        shippingAddress: null,
        shippingAddressAt: null,
        status,
        createdAt: at,
        updatedAt: at,
      },
      lastVersion,
      true,
    );
  }

  /** For persistence only. */
  static restore(state: CartState, version: number): Cart {
    return new Cart(state, version, false);
  }

  /** More of a variant that is there already makes its line longer. */
  addItem(
    item: Omit<CartItem, 'quantity'> & { readonly quantity: Quantity },
    at: Instant,
  ): Result<Cart, CartFull | LineTooLarge> {
    const { items } = this.state;
    const { id, productId, variantId, quantity, priceSeen } = item;
    const line = { id, productId, variantId, quantity, priceSeen };
    const present = items.find((candidate) => candidate.variantId === variantId);
    if (present !== undefined) {
      const together = present.quantity + quantity;
      return together > LARGEST_QUANTITY
        ? err({ code: 'ordering.line_too_large', maximum: LARGEST_QUANTITY })
        : ok(
            this.#next(
              { items: withLine(items, { ...present, quantity: together, priceSeen }) },
              at,
            ),
          );
    }
    return items.length >= MOST_CART_ITEMS
      ? err({ code: 'ordering.cart_full', maximum: MOST_CART_ITEMS })
      : ok(this.#next({ items: [...items, line] }, at));
  }

  changeQuantity(
    itemId: CartItemId,
    quantity: Quantity,
    at: Instant,
  ): Result<Cart, CartItemNotFound> {
    return this.#has(itemId)
      ? ok(this.#next({ items: withQuantity(this.state.items, itemId, quantity) }, at))
      : err({ code: 'ordering.cart_item_not_found' });
  }

  removeItem(itemId: CartItemId, at: Instant): Result<Cart, CartItemNotFound> {
    return this.#has(itemId)
      ? ok(this.#next({ items: this.state.items.filter((item) => item.id !== itemId) }, at))
      : err({ code: 'ordering.cart_item_not_found' });
  }

  /** Presents a code; one that was presented already changes nothing. Whether it gives anything is seen at each quote. */
  applyCoupon(code: string, at: Instant): Result<Cart, TooManyCoupons> {
    const { couponCodes } = this.state;
    if (couponCodes.includes(code)) return ok(this);
    return couponCodes.length >= MOST_COUPON_CODES
      ? err({ code: 'ordering.too_many_coupons', maximum: MOST_COUPON_CODES })
      : ok(this.#next({ couponCodes: [...couponCodes, code] }, at));
  }

  removeCoupon(code: string, at: Instant): Result<Cart, CouponNotInCart> {
    const { couponCodes } = this.state;
    return couponCodes.includes(code)
      ? ok(this.#next({ couponCodes: couponCodes.filter((other) => other !== code) }, at))
      : err({ code: 'ordering.coupon_not_in_cart' });
  }

  /** Presents these codes and no others; one that is there twice counts once. */
  replaceCoupons(codes: readonly string[], at: Instant): Result<Cart, TooManyCoupons> {
    const couponCodes = [...new Set(codes)];
    return couponCodes.length > MOST_COUPON_CODES
      ? err({ code: 'ordering.too_many_coupons', maximum: MOST_COUPON_CODES })
      : ok(this.#next({ couponCodes }, at));
  }

  /** Takes everything out, and forgets the codes, and how and where to ship. */
  clear(at: Instant): Cart {
    return this.#next(NOTHING, at);
  }

  chooseShipping(method: string, at: Instant): Cart {
    return this.#next({ shippingMethod: method, shippingMethodAt: at }, at);
  }

  shipTo(address: Address, at: Instant): Cart {
    return this.#next({ shippingAddress: address, shippingAddressAt: at }, at);
  }

  /** Takes over what came of a merge. */
  takeOver(content: CartContent, at: Instant): Cart {
    const { items, couponCodes } = content;
    const { shippingMethod, shippingMethodAt, shippingAddress, shippingAddressAt } = content;
    const shipping = { shippingMethod, shippingMethodAt, shippingAddress, shippingAddressAt };
    return this.#next({ items, couponCodes, ...shipping }, at);
  }

  /** Hands all that is in a guest's cart over to a customer's, once. */
  handOver(into: CartId, at: Instant): Cart {
    return this.#next({ ...NOTHING, status: { name: 'merged', into } }, at);
  }

  /**
   * Hands the cart over to an order, once: from now on it belongs to the past, and nothing is left in it to order. Where it
   * goes the order knows, and nobody else has to.
   */
  checkOut(orderId: OrderId, at: Instant): Result<Cart, CartEmpty> {
    return this.state.items.length === 0 || this.state.status.name !== 'active'
      ? err({ code: 'ordering.cart_empty' })
      : ok(
          this.#next(
            {
              status: { name: 'ordered', orderId },
              shippingAddress: null,
              shippingAddressAt: null,
            },
            at,
          ),
        );
  }

  #has(itemId: CartItemId): boolean {
    return this.state.items.some((item) => item.id === itemId);
  }

  #next(change: Partial<CartState>, at: Instant): Cart {
    return new Cart({ ...this.state, ...change, updatedAt: at }, this.version, this.isNew);
  }
}

function withQuantity(
  items: readonly CartItem[],
  itemId: CartItemId,
  quantity: number,
): readonly CartItem[] {
  return items.map((item) => (item.id === itemId ? { ...item, quantity } : item));
}

function withLine(items: readonly CartItem[], line: CartItem): readonly CartItem[] {
  return items.map((item) => (item.id === line.id ? line : item));
}
