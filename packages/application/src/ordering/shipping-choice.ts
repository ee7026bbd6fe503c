import { err, ok, type Result } from 'neverthrow';

import { defect } from '@kastoma/domain/core';
import type { Cart, UnknownShippingMethod } from '@kastoma/domain/ordering';

import type { CartPricing } from './cart-pricing.port.ts';

/** How a cart is shipped when it is priced. */
export type ShippingChoice = {
  readonly method: string;
  /** The cart itself has chosen none yet. */
  readonly isEstimated: boolean;
};

type Methods = Pick<CartPricing, 'shippingMethods'>;

/** What somebody asks for must be one of the shop's ways; `field` is where they asked for it. */
export function requireShippingMethod(
  method: string,
  field: string,
  { shippingMethods: methods }: Methods,
): Result<string, UnknownShippingMethod> {
  return methods.includes(method)
    ? ok(method)
    : err({ code: 'ordering.unknown_shipping_method', path: [field], method, methods });
}

/** For looking at a cart: a way of shipping that the shop gave up counts as not chosen. */
export function shippingOf({ state }: Cart, { shippingMethods }: Methods): ShippingChoice {
  const chosen = shippingMethods.find((method) => method === state.shippingMethod);
  return chosen === undefined
    ? { method: defaultOf({ shippingMethods }), isEstimated: true }
    : { method: chosen, isEstimated: false };
}

/** For ordering: what the order says, else what the cart says, and neither is replaced in silence. */
export function shippingToOrder(
  cart: Cart,
  stated: string | null,
  pricing: Methods,
): Result<ShippingChoice, UnknownShippingMethod> {
  const shown = shippingOf(cart, pricing);
  const chosen = stated ?? cart.state.shippingMethod;
  return chosen === null
    ? ok(shown)
    : requireShippingMethod(chosen, 'shippingMethod', pricing).map((method) => ({
        ...shown,
        method,
      }));
}

function defaultOf({ shippingMethods }: Methods): string {
  return shippingMethods[0] ?? defect('The shop has no way of shipping.');
}
