import { beforeEach, describe, expect, it } from 'vitest';

import type { UserId } from '@kastoma/domain/core';
import {
  MOST_WEBHOOK_ATTEMPTS,
  WEBHOOK_PAUSES,
  type WebhookEndpoint,
} from '@kastoma/domain/notifications';

import {
  aWebhookDelivery,
  aWebhookEndpoint,
} from '../testing/builders/webhook-endpoint.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { FakeWebhookSecrets } from '../testing/ports/fake-webhook-secrets.ts';
import { FakeWebhookSender } from '../testing/ports/fake-webhook-sender.ts';
import { SteadyJitter } from '../testing/ports/steady-jitter.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCustomer } from '../testing/stocked-shop.ts';
import { SendWebhooks } from './send-webhooks.use-case.ts';
import type { NewWebhookDelivery } from './webhook-deliveries.port.ts';
import type { WebhookAnswer } from './webhook-sender.port.ts';

const goesOn = new AbortController().signal;
const answered = (status: number, retryAfterSeconds: number | null = null): WebhookAnswer => ({
  kind: 'answered',
  status,
  retryAfterSeconds,
});
const DOWN: WebhookAnswer = { kind: 'failed', error: 'econnrefused' };

let shop: ShopPorts;
let sender: FakeWebhookSender;
let webhookSecrets: FakeWebhookSecrets;
let webhooks: SendWebhooks;
let endpoint: WebhookEndpoint;
let message: NewWebhookDelivery;

beforeEach(async () => {
  shop = inMemoryShop();
  sender = new FakeWebhookSender();
  webhookSecrets = new FakeWebhookSecrets();
  webhooks = new SendWebhooks({
    unitOfWork: shop.notifications,
    queue: shop.webhookDeliveryQueue,
    webhookSecrets,
    sender,
    clock: shop.clock,
    jitter: new SteadyJitter(),
  });
  const createdBy: UserId = await givenCustomer(shop);
  endpoint = aWebhookEndpoint(createdBy);
  message = aWebhookDelivery(endpoint.state.id, { createdAt: shop.clock.now() });
  const stored = shop.notifications.run(SHOP, ({ endpoints, deliveries }) =>
    endpoints.add(endpoint).andThen(() => deliveries.add([message])),
  );
  (await stored)._unsafeUnwrap();
});

async function claimed(most = 10) {
  return webhooks.claim(most, most, []);
}

/** Sends all that is due, one after the other. */
async function send(signal = goesOn) {
  const reports = [];
  for (const delivery of await claimed()) reports.push(await webhooks.deliver(delivery, signal));
  return reports;
}

const standing = async () =>
  (await shop.webhookEndpointQueries.find(endpoint.state.id))._unsafeUnwrap();
async function logged() {
  const filter = { endpointId: endpoint.state.id, status: null, eventType: null };
  return (await shop.webhookDeliveryQueries.list(filter, { after: null, pageSize: 1 })).items[0];
}

describe('a message to an endpoint', () => {
  it('goes out signed, under the id that it keeps', async () => {
    const [report] = await send();
    const seconds = Math.floor(shop.clock.now() / 1_000);
    expect(sender.sent).toEqual([
      {
        url: endpoint.state.url,
        body: message.body,
        headers: {
          'webhook-id': message.messageId,
          'webhook-timestamp': String(seconds),
          'webhook-signature': `v1,${message.messageId}.${seconds} by whsec_1`,
        },
      },
    ]);
    expect(report).toMatchObject({ id: message.id, outcome: 'delivered', error: null });
    expect(await logged()).toMatchObject({
      status: 'delivered',
      attempts: 1,
      lastAttempt: { answeredStatus: 200, error: null, tookMilliseconds: 0 },
    });
    expect(await send()).toEqual([]);
  });

  it.each([
    [DOWN, { answeredStatus: null, error: 'econnrefused' }],
    [answered(500), { answeredStatus: 500, error: 'refused' }],
    [answered(302), { answeredStatus: 302, error: 'refused' }],
    [answered(199), { answeredStatus: 199, error: 'refused' }],
  ])('that ends in %j is tried again in a while', async (answer, lastAttempt) => {
    sender.answer(answer);
    expect(await send()).toMatchObject([{ outcome: 'failed', error: lastAttempt.error }]);
    expect(await logged()).toMatchObject({
      status: 'pending',
      dueAt: shop.clock.now() + 5_000,
      lastAttempt,
    });
    expect((await standing()).failingSince).toBe(shop.clock.now());
    shop.clock.advance(4.9);
    expect(await send()).toEqual([]);
    shop.clock.advance(0.1);
    expect(await send()).toMatchObject([{ outcome: 'delivered', attempts: 2 }]);
    expect((await standing()).failingSince).toBeNull();
  });

  it('is tried no earlier than the other side wished, whatever chance says', async () => {
    const hasty = new SendWebhooks({
      unitOfWork: shop.notifications,
      queue: shop.webhookDeliveryQueue,
      webhookSecrets,
      sender,
      clock: shop.clock,
      jitter: { spread: (seconds) => seconds / 2 },
    });
    sender.answer(answered(503, 120), answered(429));
    for (const delivery of await claimed()) await hasty.deliver(delivery, goesOn);
    expect((await logged())?.dueAt).toBe(shop.clock.now() + 120_000);
    shop.clock.advance(120);
    for (const delivery of await claimed()) await hasty.deliver(delivery, goesOn);
    expect((await logged())?.dueAt).toBe(shop.clock.now() + 150_000);
  });

  it('is given up after the last attempt, and an endpoint with it that nothing has reached for so long', async () => {
    sender.answer(...Array.from({ length: MOST_WEBHOOK_ATTEMPTS }, () => DOWN));
    for (const pause of WEBHOOK_PAUSES) {
      expect(await send()).toMatchObject([{ outcome: 'failed' }]);
      expect(await standing()).toMatchObject({ active: true });
      shop.clock.advance(pause);
    }
    expect(await send()).toMatchObject([{ outcome: 'quarantined', error: 'econnrefused' }]);
    expect(await logged()).toMatchObject({ status: 'quarantined', dueAt: null, attempts: 10 });
    expect(await standing()).toMatchObject({ active: false, disabledBecause: 'failing' });
    const events = await shop.eventsOf(endpoint.state.id);
    expect(events.at(-1)).toMatchObject({
      type: 'notifications.webhook_endpoint_disabled',
      actor: 'system',
      correlationId: 'asked',
      payload: { reason: 'failing', userId: endpoint.state.createdBy },
    });
  });

  it('is given up alone where others came through meanwhile', async () => {
    sender.answer(...Array.from({ length: MOST_WEBHOOK_ATTEMPTS }, () => DOWN));
    for (const pause of WEBHOOK_PAUSES) {
      expect(await send()).toMatchObject([{ outcome: 'failed' }]);
      shop.clock.advance(pause);
    }
    const noted = shop.notifications.run(SHOP, ({ endpoints }) =>
      endpoints.noteAttempt(endpoint.state.id, true, shop.clock.now()),
    );
    expect((await noted).isOk()).toBe(true);
    expect(await send()).toMatchObject([{ outcome: 'quarantined' }]);
    expect(await standing()).toMatchObject({ active: true, disabledBecause: null });
  });

  it('ends with an endpoint that says it is gone', async () => {
    sender.answer(answered(410));
    expect(await send()).toMatchObject([{ outcome: 'quarantined', error: 'refused' }]);
    expect(await standing()).toMatchObject({ active: false, disabledBecause: 'gone' });
  });

  it('ends alone where the endpoint was switched off or deleted while it was called', async () => {
    sender.meanwhile = () => save((found) => found.disable('failing', shop.clock.now()));
    sender.answer(answered(410));
    expect(await send()).toMatchObject([{ outcome: 'quarantined' }]);
    expect((await standing()).disabledBecause).toBe('failing');
  });

  it('is noted though its endpoint was deleted while it was called', async () => {
    sender.meanwhile = () => save((found) => found.delete(shop.clock.now()));
    sender.answer(answered(410));
    expect(await send()).toMatchObject([{ outcome: 'quarantined' }]);
  });

  it('fails where its secret cannot be read, and is not sent', async () => {
    webhookSecrets.isKeyLost = true;
    expect(await send()).toMatchObject([{ outcome: 'failed', error: 'secret_unreadable' }]);
    expect(sender.sent).toEqual([]);
  });

  it('that was begun too often and never ended is not begun once more', async () => {
    for (let attempt = 0; attempt < MOST_WEBHOOK_ATTEMPTS; attempt += 1) {
      expect(await claimed()).toHaveLength(1);
      shop.clock.advance(60);
    }
    expect(await send()).toMatchObject([{ outcome: 'quarantined', error: 'never_ended' }]);
    expect(sender.sent).toEqual([]);
  });

  it('is late from when it was due, and not once it came through or waits for its next attempt', async () => {
    const late = async () => (await webhooks.standing()).oldestDueSeconds;
    expect(await late()).toBe(0);
    shop.clock.advance(90);
    expect(await late()).toBe(90);
    sender.answer(DOWN);
    await send();
    expect(await late()).toBe(0);
    shop.clock.advance(7);
    expect(await late()).toBe(2);
    await send();
    shop.clock.advance(1_000);
    expect(await late()).toBe(0);
  });

  it('is left to whoever comes next when the shop ends meanwhile', async () => {
    const stop = new AbortController();
    sender.meanwhile = () => {
      stop.abort();
    };
    expect(await send(stop.signal)).toMatchObject([{ outcome: 'left' }]);
    expect(await logged()).toMatchObject({ status: 'pending', attempts: 1, lastAttempt: null });
    shop.clock.advance(60);
    sender.meanwhile = () => undefined;
    expect(await send()).toMatchObject([{ outcome: 'delivered', attempts: 2 }]);
  });

  it('is left to whoever has taken it since, when its lease ended', async () => {
    const [mine] = await claimed();
    if (mine === undefined) expect.fail('Nothing was due.');
    shop.clock.advance(60);
    expect(await send()).toMatchObject([{ outcome: 'delivered' }]);
    sender.answer(DOWN);
    expect(await webhooks.deliver(mine, goesOn)).toMatchObject({ outcome: 'left' });
    expect(await logged()).toMatchObject({ status: 'delivered', attempts: 2 });
  });

  async function save(change: (found: WebhookEndpoint) => WebhookEndpoint): Promise<void> {
    const saved = shop.notifications.run(SHOP, ({ endpoints }) =>
      endpoints.find(endpoint.state.id).andThen((found) => endpoints.save(change(found))),
    );
    (await saved)._unsafeUnwrap();
  }
});
