import type { Answer, Client, SignedIn } from '../client.ts';
import { CHECKOUT, newKey, onlyVariant, stockMug, usd } from '../goods.ts';
import type { Cart, Order, Payment, Product } from '../wire.ts';
import type { DrilledShop } from './drilled-shop.ts';

/** A crowd in front of several processes of one shop. */
export type Crowd = {
  readonly shop: DrilledShop;
  readonly urls: readonly string[];
  readonly shoppers: readonly SignedIn[];
};

/** What was counted, and what should not have been; that all books add up is looked at afterwards. */
export type SceneOutcome = {
  readonly counted: Readonly<Record<string, number>>;
  readonly complaints: readonly string[];
};

export type Scene = {
  readonly name: string;
  readonly play: (crowd: Crowd) => Promise<SceneOutcome>;
};

const PAID_BY_TEST = { ...CHECKOUT, payment_method: 'test', payment_token: 'tok_success' };

/** The same person at one process or the other. */
function at({ shop, urls }: Crowd, index: number, account: SignedIn): Client {
  return shop.guest(urls[index % urls.length] ?? '').as(account);
}

function staffAt({ shop, urls }: Crowd, index: number): Client {
  return shop.staff(urls[index % urls.length] ?? '');
}

function given(crowd: Crowd, stock: number): Promise<Product> {
  return stockMug(staffAt(crowd, 0), { stock, price: '10.00' });
}

/** Each puts so much into an empty cart, and does something else before the others are let go. */
async function fillCarts(
  crowd: Crowd,
  { id }: Product,
  then: (client: Client, index: number) => Promise<unknown> = async () => undefined,
): Promise<void> {
  await everybody(crowd, async (client, index) => {
    await client.delete('/cart/').expect(200);
    await client.post('/cart/add_item/', { product_id: id, quantity: 1 }).expect(200);
    await then(client, index);
  });
}

function everybody<Outcome>(
  crowd: Crowd,
  act: (client: Client, index: number) => Promise<Outcome>,
): Promise<Outcome[]> {
  return Promise.all(crowd.shoppers.map((account, index) => act(at(crowd, index, account), index)));
}

/** By status, and by code where it was refused. */
function countOf(answers: readonly Answer<unknown>[]): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const { status, errors } of answers) {
    const name = [status, errors?.[0]?.code ?? ''].join(' ').trim();
    counted[name] = (counted[name] ?? 0) + 1;
  }
  return counted;
}

function unexpected(
  counted: Readonly<Record<string, number>>,
  expected: readonly string[],
): readonly string[] {
  return Object.entries(counted)
    .filter(([name]) => !expected.includes(name))
    .map(([name, count]) => `${count} times ${name}`);
}

function differs(what: string, found: unknown, expected: unknown): readonly string[] {
  return found === expected ? [] : [`${what}: ${String(found)} and not ${String(expected)}`];
}

const lastUnits: Scene = {
  name: 'last units',
  play: async (crowd) => {
    const units = Math.ceil(crowd.shoppers.length / 4);
    const mug = await given(crowd, crowd.shoppers.length);
    await fillCarts(crowd, mug);
    const [{ id }, staff] = [onlyVariant(mug), staffAt(crowd, 1)];
    const damage = crowd.shoppers.length - units;
    const body = { type: 'damage', quantity: damage, reason: 'A shelf fell' };
    await staff.post(`/variants/${id}/stock/movements/`, body, newKey()).expect(201);
    const answers = await everybody(crowd, (client) => client.post('/orders/', CHECKOUT, newKey()));
    const counted = countOf(answers);
    return {
      counted,
      complaints: [
        ...differs('orders', counted['201'] ?? 0, units),
        ...unexpected(counted, [
          '201',
          '409 ordering.out_of_stock',
          '409 ordering.items_not_for_sale',
        ]),
      ],
    };
  },
};

const lastUses: Scene = {
  name: 'last coupon uses',
  play: async (crowd) => {
    const uses = Math.ceil(crowd.shoppers.length / 5);
    const mug = await given(crowd, crowd.shoppers.length);
    const code = `RACE-${mug.id.slice(-12).toUpperCase()}`;
    const effects = [{ type: 'percentage', percentage: '10' }];
    const promotion = { name: code, effects, limits: { total: uses } };
    await staffAt(crowd, 0).post('/coupons/', { code, promotion }).expect(201);
    await fillCarts(crowd, mug, (client) => client.post('/cart/coupons/', { code }).expect(200));
    const answers = await everybody(crowd, (client) => client.post('/orders/', CHECKOUT, newKey()));
    const counted = countOf(answers);
    return {
      counted,
      complaints: [
        ...differs('orders', counted['201'] ?? 0, uses),
        ...unexpected(counted, ['201', '409 ordering.coupon_does_not_apply']),
      ],
    };
  },
};

const SUBMITS = 3;

const doubleSubmits: Scene = {
  name: 'double submits',
  play: async (crowd) => {
    await fillCarts(crowd, await given(crowd, crowd.shoppers.length));
    const sent = await Promise.all(
      crowd.shoppers.map(async (account, index) => {
        const key = newKey();
        const submit = (process: number) =>
          at(crowd, process, account).post<Order | null>('/orders/', PAID_BY_TEST, key);
        const answers = await Promise.all(
          Array.from({ length: SUBMITS }, (_, turn) => submit(index + turn)),
        );
        return [...answers, await submit(index)];
      }),
    );
    const counted = countOf(sent.flat());
    const orders = sent.map((answers) => new Set(answers.flatMap(({ data }) => data?.id ?? [])));
    return {
      counted,
      complaints: [
        ...differs(
          'shoppers with one order',
          orders.filter(({ size }) => size === 1).length,
          orders.length,
        ),
        ...unexpected(counted, [
          '201',
          '409 core.idempotency_key_in_flight',
          '409 request.idempotency_key_in_flight',
        ]),
      ],
    };
  },
};

const priceChange: Scene = {
  name: 'price change during checkout',
  play: async (crowd) => {
    const mug = await given(crowd, crowd.shoppers.length);
    const quotes = new Map<number, Cart>();
    await fillCarts(crowd, mug, async (client, index) => {
      quotes.set(index, (await client.get<Cart>('/cart/').expect(200)).data);
    });
    const path = `/products/${mug.id}/variants/${onlyVariant(mug).id}/`;
    const staff = staffAt(crowd, 1);
    const { headers } = await staff.get(path).expect(200);
    const ifMatch = { 'If-Match': headers.get('etag') ?? '' };
    const place = (client: Client, index: number) => {
      const body = { ...CHECKOUT, quote_hash: quotes.get(index)?.quote_hash };
      return client.post<Order | null>('/orders/', body, newKey());
    };
    const answered = Promise.withResolvers<void>();
    const changed = answered.promise.then(() =>
      staff.patch(path, { price: usd('11.00') }, ifMatch).expect(200),
    );
    // The price changes when the first of them has ordered; half of them come when it has.
    const answers = await everybody(crowd, async (client, index) => {
      if (index % 2 === 1) await changed;
      const answer = await place(client, index);
      answered.resolve();
      return answer;
    });
    const counted = countOf(answers);
    const ordered = answers.filter(({ status }) => status === 201);
    const seen = usd('10.00').amount;
    const dearer = ordered.filter(({ data }) => data?.items[0]?.unit_price.amount !== seen);
    const late = answers.filter(({ status }, index) => index % 2 === 1 && status === 201);
    return {
      counted,
      complaints: [
        ...differs('orders at a price that nobody saw', dearer.length, 0),
        ...differs('orders at a price that was over', late.length, 0),
        ...unexpected(counted, ['201', '409 ordering.quote_changed']),
      ],
    };
  },
};

async function paidOrders(crowd: Crowd): Promise<readonly Order[]> {
  await fillCarts(crowd, await given(crowd, crowd.shoppers.length));
  const answers = await everybody(crowd, (client) =>
    client.post<Order>('/orders/', PAID_BY_TEST, newKey()).expect(201),
  );
  return answers.map(({ data }) => data);
}

const captureOf = (client: Client, { id, payments }: Order) =>
  client.post<Payment>(`/orders/${id}/payments/${payments[0]?.id}/capture/`, {}, newKey());

const cancelAgainstCapture: Scene = {
  name: 'cancel against capture',
  play: async (crowd) => {
    const orders = await paidOrders(crowd);
    const answers = await Promise.all(
      orders.flatMap((order, index) => [
        captureOf(staffAt(crowd, index), order),
        staffAt(crowd, index + 1).post<unknown>(`/orders/${order.id}/cancel/`, {}, newKey()),
      ]),
    );
    const counted = countOf(answers);
    const complaints = unexpected(counted, [
      '200',
      '409 payments.step_not_possible',
      '409 payments.declined',
      '409 core.idempotency_key_in_flight',
    ]);
    return { counted, complaints };
  },
};

const REFUNDS = 3;

const refundAgainstRefund: Scene = {
  name: 'refund against refund',
  play: async (crowd) => {
    const orders = await paidOrders(crowd);
    await Promise.all(
      orders.map((order, index) => captureOf(staffAt(crowd, index), order).expect(200)),
    );
    // Of ten for the goods: there is one of them, and no more.
    const body = { amount: usd('6.00'), reason: 'A drill' };
    const answers = await Promise.all(
      orders.map((order, index) =>
        Promise.all(
          Array.from({ length: REFUNDS }, (_, turn) =>
            staffAt(crowd, index + turn).post(`/orders/${order.id}/refunds/`, body, newKey()),
          ),
        ),
      ),
    );
    const once = answers.filter((own) => own.filter(({ status }) => status === 201).length === 1);
    const counted = countOf(answers.flat());
    return {
      counted,
      complaints: [
        ...differs('orders refunded once', once.length, orders.length),
        ...unexpected(counted, ['201', '409 ordering.refund_exceeds_left']),
      ],
    };
  },
};

const LOGINS = 2;

/** Somebody filled two carts as a guest, on two devices, and signs in on both at once; each request is sent twice. */
const mergingLogins: Scene = {
  name: 'two logins merging carts',
  play: async (crowd) => {
    const mug = await given(crowd, crowd.shoppers.length * LOGINS);
    await everybody(crowd, (client) => client.delete('/cart/').expect(200));
    const guests = crowd.urls.map((url) => crowd.shop.guest(url));
    const answers = await Promise.all(
      crowd.shoppers.map(async (account, index) => {
        const tokens = await Promise.all(
          Array.from({ length: LOGINS }, async () => {
            const wanted = { product_id: mug.id, quantity: 1 };
            const guest = guests[index % guests.length];
            return (await guest?.post('/cart/add_item/', wanted).expect(200))?.headers.get(
              'x-cart-token',
            );
          }),
        );
        return Promise.all(
          [...tokens, ...tokens].map((token, turn) =>
            at(crowd, index + turn, account).post<unknown>(
              '/cart/merge/',
              {},
              { 'X-Cart-Token': token ?? '' },
            ),
          ),
        );
      }),
    );
    const carts = await everybody(crowd, (client) => client.get<Cart>('/cart/').expect(200));
    const whole = carts.filter(
      ({ data }) => data.items.reduce((sum, { quantity }) => sum + quantity, 0) === LOGINS,
    );
    const counted = countOf(answers.flat());
    return {
      counted,
      complaints: [
        ...differs('carts that hold both', whole.length, carts.length),
        ...unexpected(counted, ['200']),
      ],
    };
  },
};

export const RACE_SCENES: readonly Scene[] = [
  lastUnits,
  lastUses,
  doubleSubmits,
  priceChange,
  cancelAgainstCapture,
  refundAgainstRefund,
  mergingLogins,
];
