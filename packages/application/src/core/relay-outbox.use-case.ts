import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type { DomainEvent, Instant } from '@kastoma/domain/core';

import { systemContext } from './call-context.ts';
import type { Clock } from './clock.port.ts';
import type { DeliveryOutcome } from './delivery.ts';
import type { Jitter } from './jitter.port.ts';
import type { Audience, ClaimedDelivery, OutboxDeliveries } from './outbox-deliveries.port.ts';
import type { Pause } from './pause.port.ts';
import {
  TOOK_TOO_LONG,
  type NotHandled,
  type Subscription,
  type Subscriptions,
} from './subscriber.ts';

export type RelayPolicy = {
  /** A delivery that was not handled in so many attempts goes into quarantine. */
  readonly mostAttempts: number;
  /** Whoever takes longer has failed: it is tried again, and others are served meanwhile. */
  readonly longestAttemptSeconds: number;
  /** Longer than any attempt, and the note of how it went: what is not noted by then is tried again. */
  readonly leaseSeconds: number;
  /** After the first failure; doubled after each further one. */
  readonly firstPauseSeconds: number;
  readonly longestPauseSeconds: number;
};

/** Fifteen attempts within some three hours. */
export const RELAY_POLICY: RelayPolicy = {
  mostAttempts: 15,
  longestAttemptSeconds: 60,
  leaseSeconds: 120,
  firstPauseSeconds: 1,
  longestPauseSeconds: 3_600,
};

const EVENTS_SHARED_OUT_AT_ONCE = 500;

/** How a delivery went, for the log. `error` is an exception: a defect, or something that is gone. */
export type DeliveryReport = ClaimedDelivery & {
  readonly outcome: DeliveryOutcome | 'failed' | 'quarantined';
  readonly code?: string;
  readonly error?: unknown;
};

export type RelayStanding = {
  /** How long ago the oldest event happened that somebody still waits for; 0 when nobody does. */
  readonly lagSeconds: number;
  readonly quarantined: number;
};

type Failure = NotHandled & { readonly error?: unknown };

type Dependencies = {
  readonly deliveries: OutboxDeliveries;
  readonly subscriptions: Subscriptions;
  readonly clock: Clock;
  readonly jitter: Jitter;
  readonly pause: Pause;
  readonly policy: RelayPolicy;
};

/** Brings events to those who listen. Any number of relays may do so at once, and each may die at any point. */
export class RelayOutbox {
  readonly #dependencies: Dependencies;
  readonly #known: readonly string[];
  readonly #audience: Audience;
  readonly #subscriptions: ReadonlyMap<string, Subscription<DomainEvent>>;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
    this.#known = Object.keys(dependencies.subscriptions);
    // Each list is of those who take the events of its type; which they get is what the names say.
    const lists = Object.entries(dependencies.subscriptions) as unknown as readonly [
      string,
      readonly Subscription<DomainEvent>[],
    ][];
    const all = lists.flatMap(([type, list]) => list.map((one) => ({ type, one })));
    this.#audience = all.map(({ type, one }) => ({ type, consumer: one.consumer }));
    this.#subscriptions = new Map(all.map(({ type, one }) => [nameOf(type, one.consumer), one]));
  }

  /** How far behind it is, and how many deliveries were given up. */
  async standing(): Promise<RelayStanding> {
    const { deliveries, clock } = this.#dependencies;
    const { oldestPendingAt, quarantined } = await deliveries.state(this.#audience);
    const lag = oldestPendingAt === null ? 0 : clock.now() - oldestPendingAt;
    return { lagSeconds: Math.max(0, lag / 1_000), quarantined };
  }

  /** Takes at most `limit` deliveries that are due. Each must be delivered before its lease ends. */
  async claim(limit: number): Promise<readonly ClaimedDelivery[]> {
    const { deliveries, clock, policy } = this.#dependencies;
    const now = clock.now();
    await this.#shareOutAll(now);
    return deliveries.claim(this.#audience, limit, now, after(now, policy.leaseSeconds));
  }

  /** Has the consumer do its part, and notes how that went. Rejects when it cannot be noted; the lease then ends by itself. */
  async deliver(delivery: ClaimedDelivery): Promise<DeliveryReport> {
    // It was begun often enough, and no relay has lived to tell.
    if (delivery.attempts > this.#dependencies.policy.mostAttempts)
      return this.#giveUp(delivery, { code: 'core.delivery_never_ended' });
    const outcome = await this.#attempt(delivery);
    return outcome.match(
      async (done) => ({ ...delivery, outcome: done }),
      async (failure) => this.#noteFailure(delivery, failure),
    );
  }

  /** All of them: what is not shared out has what comes after it wait. */
  async #shareOutAll(now: Instant): Promise<void> {
    const { deliveries } = this.#dependencies;
    const limit = EVENTS_SHARED_OUT_AT_ONCE;
    let taken = limit;
    while (taken === limit)
      taken = await deliveries.shareOut(this.#known, this.#audience, limit, now);
  }

  /**
   * What hangs in a transaction is ended by the database, which has limits of its own. An
   * errand that is done in the end after all is noted all the same.
   */
  async #attempt(delivery: ClaimedDelivery): Promise<Result<DeliveryOutcome, Failure>> {
    const { pause, policy } = this.#dependencies;
    const [ended, outOfTime] = [new AbortController(), new AbortController()];
    const handed = ResultAsync.fromPromise(
      this.#hand(delivery, outOfTime.signal),
      describeDefect,
    ).andThen((outcome) => outcome);
    const limit = pause.for(policy.longestAttemptSeconds * 1_000, ended.signal);
    const outcome = await Promise.race([handed, limit.then(() => err(TOOK_TOO_LONG))]);
    if (outcome.isErr()) outOfTime.abort();
    ended.abort();
    return outcome;
  }

  async #hand(
    delivery: ClaimedDelivery,
    signal: AbortSignal,
  ): Promise<Result<DeliveryOutcome, NotHandled>> {
    const { event, eventId, consumer, correlationId } = delivery;
    const subscription = this.#subscriptions.get(nameOf(event.type, consumer));
    if (subscription === undefined) return ok('not_due');
    const context = systemContext(correlationId);
    if (subscription.kind === 'in_transaction')
      return subscription.receive(event, context, eventId);
    const handled = await subscription.handle(event, context, eventId, signal);
    if (handled.isOk()) {
      const { deliveries, clock } = this.#dependencies;
      await deliveries.noteHandled(delivery, clock.now());
    }
    return handled.map(() => 'handled');
  }

  async #noteFailure(delivery: ClaimedDelivery, failure: Failure): Promise<DeliveryReport> {
    const { deliveries, clock, jitter, policy } = this.#dependencies;
    if (delivery.attempts >= policy.mostAttempts) return this.#giveUp(delivery, failure);
    const { firstPauseSeconds, longestPauseSeconds } = policy;
    const doubled = firstPauseSeconds * 2 ** (delivery.attempts - 1);
    const pause = jitter.spread(Math.min(doubled, longestPauseSeconds));
    await deliveries.noteFailed(delivery, stored(failure), after(clock.now(), pause));
    return { ...delivery, ...failure, outcome: 'failed' };
  }

  async #giveUp(delivery: ClaimedDelivery, failure: Failure): Promise<DeliveryReport> {
    const { deliveries, clock } = this.#dependencies;
    const isNoted = await deliveries.quarantine(delivery, stored(failure), clock.now());
    return { ...delivery, ...failure, outcome: isNoted ? 'quarantined' : 'failed' };
  }
}

/** As much of a code as is stored; a code is shorter. */
function stored({ code }: Failure): string {
  return code.slice(0, 200);
}

function nameOf(type: string, consumer: string): string {
  return `${type} ${consumer}`;
}

function after(now: Instant, seconds: number): Instant {
  return (now + Math.ceil(seconds * 1_000)) as Instant;
}

const SPEAKING = /^\w{1,60}$/;

/** Of an exception only its kind is stored: its words may be about somebody. */
function describeDefect(error: unknown): Failure {
  const kinds = error instanceof Error ? [error.name, codeOf(error)] : [];
  const told = kinds.filter((kind): kind is string => kind !== undefined && SPEAKING.test(kind));
  return { code: ['defect', ...told].join('.'), error };
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
