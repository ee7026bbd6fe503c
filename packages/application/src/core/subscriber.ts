import type { Result, ResultAsync } from 'neverthrow';

import type { DomainEvent } from '@kastoma/domain/core';

import type { EventOf, EventType } from './acl/shop-event.ts';
import type { CallContext } from './call-context.ts';
import type { DeliveryOutcome } from './delivery.ts';
import type { Inbox } from './inbox.port.ts';

/** Why something was not done, as a code alone: it is stored, so it tells nothing of anybody. */
export type NotHandled = { readonly code: string };

/** Why an attempt counts as failed that did not end in time. */
export const TOOK_TOO_LONG: NotHandled = { code: 'core.delivery_took_too_long' };

type Handling = ResultAsync<unknown, NotHandled> | Promise<Result<unknown, NotHandled>>;

/**
 * What a context does in its own tables when something has happened. It gets
 * each event exactly once: the note of that is committed with what it did. An
 * `err` or an exception leaves neither, and the event comes again later.
 */
export interface Subscriber<Event extends DomainEvent, Tx> {
  /** Stored with every delivery, so it stays as it is: `<context>.<what it does>`. */
  readonly consumer: string;
  /** Nothing but `tx` and pure code, like all work of a unit of work; `context` is the shop's own, with the correlation id of the event. */
  readonly handle: (event: Event, tx: Tx, context: CallContext, eventId: string) => Handling;
}

/**
 * What the shop does outside its database when something has happened: a mail, a
 * call. It gets each event at least once: after a crash between the errand and
 * its note it comes again, under the same event id.
 */
export interface Errand<Event extends DomainEvent> {
  /** Stored with every delivery, so it stays as it is: `<context>.<what it does>`. */
  readonly consumer: string;
  /**
   * Runs in no transaction; it may run units of work of its own. The event id is the same each
   * time. The signal is aborted when it has taken too long: what it does from then on is too late.
   */
  readonly handle: (
    event: Event,
    context: CallContext,
    eventId: string,
    signal: AbortSignal,
  ) => Handling;
}

/** A subscriber with what it runs on, as the relay knows it. */
export type Subscription<Event extends DomainEvent> =
  | {
      readonly kind: 'in_transaction';
      readonly consumer: string;
      readonly receive: (
        event: Event,
        context: CallContext,
        eventId: string,
      ) => ResultAsync<DeliveryOutcome, NotHandled>;
    }
  | ({ readonly kind: 'errand' } & Errand<Event>);

/** Who is told of what. A type of event that is missing here does not compile; an empty list says that nobody listens. */
export type Subscriptions = {
  readonly [Type in EventType]: readonly Subscription<EventOf<Type>>[];
};

/** Runs the subscriber in a transaction of its context. */
export function inTransaction<Event extends DomainEvent, Tx>(
  subscriber: Subscriber<Event, Tx>,
  inbox: Inbox<Tx>,
): Subscription<Event> {
  const { consumer } = subscriber;
  return {
    kind: 'in_transaction',
    consumer,
    receive: (event, context, eventId) =>
      inbox.receive({ eventId, consumer }, context, async (tx) =>
        subscriber.handle(event, tx, context, eventId),
      ),
  };
}

/** Runs it outside of any transaction. */
export function asErrand<Event extends DomainEvent>(errand: Errand<Event>): Subscription<Event> {
  return {
    kind: 'errand',
    consumer: errand.consumer,
    handle: async (event, context, eventId, signal) =>
      errand.handle(event, context, eventId, signal),
  };
}
