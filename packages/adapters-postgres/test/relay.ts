import { setTimeout as pause } from 'node:timers/promises';

import { err, ok } from 'neverthrow';

import {
  asErrand,
  inTransaction,
  RelayOutbox,
  type EventOf,
  type RelayPolicy,
} from '@kastoma/application/core';
import { HeldPause, SteadyJitter, subscriptionsOf } from '@kastoma/application/testing';
import type { Instant } from '@kastoma/domain/core';

import { openDatabase, type Database, type Queryable } from '../src/core/database.ts';
import { PostgresOutboxDeliveries } from '../src/core/outbox.postgres-deliveries.ts';
import { PostgresUnitOfWork } from '../src/core/unit-of-work.ts';

const CREATED = 'pricing.promotion_created';
export const CONSUMERS = ['test.first', 'test.second'] as const;
const ERRAND = 'test.errand';

type Told = EventOf<typeof CREATED>;

/** What a subscriber does before it writes its effect, and after. */
export type Mishaps = {
  readonly before?: (told: Told) => Promise<'goes on' | 'is refused'>;
  readonly after?: (told: Told) => Promise<void>;
};

/** Quick enough for a test: everything is tried again within a second. */
const QUICK: RelayPolicy = {
  mostAttempts: 1_000,
  longestAttemptSeconds: 60,
  leaseSeconds: 0.4,
  firstPauseSeconds: 0.01,
  longestPauseSeconds: 0.05,
};

const clock = { now: () => Date.now() as Instant };

/** Nothing but the relay keeps an effect from being written twice: the table has no key. */
export async function prepareEffects(database: Database): Promise<void> {
  await database`
    create table effects (
      number bigserial, consumer text, aggregate_id uuid, aggregate_version integer
    )
  `;
}

/** Tells `versions` events of each of so many aggregates. */
export async function tell(
  database: Queryable,
  aggregates: number,
  versions: number,
): Promise<void> {
  await database`
    insert into core.outbox (
      id, type, schema_version, aggregate_id, aggregate_version, occurred_at, correlation_id,
      actor, payload
    )
    select gen_random_uuid(), ${CREATED}, 1, aggregate, version, now(), 'test', 'system', '{}'
    from (select gen_random_uuid() as aggregate from generate_series(1, ${aggregates})) them
    cross join generate_series(1, ${versions}) as version
  `;
}

export type TestRelay = {
  readonly relay: RelayOutbox;
  /** Delivers until nothing is pending. */
  readonly run: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** A relay with connections of its own, as every process has one. */
export function openRelay(url: string, mishaps: Mishaps, withErrand = false): TestRelay {
  const database = openDatabase({ url, poolSize: 12, applicationName: 'kastoma-test' });
  const deliveries = new PostgresOutboxDeliveries(database);
  const inbox = new PostgresUnitOfWork(database, clock, ({ sql }) => ({ sql }));
  const subscribers = CONSUMERS.map((consumer) =>
    inTransaction(
      {
        consumer,
        handle: async (told: Told, { sql }: { sql: Queryable }) => {
          if ((await mishaps.before?.(told)) === 'is refused') return err({ code: 'test.refused' });
          await keepEffect(sql, consumer, told);
          await mishaps.after?.(told);
          return ok();
        },
      },
      inbox,
    ),
  );
  const errand = asErrand({
    consumer: ERRAND,
    handle: async (told: Told) => {
      await keepEffect(database, ERRAND, told);
      await mishaps.after?.(told);
      return ok();
    },
  });
  const relay = new RelayOutbox({
    deliveries,
    subscriptions: subscriptionsOf({ [CREATED]: withErrand ? [errand] : subscribers }),
    clock,
    jitter: new SteadyJitter(),
    pause: new HeldPause(),
    policy: QUICK,
  });
  return {
    relay,
    run: async () => {
      for (;;) {
        const claimed = await relay.claim(20);
        await Promise.all(claimed.map((delivery) => relay.deliver(delivery)));
        if (claimed.length > 0) continue;
        const [left] = await database`
          select where exists (select from core.outbox where shared_out_at is null)
            or exists (select from core.deliveries where handled_at is null)
        `;
        if (left === undefined) return;
        await pause(10);
      }
    },
    close: () => database.end({ timeout: 5 }),
  };
}

async function keepEffect(sql: Queryable, consumer: string, told: Told): Promise<void> {
  await sql`
    insert into effects (consumer, aggregate_id, aggregate_version)
    values (${consumer}, ${told.aggregateId}, ${told.aggregateVersion})
  `;
}
