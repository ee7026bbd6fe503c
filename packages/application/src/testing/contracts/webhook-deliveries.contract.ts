import { err, type ResultAsync } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { Instant, UserId, WebhookDeliveryId, WebhookEndpointId } from '@kastoma/domain/core';
import { WebhookEndpoint } from '@kastoma/domain/notifications';

import type { NotificationsTx } from '../../notifications/notifications.unit-of-work.ts';
import type {
  NewWebhookDelivery,
  WebhookAttempt,
  WebhookDeliveryFate,
} from '../../notifications/webhook-deliveries.port.ts';
import type {
  WebhookDeliveryFilter,
  WebhookDeliveryPlace,
} from '../../notifications/webhook-delivery-queries.port.ts';
import type { WebhookClaim } from '../../notifications/webhook-delivery-queue.port.ts';
import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { aWebhookDelivery, aWebhookEndpoint } from '../builders/webhook-endpoint.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const LEASE = 60_000;

export function webhookDeliveriesContract(open: OpenShop): void {
  describe('messages for endpoints', () => {
    const shop = shopOfSuite(open);
    let createdBy: UserId | undefined;
    let endpoint: WebhookEndpoint;
    /** What earlier tests have left behind is never due to those of this one. */
    let others: string[] = [];
    const at = (milliseconds: number) => (BUILT_AT + milliseconds) as Instant;

    beforeEach(async () => {
      createdBy ??= await givenCustomer(shop());
      others = (await shop().webhookEndpointQueries.list({ page: 1, pageSize: 100 })).items.map(
        ({ id }) => id,
      );
      endpoint = await givenEndpoint();
    });

    it('are handed out with all that it takes to send them, once in each lease', async () => {
      const message = await given();
      const [claimed, ...more] = await claim(0);
      expect(more).toEqual([]);
      const { url, secret, previousSecret } = endpoint.state;
      expect(claimed).toEqual({ ...message, url, secret, previousSecret, attempts: 1 });
      expect(await claim(LEASE - 1)).toEqual([]);
      expect(await claim(LEASE)).toMatchObject([{ id: message.id, attempts: 2 }]);
    });

    it('go to one each of many who ask at once', async () => {
      const messages = [await given(), await given(), await given()];
      const claims = await times(6, () => claim(0));
      const taken = claims.flat().map(({ id }) => id);
      expect(taken.toSorted()).toEqual(messages.map(({ id }) => id).toSorted());
    });

    it('are handed out the longest due first, a few for each endpoint, and none for busy ones', async () => {
      const other = await givenEndpoint();
      const late = await given({ createdAt: at(30) });
      const early = await given({ createdAt: at(10) });
      const between = await given({ createdAt: at(20) });
      const elsewhere = await given({ createdAt: at(40), endpointId: other.state.id });
      expect(await claim(5)).toEqual([]);
      const first = await claim(50, { atMostForEach: 2, limit: 2 });
      expect(new Set(first.map(({ id }) => id))).toEqual(new Set([early.id, between.id]));
      const busy = [...others, endpoint.state.id];
      expect(await claim(50, { exceptEndpoints: busy })).toMatchObject([{ id: elsewhere.id }]);
      expect(await claim(50)).toMatchObject([{ id: late.id }]);
    });

    it('wait while their endpoint is off, and are not sent to one that was deleted', async () => {
      const message = await given();
      const off = await saved(endpoint.disable('failing', at(1)));
      expect(await claim(0)).toEqual([]);
      const on = await saved(off.change({ active: true }, at(2))._unsafeUnwrap());
      expect(await claim(0)).toMatchObject([{ id: message.id }]);
      await saved(on.delete(at(3)));
      expect(await claim(LEASE)).toEqual([]);
    });

    it('are there once for each endpoint and event, however often they are added', async () => {
      const message = await given();
      const again = { ...aWebhookDelivery(endpoint.state.id), messageId: message.messageId };
      const other = await givenEndpoint();
      await add([again, { ...again, id: newId(), endpointId: other.state.id }]);
      expect(await log()).toMatchObject([{ id: message.id }]);
      expect(await log({ endpointId: other.state.id })).toHaveLength(1);
    });

    it('are not there when the work failed', async () => {
      const message = aWebhookDelivery(endpoint.state.id);
      const failed = await run(({ deliveries }) =>
        deliveries.add([message]).andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(failed).toEqual(err({ code: 'test.refused' }));
      expect(await claim(0)).toEqual([]);
      expect(await log()).toEqual([]);
    });

    it('say how it went, and are tried again when it was said', async () => {
      const { id } = await given();
      await claim(0);
      expect(await settle(id, 1, failed(7), { status: 'pending', dueAt: at(500) })).toBe(true);
      expect(await log()).toMatchObject([
        { id, status: 'pending', attempts: 1, dueAt: at(500), lastAttempt: failed(7) },
      ]);
      expect(await claim(499)).toEqual([]);
      expect(await claim(500)).toMatchObject([{ id, attempts: 2 }]);
      expect(await settle(id, 2, delivered(600), { status: 'delivered' })).toBe(true);
      expect(await log()).toMatchObject([
        { status: 'delivered', attempts: 2, dueAt: null, lastAttempt: delivered(600) },
      ]);
      expect(await claim(10 * LEASE)).toEqual([]);
    });

    it('take no word of somebody whose lease has ended', async () => {
      const { id } = await given();
      await claim(0);
      await claim(LEASE);
      expect(await settle(id, 1, delivered(1), { status: 'delivered' })).toBe(false);
      expect(await settle(id, 2, failed(2), { status: 'quarantined' })).toBe(true);
      expect(await settle(id, 2, delivered(3), { status: 'delivered' })).toBe(false);
      expect(await log()).toMatchObject([{ status: 'quarantined', lastAttempt: failed(2) }]);
    });

    it('are sent anew from the beginning when somebody has them replayed', async () => {
      const { id, body, messageId } = await given();
      await claim(0);
      await settle(id, 1, failed(2), { status: 'quarantined' });
      expect((await replay(id, 1_000))._unsafeUnwrap()).toMatchObject({
        id,
        status: 'pending',
        attempts: 0,
        dueAt: at(1_000),
        lastAttempt: failed(2),
      });
      expect(await claim(999)).toEqual([]);
      expect(await claim(1_000)).toMatchObject([{ id, body, messageId, attempts: 1 }]);
      expect((await replay(id, 2_000))._unsafeUnwrap().attempts).toBe(1);
      expect(await claim(2_000)).toEqual([]);
      expect(await claim(1_000 + LEASE)).toMatchObject([{ attempts: 2 }]);
    });

    it('are not found under another endpoint, nor when there are none', async () => {
      const { id } = await given();
      const other = await givenEndpoint();
      const none = err({ code: 'notifications.webhook_delivery_not_found' });
      expect(await replay(id, 1, other.state.id)).toEqual(none);
      expect(await replay(newId(), 1)).toEqual(none);
    });

    it('are listed by status and type, the latest first, and read on from where one was', async () => {
      const ids: string[] = [];
      for (const minute of [3, 1, 2, 2])
        ids.push((await given({ createdAt: at(minute), eventType: 'order.placed' })).id);
      const other = await given({ createdAt: at(9), eventType: 'payment.captured' });
      const first = await page(null, 2);
      expect(first.items.map(({ id }) => id)).toEqual([other.id, ids[0]]);
      await given({ createdAt: at(20) });
      const rest = await page(first.next, 10);
      expect(rest.items.map(({ createdAt }) => createdAt - BUILT_AT)).toEqual([2, 2, 1]);
      expect(rest.next).toBeNull();
      expect(await log({ eventType: 'payment.captured' })).toMatchObject([{ id: other.id }]);
      expect(await log({ status: 'delivered' })).toEqual([]);
      expect(JSON.stringify(await log())).not.toContain('told');
    });

    it('are forgotten some at a time, the later ones not', async () => {
      const now = await given({ createdAt: at(0) });
      for (const day of [40, 41, 42]) await given({ createdAt: at(-day * 86_400_000) });
      const forget = (limit: number) =>
        shop().webhookDeliveryQueue.forget(at(-30 * 86_400_000), limit);
      expect(await forget(2)).toBe(2);
      expect(await forget(2)).toBe(1);
      expect(await log()).toMatchObject([{ id: now.id }]);
    });

    it('are known by the first that is due, of endpoints that are active, until it is settled', async () => {
      const firstDueAt = () => shop().webhookDeliveryQueue.firstDueAt();
      const day = 86_400_000;
      const { id } = await given({ createdAt: at(-2 * day) });
      await given({ createdAt: at(-day) });
      expect(await firstDueAt()).toBe(at(-2 * day));
      await claim(-day - 1);
      expect(await firstDueAt()).toBe(at(-2 * day));
      expect(await settle(id, 1, failed(1), { status: 'quarantined' })).toBe(true);
      expect(await firstDueAt()).toBe(at(-day));
      const off = await saved(endpoint.disable('failing', at(1)));
      expect(await firstDueAt()).not.toBe(at(-day));
      const on = await saved(off.change({ active: true }, at(2))._unsafeUnwrap());
      expect(await firstDueAt()).toBe(at(-day));
      await saved(on.delete(at(3)));
      expect(await firstDueAt()).not.toBe(at(-day));
    });

    const newId = () => builderIds.next<WebhookDeliveryId>();
    const failed = (when: number): WebhookAttempt => ({
      endedAt: at(when),
      tookMilliseconds: 12,
      answeredStatus: 500,
      error: 'refused',
    });
    const delivered = (when: number): WebhookAttempt => ({
      endedAt: at(when),
      tookMilliseconds: 0,
      answeredStatus: 204,
      error: null,
    });

    async function givenEndpoint(): Promise<WebhookEndpoint> {
      const made = aWebhookEndpoint(createdBy as UserId);
      (await run(({ endpoints }) => endpoints.add(made)))._unsafeUnwrap();
      return WebhookEndpoint.restore(made.state, made.version);
    }

    async function saved(changed: WebhookEndpoint): Promise<WebhookEndpoint> {
      (await run(({ endpoints }) => endpoints.save(changed)))._unsafeUnwrap();
      return WebhookEndpoint.restore(changed.state, changed.version);
    }

    async function given(wishes: Partial<NewWebhookDelivery> = {}): Promise<NewWebhookDelivery> {
      const message = aWebhookDelivery(endpoint.state.id, wishes);
      await add([message]);
      return message;
    }

    async function add(messages: readonly NewWebhookDelivery[]): Promise<void> {
      (await run(({ deliveries }) => deliveries.add(messages)))._unsafeUnwrap();
    }

    function claim(now: number, wishes: Partial<WebhookClaim> = {}) {
      return shop().webhookDeliveryQueue.claim({
        limit: 100,
        atMostForEach: 100,
        exceptEndpoints: others,
        now: at(now),
        leaseEnds: at(now + LEASE),
        ...wishes,
      });
    }

    async function settle(
      id: WebhookDeliveryId,
      attempts: number,
      attempt: WebhookAttempt,
      fate: WebhookDeliveryFate,
    ): Promise<boolean> {
      const run = shop().notifications.run(SHOP, ({ deliveries }) =>
        deliveries.settle({ id, attempts }, attempt, fate),
      );
      return (await run)._unsafeUnwrap();
    }

    function replay(
      id: WebhookDeliveryId,
      now: number,
      endpointId: WebhookEndpointId = endpoint.state.id,
    ) {
      return run(({ deliveries }) => deliveries.replay(endpointId, id, at(now)));
    }

    function page(
      after: WebhookDeliveryPlace | null,
      pageSize: number,
      wishes: Partial<WebhookDeliveryFilter> = {},
    ) {
      const filter = { endpointId: endpoint.state.id, status: null, eventType: null, ...wishes };
      return shop().webhookDeliveryQueries.list(filter, { after, pageSize });
    }

    async function log(wishes: Partial<WebhookDeliveryFilter> = {}) {
      return (await page(null, 100, wishes)).items;
    }

    function run<T, E>(work: (tx: NotificationsTx) => ResultAsync<T, E>) {
      return shop().notifications.run(SHOP, work);
    }
  });
}
