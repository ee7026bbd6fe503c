import { err, ok, type Result } from 'neverthrow';

import { Address, type AddressJson } from '../core/address.value.ts';
import {
  parseId,
  type CartId,
  type FulfilmentId,
  type OrderId,
  type RefundId,
  type UserId,
} from '../core/ids.value.ts';
import {
  kindsBy,
  listOf,
  nullOr,
  objectOf,
  oneOf,
  readText,
  readWholeNumber,
  textThat,
  type JsonReader,
  type MalformedJson,
} from '../core/json-reader.ts';
import { readInstant, readMoney, readVersion } from '../core/value-readers.ts';
import { frozenPriceReaders, readItemId } from './frozen-price.reader.ts';
import type { Fulfilment, FulfilmentLine } from './fulfilment.value.ts';
import { parseOrderNumber } from './order-number.value.ts';
import type { OrderStatus, OrderStatusName } from './order-status.value.ts';
import { Order } from './order.aggregate.ts';
import { findContradiction, type ContradictoryPart } from './order.consistency.ts';
import type { OrderState } from './order.state.ts';
import type { OrderRefund, OrderRefundLine, RefundedPart } from './refund.value.ts';

/** Parts of an order contradict each other: no order ever was like that. */
export type MalformedOrder = {
  readonly code: 'ordering.malformed_order';
  readonly part: ContradictoryPart;
};

const readAddress: JsonReader<Address> = (json, path) =>
  objectOf<AddressJson>({
    name: readText,
    line1: readText,
    line2: nullOr(readText),
    city: readText,
    region: nullOr(readText),
    postal_code: readText,
    country: readText,
    phone: nullOr(readText),
  })(json, path).map((address) => Address.restore(address));

function readStatusAt<Name extends OrderStatusName>(name: Name) {
  return objectOf<{ readonly name: Name; readonly at: OrderState['placedAt'] }>({
    name: oneOf([name]),
    at: readInstant,
  });
}

const readStatus = kindsBy<OrderStatus, 'name'>('name', {
  pending: objectOf({ name: oneOf(['pending']) }),
  confirmed: readStatusAt('confirmed'),
  processing: readStatusAt('processing'),
  shipped: readStatusAt('shipped'),
  delivered: readStatusAt('delivered'),
  cancelled: objectOf({ name: oneOf(['cancelled']), at: readInstant, reason: readText }),
});

const readFulfilment = objectOf<Fulfilment>({
  id: textThat((text) => parseId<FulfilmentId>(text)),
  lines: listOf(objectOf<FulfilmentLine>({ itemId: readItemId, quantity: readWholeNumber })),
  carrier: nullOr(readText),
  trackingNumber: nullOr(readText),
  at: readInstant,
});

const part = { amount: readMoney, tax: readMoney };

const readRefund = objectOf<OrderRefund>({
  id: textThat((text) => parseId<RefundId>(text)),
  reason: readText,
  at: readInstant,
  ...part,
  lines: listOf(
    objectOf<OrderRefundLine>({
      itemId: readItemId,
      quantity: readWholeNumber,
      withheld: readWholeNumber,
      ...part,
    }),
  ),
  shipping: nullOr(objectOf<RefundedPart>(part)),
});

const readOrder = objectOf<OrderState & { readonly version: number }>({
  version: readVersion,
  id: textThat((text) => parseId<OrderId>(text)),
  number: textThat(parseOrderNumber),
  customerId: nullOr(textThat((text) => parseId<UserId>(text))),
  cartId: textThat((text) => parseId<CartId>(text)),
  status: readStatus,
  ...frozenPriceReaders,
  quoteHash: readText,
  email: nullOr(readText),
  shippingAddress: readAddress,
  billingAddress: readAddress,
  paymentMethod: readText,
  notes: readText,
  fulfilments: listOf(readFulfilment),
  refunds: listOf(readRefund),
  placedAt: readInstant,
});

/** Reads an order from any value, as it was written; one that contradicts itself is refused. */
export function parseOrder(json: unknown): Result<Order, MalformedJson | MalformedOrder> {
  return readOrder(json, []).andThen(({ version, ...state }): Result<Order, MalformedOrder> => {
    const contradictory = findContradiction(state);
    return contradictory === null
      ? ok(Order.restore(state, version))
      : err({ code: 'ordering.malformed_order', part: contradictory });
  });
}
