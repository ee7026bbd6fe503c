import { beforeEach, describe, expect, it } from 'vitest';

import type { Instant, UserId } from '@kastoma/domain/core';
import type { PublicEventType, WebhookEndpoint } from '@kastoma/domain/notifications';

import { RELAY_POLICY, RelayOutbox } from '../../core/relay-outbox.use-case.ts';
import { inTransaction } from '../../core/subscriber.ts';
import { aWebhookEndpoint } from '../../testing/builders/webhook-endpoint.builder.ts';
import { SHOP } from '../../testing/contexts.ts';
import { inMemoryShop } from '../../testing/in-memory/in-memory-shop.ts';
import { HeldPause } from '../../testing/ports/held-pause.ts';
import { SteadyJitter } from '../../testing/ports/steady-jitter.ts';
import { relayAll, subscriptionsOf } from '../../testing/relayed-events.ts';
import type { ShopPorts } from '../../testing/shop-ports.ts';
import { givenCustomer, givenOrder } from '../../testing/stocked-shop.ts';
import { publicEventOf, PUBLISHED_TYPES } from './public-events.ts';
import { PublishToWebhooks } from './publish-to-webhooks.subscriber.ts';

let shop: ShopPorts;
let customer: UserId;
let relay: RelayOutbox;

beforeEach(async () => {
  shop = inMemoryShop();
  customer = await givenCustomer(shop);
  const publish = new PublishToWebhooks({ ids: shop.ids, clock: shop.clock });
  relay = new RelayOutbox({
    deliveries: shop.outbox,
    subscriptions: subscriptionsOf({
      'ordering.order_placed': [inTransaction(publish, shop.notifications)],
    }),
    clock: shop.clock,
    jitter: new SteadyJitter(),
    pause: new HeldPause(),
    policy: RELAY_POLICY,
  });
});

async function given(eventTypes: readonly PublicEventType[] | null): Promise<WebhookEndpoint> {
  const endpoint = aWebhookEndpoint(customer, { eventTypes });
  const added = shop.notifications.run(SHOP, ({ endpoints }) => endpoints.add(endpoint));
  (await added)._unsafeUnwrap();
  return endpoint;
}

const due = () =>
  shop.webhookDeliveryQueue.claim({
    limit: 100,
    atMostForEach: 100,
    exceptEndpoints: [],
    now: shop.clock.now(),
    leaseEnds: shop.clock.now(),
  });

describe('what happens to an order', () => {
  it('is written down for each endpoint that is told of it, under the id of the event', async () => {
    const [all, placed] = [await given(null), await given(['order.placed'])];
    await given(['order.cancelled']);
    const { id, number, totals, customerId } = (await givenOrder(shop, customer)).state;
    await relayAll(relay);
    const messages = await due();
    expect(messages.map(({ endpointId }) => endpointId).toSorted()).toEqual(
      [all.state.id, placed.state.id].toSorted(),
    );
    expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(1);
    const [message] = messages;
    const body = JSON.parse(message?.body ?? '') as object;
    expect(body).toEqual({
      id: message?.messageId,
      type: 'order.placed',
      timestamp: '2026-11-20T08:00:00.000Z',
      request_id: 'test',
      data: {
        order_id: id,
        number,
        total: totals.total.toJSON(),
        items: [{ variant_id: expect.any(String) as string, quantity: 1 }],
      },
    });
    expect(message?.body).not.toContain(customerId);
    expect(message).toMatchObject({ eventType: 'order.placed', correlationId: 'test' });
  });

  it('is nobody’s business where nobody listens', async () => {
    await givenOrder(shop, customer);
    const reports = await relayAll(relay);
    expect(reports.map(({ outcome }) => outcome)).toEqual(['handled']);
    expect(await due()).toEqual([]);
  });
});

describe('what is told outside', () => {
  const money = { amount: '1.00', currency: 'USD' };
  const told = (type: string, payload: object) => {
    const aggregate = { aggregateId: 'a', aggregateVersion: 1, schemaVersion: 1 };
    const event = { ...aggregate, type, occurredAt: 0 as Instant, payload };
    return publicEventOf(event, 'id', 'asked');
  };
  const order = { orderId: 'o', number: 'KAS-1' };
  const payment = { paymentId: 'p', orderId: 'o' };
  const ofOrder = { order_id: 'o', number: 'KAS-1' };
  const ofPayment = { payment_id: 'p', order_id: 'o' };

  const publications: readonly [type: string, payload: object, name: string, data: object][] = [
    ['ordering.order_confirmed', order, 'order.confirmed', ofOrder],
    ['ordering.order_processing_started', order, 'order.processing', ofOrder],
    ['ordering.order_delivered', order, 'order.delivered', ofOrder],
    [
      'ordering.order_cancelled',
      { ...order, reason: 'What Ada typed', items: [{ variantId: 'v', quantity: 2 }] },
      'order.cancelled',
      { ...ofOrder, items: [{ variant_id: 'v', quantity: 2 }] },
    ],
    [
      'ordering.order_fulfilled',
      {
        ...order,
        fulfilmentId: 'f',
        lines: [{ itemId: 'i', variantId: 'v', quantity: 2 }],
        carrier: 'DHL',
        trackingNumber: '00340',
        complete: true,
      },
      'order.fulfilled',
      {
        ...ofOrder,
        fulfilment_id: 'f',
        lines: [{ item_id: 'i', variant_id: 'v', quantity: 2 }],
        carrier: 'DHL',
        tracking_number: '00340',
        complete: true,
      },
    ],
    [
      'ordering.order_refunded',
      {
        ...order,
        refundId: 'r',
        reason: 'What staff typed',
        amount: money,
        tax: money,
        lines: [{ itemId: 'i', quantity: 1, amount: money, tax: money }],
        shipping: null,
      },
      'order.refunded',
      {
        ...ofOrder,
        refund_id: 'r',
        amount: money,
        tax: money,
        lines: [{ item_id: 'i', quantity: 1, amount: money, tax: money }],
        shipping: null,
      },
    ],
    ...(['authorized', 'captured', 'refunded'] as const).map(
      (moved): [string, object, string, object] => [
        `payments.payment_${moved}`,
        { ...payment, total: money },
        `payment.${moved}`,
        { ...ofPayment, total: money },
      ],
    ),
    ['payments.payment_voided', payment, 'payment.voided', ofPayment],
    [
      'payments.operation_declined',
      { ...payment, operationId: 'x', operation: 'capture', reason: 'card_declined' },
      'payment.declined',
      { ...ofPayment, operation: 'capture' },
    ],
  ];

  it.each(publications)('of %s has no words that anybody typed', (type, payload, name, data) => {
    expect(told(type, payload)).toEqual({
      id: 'id',
      type: name,
      occurredAt: 0,
      correlationId: 'asked',
      data,
    });
  });

  it('is nothing of all else that happens', () => {
    expect(PUBLISHED_TYPES).toHaveLength(12);
    for (const type of ['identity.user_registered', 'inventory.stock_changed', 'constructor'])
      expect(told(type, {})).toBeNull();
  });
});
