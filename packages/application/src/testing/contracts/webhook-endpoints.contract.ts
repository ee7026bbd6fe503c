import { err, ok, type ResultAsync } from 'neverthrow';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Instant, UserId, WebhookEndpointId } from '@kastoma/domain/core';
import {
  WebhookEndpoint,
  type CreateWebhookEndpointInput,
  type SealedWebhookSecret,
  type WebhookUrl,
} from '@kastoma/domain/notifications';

import type { NotificationsTx } from '../../notifications/notifications.unit-of-work.ts';
import { viewWebhookEndpoint } from '../../notifications/webhook-endpoint-queries.port.ts';
import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { aWebhookEndpoint } from '../builders/webhook-endpoint.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const NOT_FOUND = err({ code: 'notifications.webhook_endpoint_not_found' });
const HOUR = 3_600_000;

export function webhookEndpointsContract(open: OpenShop): void {
  describe('the endpoints of merchants', () => {
    const shop = shopOfSuite(open);
    let createdBy: UserId;
    const at = (milliseconds: number) => (BUILT_AT + milliseconds) as Instant;

    beforeAll(async () => {
      createdBy = await givenCustomer(shop());
    });

    it('are found with all that was stored', async () => {
      const endpoint = await given({
        url: 'https://erp.example.com/hooks?of=shöp' as WebhookUrl,
        eventTypes: ['order.placed', 'payment.captured'],
        description: 'Täglicher Abgleich',
      });
      const found = (
        await run(({ endpoints }) => endpoints.find(endpoint.state.id))
      )._unsafeUnwrap();
      expect([found.state, found.version]).toEqual([endpoint.state, 1]);
      expect(await shop().webhookEndpointQueries.find(endpoint.state.id)).toEqual(
        ok(viewWebhookEndpoint(endpoint, null)),
      );
    });

    it('that are not there are not found', async () => {
      const nobody = builderIds.next<WebhookEndpointId>();
      expect(await run(({ endpoints }) => endpoints.find(nobody))).toEqual(NOT_FOUND);
      expect(await shop().webhookEndpointQueries.find(nobody)).toEqual(NOT_FOUND);
    });

    it('change, and say so in the same breath', async () => {
      const endpoint = await given();
      const secret = 'a second one' as SealedWebhookSecret;
      const changed = endpoint
        .change({ eventTypes: ['order.cancelled'] }, at(1))
        ._unsafeUnwrap()
        .rotateSecret(secret, at(HOUR), at(2))
        .disable('failing', at(3));
      await save(changed);
      const found = (
        await run(({ endpoints }) => endpoints.find(endpoint.state.id))
      )._unsafeUnwrap();
      expect([found.state, found.version]).toEqual([changed.state, 4]);
      const view = (await shop().webhookEndpointQueries.find(endpoint.state.id))._unsafeUnwrap();
      expect(view).toMatchObject({ previousSecretUntil: at(HOUR), disabledBecause: 'failing' });
      expect(JSON.stringify(view)).not.toContain('a second one');
      const told = await shop().eventsOf(endpoint.state.id);
      expect(told.map(({ type }) => type.replace('notifications.webhook_', ''))).toEqual([
        'endpoint_created',
        'endpoint_changed',
        'secret_rotated',
        'endpoint_disabled',
      ]);
    });

    it('are changed by one of those who saw the same version', async () => {
      const endpoint = await given();
      const runs = await times(5, () =>
        run(({ endpoints }) => endpoints.save(endpoint.disable('gone', at(5)))),
      );
      expect(runs.filter((outcome) => outcome.isOk())).toHaveLength(1);
      expect(runs.filter((outcome) => outcome.isErr())).toEqual(
        Array.from({ length: 4 }, () => err({ code: 'core.concurrent_update' })),
      );
      expect(await shop().eventsOf(endpoint.state.id)).toHaveLength(2);
    });

    it('are not there when the work failed', async () => {
      const endpoint = aWebhookEndpoint(createdBy);
      const failed = await run(({ endpoints }) =>
        endpoints.add(endpoint).andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(failed).toEqual(err({ code: 'test.refused' }));
      expect(await shop().webhookEndpointQueries.find(endpoint.state.id)).toEqual(NOT_FOUND);
      expect(await shop().eventsOf(endpoint.state.id)).toEqual([]);
    });

    it('are gone once they are deleted', async () => {
      const endpoint = await given();
      await save(endpoint.delete(at(1)));
      const { id } = endpoint.state;
      expect(await run(({ endpoints }) => endpoints.find(id))).toEqual(NOT_FOUND);
      expect(await shop().webhookEndpointQueries.find(id)).toEqual(NOT_FOUND);
      const { items } = await shop().webhookEndpointQueries.list({ page: 1, pageSize: 100 });
      expect(items.map((view) => view.id)).not.toContain(id);
      expect(await subscribedTo('order.placed')).not.toContain(id);
    });

    it('are told of what they want, as long as they are active', async () => {
      const [all, placed, cancelled, off] = [
        await given(),
        await given({ eventTypes: ['order.placed', 'order.delivered'] }),
        await given({ eventTypes: ['order.cancelled'] }),
        await given(),
      ];
      await save(off.disable('gone', at(1)));
      const listening = await subscribedTo('order.placed');
      expect(listening).toEqual(expect.arrayContaining([all.state.id, placed.state.id]));
      expect(listening).not.toContain(cancelled.state.id);
      expect(listening).not.toContain(off.state.id);
    });

    it('say since when nothing has come through, whatever their version', async () => {
      const { id } = (await given()).state;
      const note = async (cameThrough: boolean, when: number) =>
        (
          await run(({ endpoints }) => endpoints.noteAttempt(id, cameThrough, at(when)))
        )._unsafeUnwrap();
      const shown = async () => (await shop().webhookEndpointQueries.find(id))._unsafeUnwrap();
      expect(await note(true, 1)).toBeNull();
      expect(await note(false, 2)).toBe(at(2));
      expect(await note(false, 3)).toBe(at(2));
      expect(await shown()).toMatchObject({ failingSince: at(2), version: 1 });
      expect(await note(true, 4)).toBeNull();
      expect(await shown()).toMatchObject({ failingSince: null, version: 1 });
    });

    it('are listed, the latest first, and leafed through', async () => {
      const DAY = 24 * HOUR;
      const [oldest, latest, middle] = [
        await given({ at: at(10 * DAY) }),
        await given({ at: at(30 * DAY) }),
        await given({ at: at(20 * DAY) }),
      ];
      const list = (page: number) => shop().webhookEndpointQueries.list({ page, pageSize: 2 });
      const first = await list(1);
      expect(first.items.map(({ id }) => id)).toEqual([latest.state.id, middle.state.id]);
      expect((await list(2)).items[0]).toEqual(viewWebhookEndpoint(oldest, null));
      expect(first.count).toBeGreaterThan(2);
      expect(JSON.stringify(first)).not.toContain('whsec');
    });

    async function given(
      wishes: Partial<CreateWebhookEndpointInput> = {},
    ): Promise<WebhookEndpoint> {
      const endpoint = aWebhookEndpoint(createdBy, wishes);
      (await run(({ endpoints }) => endpoints.add(endpoint)))._unsafeUnwrap();
      return WebhookEndpoint.restore(endpoint.state, endpoint.version);
    }

    async function save(endpoint: WebhookEndpoint): Promise<void> {
      (await run(({ endpoints }) => endpoints.save(endpoint)))._unsafeUnwrap();
    }

    async function subscribedTo(type: string) {
      return (await run(({ endpoints }) => endpoints.subscribedTo(type)))._unsafeUnwrap();
    }

    function run<T, E>(work: (tx: NotificationsTx) => ResultAsync<T, E>) {
      return shop().notifications.run(SHOP, work);
    }
  });
}
