import { ResultAsync } from 'neverthrow';

import { defect, type Currency } from '@kastoma/domain/core';
import {
  price,
  type CouponCode,
  type PricingError,
  type PricingInput,
  type ShippingMethod,
} from '@kastoma/domain/pricing';

import type {
  PromotionsForBuyer,
  PromotionsInForce,
} from '../../pricing/promotions-in-force.port.ts';
import type { StorePricing } from '../../pricing/store-pricing.ts';
import type {
  CartNotPriceable,
  CartPricing,
  CartToPrice,
  LineToPrice,
  PricedCart,
} from '../cart-pricing.port.ts';
import { toPricedCart } from './priced-cart.ts';

/** The pricing engine as ordering uses it. */
export class PricingEngine implements CartPricing {
  readonly shippingMethods: readonly string[];
  readonly #store: StorePricing;
  readonly #promotions: PromotionsInForce;

  constructor(currency: Currency, store: StorePricing, promotions: PromotionsInForce) {
    this.#store = store;
    this.#promotions = promotions;
    this.shippingMethods = store.shippingMethodsIn(currency).map(({ method }) => method);
  }

  price(cart: CartToPrice): ResultAsync<PricedCart, CartNotPriceable> {
    const found = this.#promotions.forCart({
      at: cart.at,
      codes: cart.couponCodes as readonly CouponCode[],
      customer: { id: cart.customerId, email: cart.guestEmail },
    });
    return ResultAsync.fromSafePromise(found).andThen((promotions) =>
      price(inputOf(cart, promotions, this.#store))
        .map((quote) => toPricedCart(quote, cart.couponCodes, promotions))
        .mapErr(toNotPriceable),
    );
  }
}

/** A cart as the engine reads it. */
export function inputOf(
  cart: CartToPrice,
  { promotions, coupons, uses, buyer }: PromotionsForBuyer,
  store: StorePricing,
): PricingInput {
  const { currency, at, destination, couponCodes: codes } = cart;
  const { tax, combining, rounding } = store;
  return {
    currency,
    at,
    lines: cart.lines.map(toPricingLine),
    promotions,
    coupons: coupons.map(({ code, promotionId, usesLeft }) => ({ code, promotionId, usesLeft })),
    codes,
    uses,
    customer: buyer,
    destination: { country: destination.country, region: destination.region ?? undefined },
    tax,
    shipping: cart.lines.length === 0 ? null : methodOf(cart, store),
    combining,
    rounding,
  };
}

function toPricingLine({ weightGrams, minimumUnitPrice, ...line }: LineToPrice) {
  return {
    ...line,
    weightGrams: weightGrams ?? undefined,
    minimumUnitPrice: minimumUnitPrice ?? undefined,
  };
}

function methodOf({ currency, shippingMethod }: CartToPrice, store: StorePricing): ShippingMethod {
  return (
    store.shippingMethodsIn(currency).find(({ method }) => method === shippingMethod) ??
    defect(`There is no rate for shipping by ${shippingMethod}.`)
  );
}

/** A customer can put too much into a cart; of all else that is wrong with a price the shop is the cause. */
function toNotPriceable({ code: reason }: PricingError): CartNotPriceable {
  return reason === 'pricing.amount_out_of_bounds'
    ? { code: 'ordering.cart_not_priceable', reason }
    : defect(`A cart came to the pricing with ${reason}.`);
}
