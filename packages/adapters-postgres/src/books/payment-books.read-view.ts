import { invariant } from './invariant.ts';

/** The money of orders: what was promised, came in and went back, and where it has to go. */
export const PAYMENT_INVARIANTS = [
  invariant(
    'captured_was_promised',
    (sql) => sql`
      select id::text as subject, 'at most ' || authorized as expected, captured::text as found
      from payments.payments
      where captured > authorized or authorized < 0
    `,
  ),
  invariant(
    'refunded_came_in',
    (sql) => sql`
      select id::text as subject, 'at most ' || captured as expected, refunded::text as found
      from payments.payments
      where refunded > captured or refunded < 0
    `,
  ),
  // A provider may have moved more by itself; money in hand is what staff said alone.
  invariant(
    'totals_are_what_operations_moved',
    (sql) => sql`
      select
        payment.id::text as subject,
        format('%s captured, %s refunded', moved.captured, moved.refunded) as expected,
        format('%s captured, %s refunded', payment.captured, payment.refunded) as found
      from payments.payments payment
      cross join lateral (
        select
          coalesce(sum(amount) filter (where kind = 'capture'), 0) as captured,
          coalesce(sum(amount) filter (where kind = 'refund'), 0) as refunded
        from payments.operations
        where payment_id = payment.id and outcome = 'succeeded'
      ) moved
      where payment.captured < moved.captured or payment.refunded < moved.refunded
        or payment.method = 'manual'
          and (payment.captured, payment.refunded) is distinct from (moved.captured, moved.refunded)
    `,
  ),
  invariant(
    'operations_ask_for_no_more_than_there_is',
    (sql) => sql`
      select
        payment.id::text as subject,
        format('at most %s captured, %s refunded', payment.amount, payment.captured) as expected,
        format('%s captured, %s refunded, those asked for among them',
          payment.captured + asked.capture, payment.refunded + asked.refund) as found
      from payments.payments payment
      cross join lateral (
        select
          coalesce(sum(amount) filter (where kind = 'capture'), 0) as capture,
          coalesce(sum(amount) filter (where kind = 'refund'), 0) as refund
        from payments.operations
        where payment_id = payment.id and outcome = 'open'
      ) asked
      where payment.captured + asked.capture > payment.amount
        or payment.refunded + asked.refund > payment.captured
    `,
  ),
  invariant(
    'payment_stands_as_its_money_does',
    (sql) => sql`
      select id::text as subject, coalesce(expected, 'as nothing came in') as expected, status as found
      from (
        select
          id, status,
          case
            -- Nothing is owed for what costs nothing.
            when amount = 0 and status = 'paid' then 'paid'
            when captured > 0 and refunded >= captured then 'refunded'
            when captured > 0 and refunded > 0 then 'partially_refunded'
            when captured > 0 then 'paid'
          end as expected
        from payments.payments
      ) read
      where expected <> status
        or (expected is null) <> (status in ('pending', 'authorized', 'failed', 'voided'))
    `,
  ),
  // Order money = captured - refunded + outstanding, so what is outstanding is never less than nothing.
  invariant(
    'order_is_paid_once',
    (sql) => sql`
      select orders.number as subject, 'at most ' || orders.total as expected, sum(payment.captured)::text as found
      from ordering.orders orders
      join payments.payments payment on payment.order_id = orders.id and payment.abandoned_at is null
      group by orders.id
      having sum(payment.captured) > orders.total
    `,
  ),
  invariant(
    'payment_is_of_its_order',
    (sql) => sql`
      select
        payment.id::text as subject,
        format('%s %s', orders.total, orders.currency) as expected,
        format('%s %s', payment.amount, payment.currency) as found
      from payments.payments payment
      left join ordering.orders orders on orders.id = payment.order_id
      where (orders.total, orders.currency) is distinct from (payment.amount, payment.currency)
      union all
      select number, 'a payment', 'none'
      from ordering.orders
      where not exists (select from payments.payments where order_id = orders.id)
    `,
  ),
  invariant(
    'money_of_a_lost_order_goes_back',
    (sql) => sql`
      select
        payment.id::text as subject, 'to be given back, and when' as expected,
        format('%s held, nobody gives it back', payment.captured - payment.refunded) as found
      from payments.payments payment
      where payment.abandoned_at is not null and payment.captured > payment.refunded
        and payment.give_back_at is null
        and not exists (
          select from payments.operations
          where payment_id = payment.id and kind = 'refund' and outcome = 'open'
        )
    `,
  ),
  invariant(
    'operation_is_answered_or_asked_again',
    (sql) => sql`
      select id::text as subject, 'a moment to ask again' as expected, 'none' as found
      from payments.operations
      where outcome = 'open' and next_attempt_at is null
    `,
  ),
  invariant(
    'promise_is_asked_for_once',
    (sql) => sql`
      select payment_id::text as subject, '1' as expected, count(*)::text as found
      from payments.operations
      where kind = 'authorize'
      group by payment_id
      having count(*) > 1
      union all
      select method || ' ' || reference, '1', count(*)::text
      from payments.payments
      where reference is not null
      group by method, reference
      having count(*) > 1
    `,
  ),
  // What nobody is being asked for any more, both sides know of.
  invariant(
    'gateway_has_moved_what_is_known',
    (sql) => sql`
      select
        payment.id::text as subject,
        format('at most %s captured, %s refunded', payment.captured, payment.refunded) as expected,
        format('%s captured, %s refunded by the gateway',
          gateway.account ->> 'captured', gateway.account ->> 'refunded') as found
      from payments.payments payment
      join payments.test_gateway gateway on gateway.reference = 'test_' || payment.id
      where payment.method = 'test'
        and (
          (gateway.account ->> 'captured')::bigint > payment.captured
          or (gateway.account ->> 'refunded')::bigint > payment.refunded
        )
        and not exists (
          select from payments.operations where payment_id = payment.id and outcome = 'open'
        )
    `,
  ),
];
