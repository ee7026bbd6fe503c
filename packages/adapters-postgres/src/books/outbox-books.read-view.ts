import { invariant } from './invariant.ts';

/** Every event is with those who listen, or on its way. Those that all have had are forgotten after a month. */
export const OUTBOX_INVARIANTS = [
  invariant(
    'order_was_told_of_once',
    (sql) => sql`
      select orders.number as subject, '1 event' as expected, count(event.id) || ' events' as found
      from ordering.orders orders
      left join core.outbox event
        on event.aggregate_id = orders.id and event.type = 'ordering.order_placed'
      where orders.placed_at > now() - interval '29 days'
      group by orders.id
      having count(event.id) <> 1
    `,
  ),
  invariant(
    'event_tells_of_what_stands',
    (sql) => sql`
      select event.id::text as subject, 'at most version ' || told.version as expected,
        event.aggregate_version::text as found
      from core.outbox event
      join (
        select id, version from ordering.orders
        union all
        select id, version from payments.payments
      ) told on told.id = event.aggregate_id
      where event.aggregate_version > told.version
    `,
  ),
  invariant(
    'event_is_shared_out_in_time',
    (sql) => sql`
      select
        id::text as subject, 'before those of an hour later' as expected,
        type || ' of ' || occurred_at as found
      from core.outbox
      where shared_out_at is null
        and occurred_at < (select max(shared_out_at) - interval '1 hour' from core.outbox)
    `,
  ),
  // Who listens to a type is seen from who was told of an event before and after.
  invariant(
    'event_reaches_everybody_who_listens',
    (sql) => sql`
      select event.id::text as subject, 'for ' || listener.consumer as expected, 'no delivery' as found
      from (
        select
          told.event_type, told.consumer,
          min(event.shared_out_at) as since, max(event.shared_out_at) as until
        from core.deliveries told
        join core.outbox event on event.id = told.event_id
        group by told.event_type, told.consumer
      ) listener
      join core.outbox event
        on event.type = listener.event_type
        and event.shared_out_at > listener.since and event.shared_out_at < listener.until
      where not exists (
        select from core.deliveries
        where event_id = event.id and consumer = listener.consumer
      )
    `,
  ),
  invariant(
    'event_is_handled_or_on_its_way',
    (sql) => sql`
      select
        event_id || ' for ' || consumer as subject, 'handled, or due within a day' as expected,
        coalesce('in quarantine: ' || last_error, 'due ' || due_at) as found
      from core.deliveries
      where handled_at is null
        and (quarantined_at is not null or due_at > now() + interval '1 day')
    `,
  ),
];
