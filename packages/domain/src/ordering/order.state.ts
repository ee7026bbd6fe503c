import type { Address } from '../core/address.value.ts';
import type { CartId, OrderId, UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { FrozenPrice } from './frozen-price.value.ts';
import type { Fulfilment } from './fulfilment.value.ts';
import type { OrderNumber } from './order-number.value.ts';
import type { OrderStatus } from './order-status.value.ts';
import type { OrderRefund } from './refund.value.ts';

export type OrderState = FrozenPrice & {
  readonly id: OrderId;
  readonly number: OrderNumber;
  /** Null: of a guest, who is known by the e-mail address alone. */
  readonly customerId: UserId | null;
  readonly cartId: CartId;
  readonly status: OrderStatus;
  readonly quoteHash: string;
  /** Where to write about this order, as identity reads an address; null when it goes without saying. */
  readonly email: string | null;
  readonly shippingAddress: Address;
  readonly billingAddress: Address;
  readonly paymentMethod: string;
  readonly notes: string;
  /** The oldest first. */
  readonly fulfilments: readonly Fulfilment[];
  /** The oldest first. */
  readonly refunds: readonly OrderRefund[];
  readonly placedAt: Instant;
};
