import { err, errAsync, ok, okAsync } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { UserId, WebhookDeliveryId, WebhookEndpointId } from '@kastoma/domain/core';
import type { WebhookUrl } from '@kastoma/domain/notifications';

import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { FakeWebhookSecrets } from '../testing/ports/fake-webhook-secrets.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCustomer } from '../testing/stocked-shop.ts';
import { ChangeWebhookEndpoint } from './change-webhook-endpoint.use-case.ts';
import { CreateWebhookEndpoint } from './create-webhook-endpoint.use-case.ts';
import { DeleteWebhookEndpoint } from './delete-webhook-endpoint.use-case.ts';
import { ForgetWebhookDeliveries } from './forget-webhook-deliveries.use-case.ts';
import { PingWebhookEndpoint } from './ping-webhook-endpoint.use-case.ts';
import { ReplayWebhookDelivery } from './replay-webhook-delivery.use-case.ts';
import { RotateWebhookSecret } from './rotate-webhook-secret.use-case.ts';
import type { WebhookAddresses } from './webhook-addresses.port.ts';

const REFUSED = {
  code: 'notifications.webhook_address_refused',
  path: ['url'],
  reason: 'inside',
} as const;
const NOT_FOUND = err({ code: 'notifications.webhook_endpoint_not_found' });
const INACTIVE = err({ code: 'notifications.webhook_endpoint_inactive' });
const nobody = '0199c0de-0000-7000-8000-00000000000f' as WebhookEndpointId;

let shop: ShopPorts;
let createdBy: UserId;
let webhookSecrets: FakeWebhookSecrets;
const webhookAddresses: WebhookAddresses = {
  check: (text) => (text.includes('localhost') ? errAsync(REFUSED) : okAsync(text as WebhookUrl)),
};

beforeEach(async () => {
  shop = inMemoryShop();
  createdBy = await givenCustomer(shop);
  webhookSecrets = new FakeWebhookSecrets();
});

const given = () => ({
  unitOfWork: shop.notifications,
  webhookSecrets,
  webhookAddresses,
  ids: shop.ids,
  clock: shop.clock,
});
const create = (url = 'https://erp.example.com/hooks') =>
  new CreateWebhookEndpoint(given()).execute(
    { url, description: 'The warehouse', eventTypes: ['order.placed'], createdBy },
    SHOP,
  );
const created = async () => (await create())._unsafeUnwrap();
const find = (id: WebhookEndpointId) => shop.webhookEndpointQueries.find(id);
const change = (
  id: WebhookEndpointId,
  changes: Parameters<ChangeWebhookEndpoint['execute']>[0]['changes'],
  expectedVersion: number | null = null,
) => new ChangeWebhookEndpoint(given()).execute({ id, changes, expectedVersion }, SHOP);
const ping = (id: WebhookEndpointId) => new PingWebhookEndpoint(given()).execute(id, SHOP);
const replay = (id: WebhookEndpointId, delivery: WebhookDeliveryId) =>
  new ReplayWebhookDelivery(given()).execute(id, delivery, SHOP);
const log = async (endpointId: WebhookEndpointId) =>
  (
    await shop.webhookDeliveryQueries.list(
      { endpointId, status: null, eventType: null },
      { after: null, pageSize: 10 },
    )
  ).items;

describe('an endpoint', () => {
  it('is made with a secret that is shown this once', async () => {
    const { secret, ...view } = await created();
    expect(secret).toBe('whsec_1');
    expect(await find(view.id)).toEqual(ok(view));
    expect(JSON.stringify(view)).not.toContain('whsec');
    const [entry] = (
      await shop.auditQueries.list(
        {
          actor: null,
          action: null,
          subject: { type: 'webhook_endpoint', id: view.id },
          from: null,
          to: null,
        },
        { after: null, pageSize: 10 },
      )
    ).items;
    expect(entry).toMatchObject({
      action: 'notifications.webhook_endpoint_created',
      detail: { event_types: ['order.placed'] },
    });
  });

  it('is none where the shop does not call', async () => {
    expect(await create('https://localhost/')).toEqual(err(REFUSED));
    const made = await created();
    expect(await change(made.id, { url: 'https://localhost/' })).toEqual(err(REFUSED));
    expect((await find(made.id))._unsafeUnwrap().url).toBe('https://erp.example.com/hooks');
  });

  it('changes for whoever has seen what stands', async () => {
    const { id } = await created();
    const changed = (
      await change(id, { url: 'https://other.example/', eventTypes: null }, 1)
    )._unsafeUnwrap();
    expect(changed).toMatchObject({ url: 'https://other.example/', eventTypes: null, version: 2 });
    expect(await change(id, { active: false }, 1)).toEqual(
      err({ code: 'core.stale_version', currentVersion: 2 }),
    );
    expect((await change(id, { eventTypes: null }))._unsafeUnwrap().version).toBe(2);
    expect((await change(id, { eventTypes: [] }))._unsafeUnwrapErr()).toMatchObject({
      code: 'notifications.event_types_required',
    });
    expect(await change(nobody, { active: false })).toEqual(NOT_FOUND);
  });

  it('gets a new secret, and the old one signs for a while', async () => {
    const { id } = await created();
    const rotate = (overlapHours: number) =>
      new RotateWebhookSecret(given()).execute({ id, overlapHours }, SHOP);
    const rotated = (await rotate(24))._unsafeUnwrap();
    expect(rotated.secret).toBe('whsec_2');
    expect(rotated.previousSecretUntil).toBe(shop.clock.now() + 24 * 3_600_000);
    expect((await rotate(0))._unsafeUnwrap().previousSecretUntil).toBeNull();
    const other = new RotateWebhookSecret(given());
    expect(await other.execute({ id: nobody, overlapHours: 0 }, SHOP)).toEqual(NOT_FOUND);
  });

  it('is deleted for whoever has seen what stands', async () => {
    const { id } = await created();
    const remove = (expectedVersion: number | null) =>
      new DeleteWebhookEndpoint(given()).execute({ id, expectedVersion }, SHOP);
    expect((await remove(9)).isErr()).toBe(true);
    expect((await remove(1)).isOk()).toBe(true);
    expect(await find(id)).toEqual(NOT_FOUND);
    expect(await remove(null)).toEqual(NOT_FOUND);
  });

  it('is called to see whether it listens, unless it is off', async () => {
    const { id } = await created();
    const delivery = (await ping(id))._unsafeUnwrap();
    expect(await log(id)).toEqual([delivery]);
    expect(delivery).toMatchObject({
      eventType: 'webhook.ping',
      messageId: delivery.id,
      status: 'pending',
    });
    expect(await ping(nobody)).toEqual(NOT_FOUND);
    expect((await change(id, { active: false })).isOk()).toBe(true);
    expect(await ping(id)).toEqual(INACTIVE);
  });
});

describe('a message', () => {
  it('is sent once more, unless the endpoint is off', async () => {
    const { id } = await created();
    const delivery = (await ping(id))._unsafeUnwrap();
    shop.clock.advance(60);
    expect((await replay(id, delivery.id))._unsafeUnwrap()).toMatchObject({
      id: delivery.id,
      dueAt: shop.clock.now(),
    });
    expect(await replay(nobody, delivery.id)).toEqual(NOT_FOUND);
    expect(await replay(id, nobody as string as WebhookDeliveryId)).toEqual(
      err({ code: 'notifications.webhook_delivery_not_found' }),
    );
    expect((await change(id, { active: false })).isOk()).toBe(true);
    expect(await replay(id, delivery.id)).toEqual(INACTIVE);
  });

  it('is forgotten after thirty days', async () => {
    const { id } = await created();
    expect((await ping(id)).isOk()).toBe(true);
    const forget = new ForgetWebhookDeliveries({
      queue: shop.webhookDeliveryQueue,
      clock: shop.clock,
    });
    shop.clock.advance(30 * 86_400);
    expect(await forget.execute()).toBe(0);
    shop.clock.advance(1);
    expect(await forget.execute()).toBe(1);
    expect(await log(id)).toEqual([]);
  });

  it('is forgotten a thousand at a time', async () => {
    const left = [1_000, 1_000, 3];
    const queue = { forget: async () => left.shift() ?? 0 };
    expect(await new ForgetWebhookDeliveries({ queue, clock: shop.clock }).execute()).toBe(2_003);
  });
});
