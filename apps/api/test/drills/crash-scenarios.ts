import { writeTestEvent } from '@kastoma/adapters-payments/testing';
import type { PaymentId } from '@kastoma/domain/core';

import type { SignedIn } from '../client.ts';
import { CHECKOUT, newKey, onlyVariant, stockMug, usd } from '../goods.ts';
import type { Order, Payment, Product } from '../wire.ts';
import type { DrilledShop } from './drilled-shop.ts';

/** A request that may be sent again and again, to whichever process, and what has to have come of it in the end. */
export type Attempt = {
  /** Settles with the status. */
  readonly send: (url: string) => Promise<number>;
  /** What is not as it should be when all is over. */
  readonly complaints: () => Promise<readonly string[]>;
};

/** Something that a process dies of. */
export type CrashScenario = {
  readonly name: string;
  /** Everything that comes before the request; on goods of its own, so that attempts do not wait for each other. */
  readonly prepare: (shop: DrilledShop, url: string) => Promise<Attempt>;
};

const UNITS = 5;
const PRICE = '10.00';

type Shopper = {
  readonly account: SignedIn;
  readonly mug: Product;
};

/** Somebody with a mug in the cart, and a code for it that two may use. */
async function givenShopper(shop: DrilledShop, url: string): Promise<Shopper> {
  const staff = shop.staff(url);
  const mug = await stockMug(staff, { stock: UNITS, price: PRICE });
  const account = await shop.signUp(url);
  const code = `CODE-${mug.id.slice(-12).toUpperCase()}`;
  const effects = [{ type: 'percentage', percentage: '10' }];
  const promotion = { name: code, effects, limits: { total: 2 } };
  await staff.post('/coupons/', { code, promotion }).expect(201);
  const client = shop.guest(url).as(account);
  await client.post('/cart/add_item/', { product_id: mug.id, quantity: 2 }).expect(200);
  await client.post('/cart/coupons/', { code }).expect(200);
  return { account, mug };
}

const BY_TEST = { ...CHECKOUT, payment_method: 'test' };

async function placed(shop: DrilledShop, url: string, { account }: Shopper, token: string) {
  const client = shop.guest(url).as(account);
  const body = { ...BY_TEST, payment_token: token };
  return (await client.post<Order>('/orders/', body, newKey()).expect(201)).data;
}

type Standing = {
  readonly orders: number;
  readonly reserved: number;
  readonly uses: number;
  readonly status: string | null;
  readonly taken: string;
  readonly promised: string;
  readonly returned: string;
};

/** What the shop and the gateway have of one shopper in the end. */
async function standingOf(shop: DrilledShop, { account, mug }: Shopper): Promise<Standing> {
  const [row] = await shop.database<Standing[]>`
    select
      count(*)::int as orders,
      (select reserved from inventory.stock where variant_id = ${onlyVariant(mug).id}) as reserved,
      (
        select count(*)::int from pricing.redemptions
        where order_id = any(array_agg(orders.id)) and given_back_at is null
      ) as uses,
      max(payment.status) as status,
      coalesce(sum((gateway.account ->> 'captured')::bigint), 0)::text as taken,
      coalesce(sum((gateway.account ->> 'refunded')::bigint), 0)::text as returned,
      coalesce(sum((gateway.account ->> 'authorized')::bigint), 0)::text as promised
    from ordering.orders orders
    join payments.payments payment on payment.order_id = orders.id
    left join payments.test_gateway gateway on gateway.reference = 'test_' || payment.id
    where orders.customer_id = ${account.user.id}
  `;
  if (row === undefined) throw new Error('A sum is always a row.');
  return row;
}

/** Two mugs at ten less a tenth, and shipping. */
const TOTAL = '2399';
const ONE_ORDER = { orders: 1, reserved: 2, uses: 1 };

function differences(expected: Partial<Standing>, found: Standing): readonly string[] {
  return Object.entries(expected)
    .filter(([name, value]) => found[name as keyof Standing] !== value)
    .map(([name, value]) => `${name} is ${found[name as keyof Standing]} and not ${value}`);
}

const placement: CrashScenario = {
  name: 'placement',
  prepare: async (shop, url) => {
    const shopper = await givenShopper(shop, url);
    const key = newKey();
    const answered = new Set<string>();
    return {
      send: async (to) => {
        const client = shop.guest(to).as(shopper.account);
        const body = { ...BY_TEST, payment_token: 'tok_success' };
        const { status, data } = await client.post<Order | null>('/orders/', body, key);
        if (data !== null) answered.add(data.id);
        return status;
      },
      complaints: async () => [
        ...differences(
          { ...ONE_ORDER, status: 'authorized', promised: TOTAL, taken: '0' },
          await standingOf(shop, shopper),
        ),
        ...(answered.size === 1 ? [] : [`${answered.size} orders were answered`]),
      ],
    };
  },
};

const capture: CrashScenario = {
  name: 'capture',
  prepare: async (shop, url) => {
    const shopper = await givenShopper(shop, url);
    const order = await placed(shop, url, shopper, 'tok_success');
    const key = newKey();
    return {
      send: async (to) => {
        const path = `/orders/${order.id}/payments/${order.payments[0]?.id}/capture/`;
        return (await shop.staff(to).post<Payment>(path, {}, key)).status;
      },
      complaints: async () =>
        differences(
          { ...ONE_ORDER, status: 'paid', promised: TOTAL, taken: TOTAL },
          await standingOf(shop, shopper),
        ),
    };
  },
};

const webhook: CrashScenario = {
  name: 'webhook',
  prepare: async (shop, url) => {
    const shopper = await givenShopper(shop, url);
    const order = await placed(shop, url, shopper, 'tok_success');
    const id = order.payments[0]?.id as PaymentId;
    const { total } = order.totals;
    // Somebody has captured it at the provider's own pages.
    const told = { id: `evt_${id}`, paymentId: id, authorized: total, captured: total };
    const moved = { refunded: usd('0.00'), isReleased: false };
    return {
      send: async (to) => {
        const { body, header } = writeTestEvent({ ...told, ...moved }, Date.now());
        const answer = await fetch(`${to}/api/v1/payments/webhooks/test/`, {
          method: 'POST',
          body,
          headers: { [header[0]]: header[1] },
        });
        await answer.arrayBuffer();
        return answer.status;
      },
      complaints: async () => {
        const [noted] = await shop.database<{ count: number }[]>`
          select count(*)::int as count from payments.provider_events where payment_id = ${id}
        `;
        return [
          ...differences(
            { ...ONE_ORDER, status: 'paid', taken: '0' },
            await standingOf(shop, shopper),
          ),
          ...(noted?.count === 1 ? [] : [`the event was noted ${noted?.count} times`]),
        ];
      },
    };
  },
};

async function paid(shop: DrilledShop, url: string, shopper: Shopper): Promise<Order> {
  const order = await placed(shop, url, shopper, 'tok_success');
  const path = `/orders/${order.id}/payments/${order.payments[0]?.id}/capture/`;
  await shop.staff(url).post(path, {}, newKey()).expect(200);
  return order;
}

const refund: CrashScenario = {
  name: 'refund',
  prepare: async (shop, url) => {
    const shopper = await givenShopper(shop, url);
    const order = await paid(shop, url, shopper);
    const key = newKey();
    return {
      send: async (to) => {
        const body = { amount: usd('5.00'), reason: 'A drill' };
        return (await shop.staff(to).post(`/orders/${order.id}/refunds/`, body, key)).status;
      },
      complaints: async () =>
        differences(
          { ...ONE_ORDER, status: 'partially_refunded', taken: TOTAL, returned: '500' },
          await standingOf(shop, shopper),
        ),
    };
  },
};

/** Of an order that is paid: its money goes back, and so do its units and the use of its code. */
const cancellation: CrashScenario = {
  name: 'cancellation',
  prepare: async (shop, url) => {
    const shopper = await givenShopper(shop, url);
    const order = await paid(shop, url, shopper);
    const key = newKey();
    return {
      send: async (to) => {
        const client = shop.guest(to).as(shopper.account);
        return (await client.post(`/orders/${order.id}/cancel/`, {}, key)).status;
      },
      complaints: async () =>
        differences(
          { orders: 1, reserved: 0, uses: 0, status: 'refunded', taken: TOTAL, returned: TOTAL },
          await standingOf(shop, shopper),
        ),
    };
  },
};

export const CRASH_SCENARIOS: readonly CrashScenario[] = [
  placement,
  capture,
  refund,
  webhook,
  cancellation,
];
