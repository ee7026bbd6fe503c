import { expect, inject, it, onTestFinished } from 'vitest';

import { clicksAtOnce, SmallShop, USES } from '@kastoma/application/testing';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import { auditBooks } from './books.read-view.ts';

const SHOPS = 3;
const LANES = 4;
const CLICKS = 30;

/** What may be answered when others click as well. */
const ANSWERS = [
  'done',
  'no_order',
  'core.concurrent_update',
  'core.idempotency_key_in_flight',
  'coupon.limit_reached',
  'coupon.no_eligible_items',
  'ordering.cart_empty',
  'ordering.coupon_does_not_apply',
  'ordering.illegal_transition',
  'ordering.item_not_for_sale',
  'ordering.out_of_stock',
  'ordering.refund_exceeds_captured',
  'ordering.refund_exceeds_left',
  'payments.step_not_possible',
  'payments.declined',
];

it.each(clicksAtOnce(SHOPS, LANES, CLICKS))(
  'a small shop that several click at once stands as its answers add up (%#)',
  { timeout: 60_000 },
  async (...lanes) => {
    const { database, drop } = await createTestDatabase(inject('postgresUrl'), { poolSize: 12 });
    onTestFinished(drop);
    const shop = await SmallShop.open(postgresShop(database));
    const said = await Promise.all(lanes.map((clicks) => shop.clickAll(clicks)));
    await shop.settle();
    expect(said.flat().filter((code) => !ANSWERS.includes(code))).toEqual([]);
    expect((await auditBooks(database, 10)).off).toEqual([]);

    const { ports, card } = shop;
    for (const [variantId, units] of card.units) {
      const { onHand, reserved } = (await ports.stockQueries.find(variantId, null))._unsafeUnwrap();
      expect({ onHand, reserved }).toEqual(units);
    }
    for (const order of card.orders) {
      const found = (await ports.orderQueries.find(order.id, null))._unsafeUnwrap();
      const { moved } = (await ports.paymentReader.find(order.paymentId))._unsafeUnwrap().state;
      const refunded = order.status === 'cancelled' ? order.captured : order.refunded;
      expect([found.status, moved.captured.minorUnits, moved.refunded.minorUnits]).toEqual([
        order.status,
        order.captured,
        refunded,
      ]);
    }
    const [counted] = await database<{ orders: number; uses: number }[]>`
      select
        (select count(*)::int from ordering.orders) as orders,
        (select uses from pricing.promotions) as uses
    `;
    expect(counted).toEqual({ orders: card.orders.length, uses: USES - card.uses.left });
  },
);
