import { err, ok, Result } from 'neverthrow';

import type { Instant } from '../core/instant.value.ts';
import { parseText, type InvalidText } from '../core/text.value.ts';
import type { EventTypesRequired } from './notifications.errors.ts';
import { PUBLIC_EVENT_TYPES, type PublicEventType } from './public-event-type.value.ts';
import type { NotificationsEvent, WebhookEndpointField } from './webhook-endpoint.events.ts';
import type {
  DisablingReason,
  SealedWebhookSecret,
  WebhookEndpointState,
  WebhookUrl,
} from './webhook-endpoint.state.ts';

const LONGEST_DESCRIPTION = 200;

export type CreateWebhookEndpointInput = Pick<
  WebhookEndpointState,
  'id' | 'url' | 'description' | 'eventTypes' | 'secret' | 'createdBy'
> & { readonly at: Instant };

/** What is undefined stays. */
export type WebhookEndpointChanges = {
  readonly url?: WebhookUrl | undefined;
  readonly description?: string | undefined;
  /** Null for all. */
  readonly eventTypes?: readonly PublicEventType[] | null | undefined;
  readonly active?: boolean | undefined;
};

type Numbers = 'aggregateId' | 'aggregateVersion' | 'schemaVersion';
/** The aggregate says itself which version of it an event tells of. */
type UnnumberedEvent = NotificationsEvent extends infer Event
  ? Event extends NotificationsEvent
    ? Omit<Event, Numbers>
    : never
  : never;

/** Where a program of the merchant hears of what happens in the shop. */
export class WebhookEndpoint {
  readonly state: WebhookEndpointState;
  readonly version: number;
  /** One for each version that was not saved yet. */
  readonly pending: readonly NotificationsEvent[];

  private constructor(
    state: WebhookEndpointState,
    version: number,
    pending: readonly NotificationsEvent[],
  ) {
    this.state = Object.freeze(state);
    this.version = version;
    this.pending = pending;
    Object.freeze(this);
  }

  static create({
    at,
    ...input
  }: CreateWebhookEndpointInput): Result<WebhookEndpoint, InvalidText | EventTypesRequired> {
    return Result.combine([
      parseDescription(input.description),
      parseEventTypes(input.eventTypes),
    ]).map(([description, eventTypes]) => {
      const state: WebhookEndpointState = {
        ...input,
        description,
        eventTypes,
        active: true,
        disabledBecause: null,
        previousSecret: null,
        createdAt: at,
        deletedAt: null,
      };
      const { id: endpointId, createdBy: userId } = state;
      return new WebhookEndpoint(state, 0, []).#next(state, {
        type: 'notifications.webhook_endpoint_created',
        occurredAt: at,
        payload: { endpointId, userId, eventTypes },
      });
    });
  }

  /** For persistence only. */
  static restore(state: WebhookEndpointState, version: number): WebhookEndpoint {
    return new WebhookEndpoint(state, version, []);
  }

  /** Switched on again, it is nothing that the shop has switched off. */
  change(
    changes: WebhookEndpointChanges,
    at: Instant,
  ): Result<WebhookEndpoint, InvalidText | EventTypesRequired> {
    const { state } = this;
    return Result.combine([
      parseDescription(changes.description ?? state.description),
      parseEventTypes(changes.eventTypes === undefined ? state.eventTypes : changes.eventTypes),
    ]).map(([description, eventTypes]) => {
      const url = changes.url ?? state.url;
      const active = changes.active ?? state.active;
      const wishes = { url, description, eventTypes, active };
      const fields = (Object.keys(wishes) as WebhookEndpointField[]).filter(
        (field) => JSON.stringify(wishes[field]) !== JSON.stringify(state[field]),
      );
      if (fields.length === 0) return this;
      const disabledBecause = active ? null : state.disabledBecause;
      return this.#next(
        { ...state, ...wishes, disabledBecause },
        {
          type: 'notifications.webhook_endpoint_changed',
          occurredAt: at,
          payload: { endpointId: state.id, active, fields },
        },
      );
    });
  }

  /** The present secret goes on signing beside the new one until then; at once over, where that is not later than now. */
  rotateSecret(secret: SealedWebhookSecret, until: Instant, at: Instant): WebhookEndpoint {
    const previousSecret = until > at ? { secret: this.state.secret, until } : null;
    return this.#next(
      { ...this.state, secret, previousSecret },
      {
        type: 'notifications.webhook_secret_rotated',
        occurredAt: at,
        payload: { endpointId: this.state.id },
      },
    );
  }

  /** The shop stops calling it; one that is switched off stays as it is. */
  disable(reason: DisablingReason, at: Instant): WebhookEndpoint {
    const { state } = this;
    if (!state.active) return this;
    const { id: endpointId, createdBy: userId } = state;
    return this.#next(
      { ...state, active: false, disabledBecause: reason },
      {
        type: 'notifications.webhook_endpoint_disabled',
        occurredAt: at,
        payload: { endpointId, userId, reason },
      },
    );
  }

  delete(at: Instant): WebhookEndpoint {
    return this.#next(
      { ...this.state, active: false, previousSecret: null, deletedAt: at },
      {
        type: 'notifications.webhook_endpoint_deleted',
        occurredAt: at,
        payload: { endpointId: this.state.id },
      },
    );
  }

  #next(state: WebhookEndpointState, event: UnnumberedEvent): WebhookEndpoint {
    const version = this.version + 1;
    const numbered = {
      ...event,
      schemaVersion: 1,
      aggregateId: state.id,
      aggregateVersion: version,
    };
    return new WebhookEndpoint(state, version, [...this.pending, numbered]);
  }
}

/** The secrets that a message of that moment is signed with, the present one first. */
export function signingSecrets(
  { secret, previousSecret }: Pick<WebhookEndpointState, 'secret' | 'previousSecret'>,
  at: Instant,
): readonly SealedWebhookSecret[] {
  return previousSecret !== null && at < previousSecret.until
    ? [secret, previousSecret.secret]
    : [secret];
}

function parseDescription(text: string): Result<string, InvalidText> {
  return parseText(text, {
    path: ['description'],
    maximumLength: LONGEST_DESCRIPTION,
    mayBeEmpty: true,
  });
}

function parseEventTypes(
  types: readonly PublicEventType[] | null,
): Result<readonly PublicEventType[] | null, EventTypesRequired> {
  if (types === null) return ok(null);
  const listed = PUBLIC_EVENT_TYPES.filter((type) => types.includes(type));
  return listed.length === 0
    ? err({ code: 'notifications.event_types_required', path: ['eventTypes'] })
    : ok(listed);
}
