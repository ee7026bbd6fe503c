import { ok, type Result } from 'neverthrow';

import {
  kindsBy,
  listOf,
  malformedJson,
  nullOr,
  objectOf,
  oneOf,
  readFlag,
  readText,
  readWholeNumber,
  type JsonReader,
  type MalformedJson,
} from '../core/json-reader.ts';
import type { MoneyJson } from '../core/money.value.ts';
import { readInstant, readMoney } from '../core/value-readers.ts';
import { toWireForm, type Json } from '../core/wire-form.ts';
import type { OrderingEvent } from './order.events.ts';

type PayloadOf<Type extends OrderingEvent['type']> = Extract<
  OrderingEvent,
  { type: Type }
>['payload'];

/** A payload of another version may mean something else under the same names. */
const readSchemaVersion: JsonReader<number> = (json, path) =>
  readWholeNumber(json, path).andThen((version) =>
    version === 1 ? ok(version) : malformedJson(path, 'malformed'),
  );

const readMoneyJson: JsonReader<MoneyJson> = (json, path) =>
  readMoney(json, path).map((money) => money.toJSON());

function eventOf<Type extends OrderingEvent['type']>(
  type: Type,
  payload: JsonReader<PayloadOf<Type>>,
): JsonReader<OrderingEvent> {
  const read = objectOf<Omit<OrderingEvent, 'type' | 'payload'> & { type: Type; payload: unknown }>(
    {
      type: oneOf([type]),
      schemaVersion: readSchemaVersion,
      aggregateId: readText,
      aggregateVersion: readWholeNumber,
      occurredAt: readInstant,
      payload,
    },
  );
  return (json, path) => read(json, path).map((event) => event as OrderingEvent);
}

const reference = { orderId: readText, number: readText };
const unitsOfVariant = { variantId: readText, quantity: readWholeNumber };
const refundedPart = { amount: readMoneyJson, tax: readMoneyJson };

const readEvent = kindsBy<OrderingEvent, 'type'>('type', {
  'ordering.order_placed': eventOf(
    'ordering.order_placed',
    objectOf<PayloadOf<'ordering.order_placed'>>({
      ...reference,
      customerId: nullOr(readText),
      total: readMoneyJson,
      items: listOf(objectOf(unitsOfVariant)),
    }),
  ),
  'ordering.order_confirmed': eventOf('ordering.order_confirmed', objectOf(reference)),
  'ordering.order_processing_started': eventOf(
    'ordering.order_processing_started',
    objectOf(reference),
  ),
  'ordering.order_fulfilled': eventOf(
    'ordering.order_fulfilled',
    objectOf<PayloadOf<'ordering.order_fulfilled'>>({
      ...reference,
      fulfilmentId: readText,
      lines: listOf(objectOf({ ...unitsOfVariant, itemId: readText })),
      carrier: nullOr(readText),
      trackingNumber: nullOr(readText),
      complete: readFlag,
    }),
  ),
  'ordering.order_delivered': eventOf('ordering.order_delivered', objectOf(reference)),
  'ordering.order_cancelled': eventOf(
    'ordering.order_cancelled',
    objectOf<PayloadOf<'ordering.order_cancelled'>>({
      ...reference,
      reason: readText,
      items: listOf(objectOf(unitsOfVariant)),
    }),
  ),
  'ordering.order_refunded': eventOf(
    'ordering.order_refunded',
    objectOf<PayloadOf<'ordering.order_refunded'>>({
      ...reference,
      refundId: readText,
      reason: readText,
      ...refundedPart,
      lines: listOf(objectOf({ itemId: readText, quantity: readWholeNumber, ...refundedPart })),
      shipping: nullOr(objectOf(refundedPart)),
    }),
  ),
});

/** An event as JSON in the names of the wire, its time in RFC 3339. */
export function orderingEventToJson(event: OrderingEvent): Json {
  return toWireForm(event);
}

/** Reads an event from any value, as it was written. */
export function parseOrderingEvent(json: unknown): Result<OrderingEvent, MalformedJson> {
  return readEvent(json, []);
}
