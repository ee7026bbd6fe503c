import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import {
  anAddress,
  asCustomer,
  clicksOf,
  givenCart,
  givenCoupon,
  givenCustomer,
  givenPromotion,
  givenVariant,
  orderingUseCases,
  paymentUseCases,
  SHOP,
  underKey,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { OrderId, PaymentId, VariantId } from '@kastoma/domain/core';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { auditBooks, BOOK_INVARIANTS, reportOn, type BooksReport } from './books.read-view.ts';

let test: TestDatabase;
let shop: ShopPorts;

/** Two customers, each with a discounted order of two lamps; one is paid by `test`, the other not yet. */
beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 4 });
  shop = postgresShop(test.database);
  const lamp = await givenVariant(shop, 20);
  const limits = { total: 7, perCustomer: 1 };
  const summer = await givenPromotion(shop, { automatic: false, limits });
  const { code } = (await givenCoupon(shop, summer, { singleUse: false })).state;
  const { carryOut, capturePayment } = paymentUseCases(shop);
  const ordering = orderingUseCases(shop, { carryOut });
  for (const paymentMethod of ['test', 'manual'] as const) {
    const customerId = await givenCustomer(shop);
    await givenCart(shop, customerId, [{ ...lamp, quantity: 2 }]);
    (await clicksOf(customerId, ordering).presentCode(code))._unsafeUnwrap();
    const context = underKey(asCustomer(customerId), 'a key', {
      scope: `user:${customerId} post /orders`,
      answerOf: (order) => ({
        status: 201,
        headers: {},
        body: JSON.stringify({ data: { id: (order as { id: string }).id } }),
      }),
    });
    const unsaid = { email: null, billingAddress: null, shippingMethod: null, couponCodes: null };
    const command = { ...unsaid, customerId, shippingAddress: anAddress(), quoteHash: null };
    const order = (
      await ordering.placeOrder.execute({ ...command, paymentMethod, notes: '' }, context)
    )._unsafeUnwrap();
    if (paymentMethod === 'manual') continue;
    const paymentId = order.payments[0]?.id as PaymentId;
    const paying = { orderId: order.id as OrderId, paymentId, amount: null };
    (await capturePayment.execute(paying, asCustomer(customerId)))._unsafeUnwrap();
  }
  await test.database`
    insert into payments.test_gateway (reference, account, answers)
    select
      'test_' || id, jsonb_build_object('captured', captured::text, 'refunded', '100'), '{}'
    from payments.payments where method = 'test'
  `;
  await sendAndRefundOne();
  // As a relay has shared it out.
  await test.database`update core.outbox set shared_out_at = occurred_at`;
  await test.database`
    insert into core.outbox (
      id, type, schema_version, aggregate_id, aggregate_version, occurred_at, correlation_id, actor,
      payload, shared_out_at
    )
    select
      gen_random_uuid(), 'inventory.stock_changed', 1, gen_random_uuid(), 1, now(), 'test', 'system',
      '{}', now() + n * interval '1 second'
    from generate_series(1, 3) n
  `;
  await test.database`
    insert into core.deliveries
      (event_id, consumer, event_type, aggregate_id, aggregate_version, due_at, handled_at)
    select id, 'listed_stock', type, aggregate_id, aggregate_version, now(), now()
    from core.outbox where type = 'inventory.stock_changed'
  `;
});

/** A unit of the paid order leaves, and is paid for back. */
async function sendAndRefundOne(): Promise<void> {
  const [sent] = await test.database<{ id: OrderId; variant_id: VariantId }[]>`
    with paid as (
      update ordering.orders set status = 'processing', version = version + 2
      where id = (select order_id from payments.payments where captured > 0)
      returning id
    ), parcel as (
      insert into ordering.fulfilments (id, order_id, position, shipped_at)
      select gen_random_uuid(), id, 0, now() from paid
      returning id
    ), changed as (
      insert into ordering.order_history (order_id, version, type, actor, occurred_at, detail)
      select id, version, 'ordering.order_changed', 'system', now(), '{}' from paid, generate_series(2, 3) version
    ), refunded as (
      insert into ordering.refunds (id, order_id, position, reason, amount, tax, refunded_at)
      select gen_random_uuid(), id, 0, '', 100, 0, now() from paid
      returning id
    )
    select paid.id, item.variant_id, parcel.id as parcel, refunded.id as refund, item.id as item
    from paid, parcel, refunded, ordering.order_items item
    where item.order_id = paid.id
  `;
  const id = sent?.id as OrderId;
  await test.database`
    insert into ordering.fulfilment_lines (fulfilment_id, order_item_id, quantity)
    select parcel.id, item.id, 1
    from ordering.fulfilments parcel join ordering.order_items item using (order_id)
  `;
  await test.database`
    insert into ordering.refund_lines (refund_id, order_item_id, quantity, amount, tax)
    select refund.id, item.id, 1, 100, 0
    from ordering.refunds refund join ordering.order_items item using (order_id)
  `;
  await test.database`
    insert into payments.operations
      (id, payment_id, position, kind, amount, outcome, requested_at, settled_at, refund_id)
    select gen_random_uuid(), payment.id, 7, 'refund', 100, 'succeeded', now(), now(), refund.id
    from payments.payments payment join ordering.refunds refund using (order_id)
  `;
  await test.database`
    update payments.payments set refunded = 100, status = 'partially_refunded' where captured > 0
  `;
  const cause = { reference: `order:${id}`, actor: 'system', reason: 'Sent', at: shop.clock.now() };
  const variantId = sent?.variant_id as VariantId;
  const left = shop.inventory.run(SHOP, ({ ledger }) =>
    ledger.fulfil([{ variantId, quantity: 1 }], cause),
  );
  (await left)._unsafeUnwrap();
}

afterAll(() => test.drop());

/** Each names the invariant, and how the books are falsified; walls that stand before it are taken down. */
const breaks: readonly (readonly [invariant: string, change: string])[] = [
  [
    'order_total_adds_up',
    `alter table ordering.orders drop constraint orders_total;
     update ordering.orders set total = total + 1`,
  ],
  ['order_is_the_sum_of_its_lines', 'delete from ordering.order_items'],
  [
    'order_is_the_sum_of_its_lines',
    'update ordering.order_items set tax = tax + 1 where position = 0',
  ],
  [
    'shipping_is_its_rate_less_what_is_taken_off',
    `update ordering.orders set shipping_charge = shipping_charge || '{"rate": "1"}'`,
  ],
  [
    'line_adds_up',
    `alter table ordering.order_items drop constraint order_items_total;
     update ordering.order_items set total = total + 1`,
  ],
  [
    'line_is_the_sum_of_its_units',
    `update ordering.order_items set quantity = quantity + 1,
      subtotal = subtotal + unit_price, total = total + unit_price`,
  ],
  [
    'cart_becomes_one_order',
    `alter table ordering.orders drop constraint orders_cart_id_key;
     update ordering.orders set cart_id = (select min(cart_id::text)::uuid from ordering.orders)`,
  ],
  ['cart_becomes_one_order', `update ordering.carts set status = 'active', order_id = null`],
  [
    'key_names_one_order',
    `update core.idempotency_keys set body = jsonb_build_object('data', jsonb_build_object(
       'id', (select min(id::text) from ordering.orders)))::text`,
  ],
  ['key_names_one_order', `update core.idempotency_keys set body = '{"data": {"id": "gone"}}'`],
  ['key_waits_for_an_operation_that_stands', `update core.idempotency_keys set intent = 'gone'`],
  ['units_that_left_were_sold', 'update ordering.fulfilment_lines set quantity = 2'],
  ['order_stands_as_its_parcels_do', `update ordering.orders set status = 'shipped'`],
  ['sold_units_left_the_stock', 'update ordering.order_items set fulfilled = 2'],
  [
    'units_that_came_back_had_left',
    'update ordering.order_items set returned = 1 where fulfilled > 0',
  ],
  ['refund_is_the_sum_of_its_parts', 'update ordering.refund_lines set amount = amount + 1'],
  ['order_knows_its_refunds', 'update ordering.orders set refunded = refunded + 1'],
  [
    'line_knows_its_refunds',
    'update ordering.order_items set refunded_amount = refunded_amount + 1',
  ],
  ['refunds_were_paid_in', `update ordering.orders set refunded = total`],
  ['money_that_went_back_was_to', 'update ordering.orders set refunded = 99 where refunded > 0'],
  ['refund_is_paid_out_once', `update payments.operations set amount = 101 where kind = 'refund'`],
  ['lost_order_gives_its_money_back', `update ordering.orders set status = 'cancelled'`],
  ['history_has_each_change_once', 'update ordering.orders set version = version + 1'],
  ['history_has_each_change_once', 'update ordering.order_history set version = version + 7'],
  [
    'captured_was_promised',
    `alter table payments.payments drop constraint payments_captured_was_promised;
     update payments.payments set authorized = 0 where captured > 0`,
  ],
  [
    'refunded_came_in',
    `alter table payments.payments drop constraint payments_refunded_came_in;
     update payments.payments set refunded = captured + 1`,
  ],
  [
    'totals_are_what_operations_moved',
    'update payments.payments set captured = captured - 1 where captured > 0',
  ],
  [
    'operations_ask_for_no_more_than_there_is',
    `insert into payments.operations
       (id, payment_id, position, kind, amount, outcome, requested_at, next_attempt_at)
     select gen_random_uuid(), id, 9, 'capture', 1, 'open', now(), now()
     from payments.payments where captured > 0`,
  ],
  [
    'payment_stands_as_its_money_does',
    `update payments.payments set status = 'authorized' where captured > 0`,
  ],
  [
    'payment_stands_as_its_money_does',
    `update payments.payments set status = 'paid' where captured = 0`,
  ],
  [
    'order_is_paid_once',
    `insert into payments.payments
       (id, order_id, method, amount, currency, status, authorized, captured, created_at, version)
     select gen_random_uuid(), order_id, method, amount, currency, status, amount, amount, now(), 1
     from payments.payments where captured > 0`,
  ],
  ['payment_is_of_its_order', 'update payments.payments set amount = amount + 1'],
  ['payment_is_of_its_order', `delete from payments.operations; delete from payments.payments`],
  [
    'money_of_a_lost_order_goes_back',
    'update payments.payments set abandoned_at = now() where captured > 0',
  ],
  [
    'operation_is_answered_or_asked_again',
    `update payments.operations set outcome = 'open', settled_at = null, next_attempt_at = null`,
  ],
  [
    'promise_is_asked_for_once',
    `drop index payments.operations_one_authorization;
     insert into payments.operations
       (id, payment_id, position, kind, amount, outcome, requested_at, settled_at)
     select gen_random_uuid(), id, n, 'authorize', 1, 'succeeded', now(), now()
     from payments.payments, generate_series(8, 9) n`,
  ],
  [
    'gateway_has_moved_what_is_known',
    `update payments.test_gateway set account = account || '{"captured": "99999"}'`,
  ],
  ['on_hand_is_what_came_less_what_went', 'update inventory.stock set on_hand = on_hand + 1'],
  [
    'movement_goes_the_way_of_its_type',
    `update inventory.movements set type = 'purchase' where type = 'reservation'`,
  ],
  ['open_reservation_is_of_a_living_order', `update ordering.orders set status = 'cancelled'`],
  [
    'open_reservation_is_of_a_living_order',
    `update inventory.reservations set reference = 'order:gone' where id = (
       select id from inventory.reservations limit 1)`,
  ],
  [
    'reservation_is_what_was_ordered',
    'update inventory.reservations set quantity = quantity + 1, released = released + 1',
  ],
  [
    'reservation_is_what_was_ordered',
    `update inventory.movements set reservation_id = null; delete from inventory.reservations`,
  ],
  [
    'list_is_not_ahead_of_the_stock',
    `insert into catalog.variant_stock (variant_id, in_stock, version)
     select variant_id, true, version + 1 from inventory.stock
     on conflict (variant_id) do update set version = excluded.version`,
  ],
  ['uses_are_counted', 'update pricing.promotions set uses = uses + 1'],
  [
    'uses_are_within_the_limit',
    `update pricing.promotions set updated_at = '2000-01-01', terms = jsonb_set(
       terms, '{limits,total}', '1')`,
  ],
  [
    'uses_of_a_customer_are_within_the_limit',
    `update pricing.promotions set updated_at = '2000-01-01';
     update pricing.redemptions set customer_id = (select min(customer_id::text)::uuid from pricing.redemptions)`,
  ],
  [
    'single_use_is_single',
    `drop index pricing.redemptions_single_use; update pricing.redemptions set single_use = true`,
  ],
  ['use_is_of_an_order_that_has_it', 'update pricing.redemptions set discount = discount + 1'],
  ['use_is_of_an_order_that_has_it', 'delete from pricing.redemptions'],
  ['use_of_a_lost_order_is_given_back', `update ordering.orders set status = 'cancelled'`],
  ['use_of_a_lost_order_is_given_back', 'update pricing.redemptions set given_back_at = now()'],
  [
    'order_was_told_of_once',
    `update ordering.orders set placed_at = now();
     delete from core.outbox where type = 'ordering.order_placed'`,
  ],
  [
    'event_tells_of_what_stands',
    `update core.outbox set aggregate_version = 99 where type = 'ordering.order_placed'`,
  ],
  [
    'event_is_shared_out_in_time',
    `update core.outbox set shared_out_at = null where type = 'ordering.order_placed'`,
  ],
  [
    'event_reaches_everybody_who_listens',
    `delete from core.deliveries where event_id = (
       select id from core.outbox where type = 'inventory.stock_changed' order by shared_out_at offset 1 limit 1)`,
  ],
  [
    'event_is_handled_or_on_its_way',
    `update core.deliveries set handled_at = null, due_at = 'infinity'`,
  ],
  [
    'event_is_handled_or_on_its_way',
    `update core.deliveries set handled_at = null, quarantined_at = now(), last_error = 'broken'`,
  ],
];

/** As it is after a change that no transaction keeps. */
async function reportAfter(change: string): Promise<BooksReport | null> {
  let report: BooksReport | null = null;
  const undone = new Error('undone');
  const changed = test.database.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql.unsafe(change);
    report = await reportOn(sql, 100);
    throw undone;
  });
  await expect(changed).rejects.toBe(undone);
  return report;
}

describe('the audit of all books', () => {
  it('finds nothing where orders were placed and paid, and says what the books come to', async () => {
    const { figures, off } = await auditBooks(test.database, 100);
    expect(off).toEqual([]);
    expect(figures).toMatchObject({ orders: '2', onHand: '19', reserved: '3', uses: '2' });
    expect(figures).toMatchObject({ refunded: '100', decidedRefunds: '100', owed: '0' });
    const sums = [figures.ordered, figures.captured, figures.outstanding].map(Number);
    expect(sums[0]).toBe((sums[1] ?? 0) + (sums[2] ?? 0));
    expect(Math.min(...sums)).toBeGreaterThan(0);
  });

  it.each(breaks)('sees that %s no longer holds', async (invariant, change) => {
    const report = await reportAfter(change);
    expect(report?.off.map((line) => line.invariant)).toContain(invariant);
    for (const { subject, expected, found } of report?.off ?? []) {
      expect([subject, expected, found].every((text) => typeof text === 'string')).toBe(true);
      expect(expected).not.toBe(found);
    }
  });

  it('takes what costs nothing for paid', async () => {
    const report = await reportAfter(
      `update payments.payments set amount = 0, status = 'paid' where captured = 0`,
    );
    const found = report?.off.map((line) => line.invariant);
    expect(found).toContain('payment_is_of_its_order');
    expect(found).not.toContain('payment_stands_as_its_money_does');
  });

  it('is seen to see each of its invariants', () => {
    const seen = new Set(breaks.map(([invariant]) => invariant));
    expect([...seen].toSorted()).toEqual(BOOK_INVARIANTS.toSorted());
  });

  it('sees what is off in the ledger of stock itself', async () => {
    const report = await reportAfter(
      `update inventory.movements set on_hand_after = on_hand_after + 1`,
    );
    expect(report?.off.map((line) => line.invariant)).toContain('movements_follow_each_other');
  });

  it('shows as many lines of an invariant as it is asked for', async () => {
    await test.database
      .begin(async (sql) => {
        await sql`update payments.payments set amount = amount + 1`;
        const { off } = await reportOn(sql, 1);
        const lines = off.filter(({ invariant }) => invariant === 'payment_is_of_its_order');
        expect(lines).toHaveLength(1);
        throw new Error('undone');
      })
      .catch((error: unknown) => {
        expect(String(error)).toContain('undone');
      });
  });
});
