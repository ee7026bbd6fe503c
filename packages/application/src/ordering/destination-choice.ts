import { err, ok, type Result } from 'neverthrow';

import type { Address } from '@kastoma/domain/core';
import type { Cart, ShippingAddressRequired } from '@kastoma/domain/ordering';

import type { StoreSettings } from '../core/store-settings.ts';

/** Where a cart is taken to go when it is priced. */
export type DestinationChoice = Pick<Address, 'country' | 'region'> & {
  /** Nobody has said so yet. */
  readonly isEstimated: boolean;
};

/** For looking at a cart: as long as nobody knows better, it stays in the country of the shop. */
export function destinationOf(
  { state }: Cart,
  { country }: Pick<StoreSettings, 'country'>,
): DestinationChoice {
  return state.shippingAddress === null
    ? { country, region: null, isEstimated: true }
    : destinationAt(state.shippingAddress);
}

export function destinationAt({ country, region }: Address): DestinationChoice {
  return { country, region, isEstimated: false };
}

/** For ordering: what the order says, else what the cart says. */
export function addressToOrder(
  { state }: Cart,
  stated: Address | null,
): Result<Address, ShippingAddressRequired> {
  const address = stated ?? state.shippingAddress;
  return address === null ? err({ code: 'ordering.shipping_address_required' }) : ok(address);
}
