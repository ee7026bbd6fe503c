import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { UserId, WebhookEndpointId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import {
  signingSecrets,
  WebhookEndpoint,
  type CreateWebhookEndpointInput,
} from './webhook-endpoint.aggregate.ts';
import type { SealedWebhookSecret, WebhookUrl } from './webhook-endpoint.state.ts';
import { MOST_WEBHOOK_ATTEMPTS, pauseAfter, WEBHOOK_PAUSES } from './webhook-schedule.ts';

const at = (time: number) => time as Instant;
const secret = (text: string) => text as SealedWebhookSecret;
const url = (text: string) => text as WebhookUrl;

function given(wishes: Partial<CreateWebhookEndpointInput> = {}) {
  return WebhookEndpoint.create({
    id: 'endpoint' as WebhookEndpointId,
    url: url('https://erp.example.com/hooks'),
    description: 'The warehouse',
    eventTypes: null,
    secret: secret('first'),
    createdBy: 'somebody' as UserId,
    at: at(1),
    ...wishes,
  });
}

const made = (wishes: Partial<CreateWebhookEndpointInput> = {}) => given(wishes)._unsafeUnwrap();
const known = (endpoint: WebhookEndpoint) =>
  WebhookEndpoint.restore(endpoint.state, endpoint.version);

describe('an endpoint', () => {
  it('is active from the first, and tells who made it but neither its address nor its secret', () => {
    const endpoint = made({ eventTypes: ['order.placed'] });
    expect(endpoint.state).toMatchObject({ active: true, disabledBecause: null, createdAt: 1 });
    expect(endpoint.version).toBe(1);
    expect(endpoint.pending).toMatchObject([
      {
        type: 'notifications.webhook_endpoint_created',
        aggregateId: 'endpoint',
        aggregateVersion: 1,
        payload: { endpointId: 'endpoint', userId: 'somebody', eventTypes: ['order.placed'] },
      },
    ]);
    expect(JSON.stringify(endpoint.pending)).not.toMatch(/erp|first|warehouse/);
  });

  it('is told of each type once, in their own order, and of one at least', () => {
    const types = ['payment.captured', 'order.placed', 'payment.captured'] as const;
    expect(made({ eventTypes: types }).state.eventTypes).toEqual([
      'order.placed',
      'payment.captured',
    ]);
    expect(given({ eventTypes: [] })).toEqual(
      err({ code: 'notifications.event_types_required', path: ['eventTypes'] }),
    );
  });

  it('needs no description, and has none that goes on for pages', () => {
    expect(made({ description: '  ' }).state.description).toBe('');
    expect(given({ description: 'x'.repeat(201) })._unsafeUnwrapErr()).toMatchObject({
      code: 'core.invalid_text',
      path: ['description'],
    });
  });

  it('tells which of its fields are new, and nothing where none is', () => {
    const endpoint = known(made());
    const same = { url: endpoint.state.url, description: 'The warehouse', active: true };
    expect(endpoint.change({ ...same, eventTypes: null }, at(2))._unsafeUnwrap()).toBe(endpoint);
    const changed = endpoint
      .change({ url: url('https://other.example'), eventTypes: ['order.placed'] }, at(2))
      ._unsafeUnwrap();
    expect(changed.pending).toMatchObject([
      { payload: { active: true, fields: ['url', 'eventTypes'] }, occurredAt: 2 },
    ]);
    expect(changed.version).toBe(2);
    expect(endpoint.change({ eventTypes: [] }, at(2)).isErr()).toBe(true);
    expect(changed.change({ eventTypes: null }, at(3))._unsafeUnwrap().state.eventTypes).toBeNull();
  });

  it('that the shop has switched off is switched on by somebody', () => {
    const disabled = known(made()).disable('failing', at(5));
    expect(disabled.state).toMatchObject({ active: false, disabledBecause: 'failing' });
    expect(disabled.pending).toMatchObject([
      { type: 'notifications.webhook_endpoint_disabled', payload: { userId: 'somebody' } },
    ]);
    expect(disabled.disable('gone', at(6))).toBe(disabled);
    const described = disabled.change({ description: 'Broken' }, at(6))._unsafeUnwrap();
    expect(described.state.disabledBecause).toBe('failing');
    const again = disabled.change({ active: true }, at(7))._unsafeUnwrap();
    expect(again.state).toMatchObject({ active: true, disabledBecause: null });
  });

  it('signs with the old secret beside the new one for a while', () => {
    const rotated = known(made()).rotateSecret(secret('second'), at(100), at(10));
    expect(signingSecrets(rotated.state, at(99))).toEqual(['second', 'first']);
    expect(signingSecrets(rotated.state, at(100))).toEqual(['second']);
    expect(rotated.pending).toMatchObject([{ payload: { endpointId: 'endpoint' } }]);
    const twice = rotated.rotateSecret(secret('third'), at(20), at(20));
    expect(twice.state.previousSecret).toBeNull();
    expect(signingSecrets(twice.state, at(20))).toEqual(['third']);
  });

  it('that is deleted is not called any more', () => {
    const deleted = known(made()).delete(at(9));
    expect(deleted.state).toMatchObject({ active: false, deletedAt: 9 });
    expect(deleted.pending).toMatchObject([{ type: 'notifications.webhook_endpoint_deleted' }]);
  });
});

describe('the pauses between attempts', () => {
  it('grow, end, and take three days in all', () => {
    expect(WEBHOOK_PAUSES).toEqual(WEBHOOK_PAUSES.toSorted((a, b) => a - b));
    expect(pauseAfter(1, null)).toBe(5);
    expect(pauseAfter(MOST_WEBHOOK_ATTEMPTS - 1, null)).toBe(24 * 3_600);
    expect(pauseAfter(MOST_WEBHOOK_ATTEMPTS, null)).toBeNull();
    const all = WEBHOOK_PAUSES.reduce((sum, pause) => sum + pause, 0);
    expect(all / 3_600).toBeCloseTo(75.6, 1);
  });

  it('are longer for whoever wishes so, and never shorter or beyond a day', () => {
    expect(pauseAfter(1, 120)).toBe(120);
    expect(pauseAfter(2, 1)).toBe(300);
    expect(pauseAfter(1, 1e9)).toBe(24 * 3_600);
  });
});
