import fc from 'fast-check';
import { err } from 'neverthrow';
import { describe, expect, test } from 'vitest';

import type { RefundId } from '../core/ids.value.ts';
import { Money } from '../core/money.value.ts';
import type { Json } from '../core/wire-form.ts';
import { anyOrderHistory } from '../testing/order-history.arbitrary.ts';
import { orderingEventToJson, parseOrderingEvent } from './order-events.json.ts';
import { Order } from './order.aggregate.ts';
import { parseOrder } from './order.json.ts';

type Fields = Readonly<Record<string, Json>>;

const stored = (json: Json): Fields => JSON.parse(JSON.stringify(json)) as Fields;
const anyOrder = anyOrderHistory().map((history) => history.at(-1) ?? history[0]);
const [sample] = fc.sample(
  anyOrder.filter(
    ({ state }) =>
      state.status.name === 'delivered' && state.refunds.some(({ lines }) => lines.length > 0),
  ),
  { numRuns: 1, seed: 42 },
);
const written = stored((sample as Order).toJSON());

/** Every value that differs from this one in one place: another kind of value there, or none. */
function damaged(value: Json): Json[] {
  const others: Json[] = [null, 'nonsense', -1, 0.5, [], {}, true];
  const here = others.filter((other) => JSON.stringify(other) !== JSON.stringify(value));
  if (typeof value !== 'object' || value === null) return here;
  const within = Object.entries(value as Fields).flatMap(([name, part]) =>
    damaged(part).map((other) =>
      Array.isArray(value)
        ? (value as readonly Json[]).with(Number(name), other)
        : { ...(value as Fields), [name]: other },
    ),
  );
  return [...here, ...within];
}

describe('an order as JSON', () => {
  test('comes back as it was, wherever it stood in its life', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const read = parseOrder(stored(order.toJSON()))._unsafeUnwrap();
        expect(read.state).toEqual(order.state);
        expect([read.version, read.pending]).toEqual([order.version, []]);
        expect(JSON.parse(JSON.stringify(read))).toEqual(order.toJSON());
        expect(read.refundable.rest).toEqual(order.refundable.rest);
      }),
      { numRuns: 300 },
    );
  });

  test('is written in the names, the money and the times of the wire', () => {
    expect(Object.keys(written).toSorted()).toEqual([
      'billing_address',
      'cart_id',
      'currency',
      'customer_id',
      'email',
      'fulfilments',
      'id',
      'items',
      'notes',
      'number',
      'payment_method',
      'placed_at',
      'prices',
      'promotions',
      'quote_hash',
      'refunds',
      'shipping',
      'shipping_address',
      'status',
      'totals',
      'version',
    ]);
    expect(written).toMatchObject({
      status: { name: 'delivered', at: expect.stringMatching(/Z$/) as string },
      placed_at: expect.stringMatching(/^[0-9]{4}-.*Z$/) as string,
      totals: { total: { currency: written['currency'], amount: expect.any(String) as string } },
    });
  });

  test('is read as it was or not at all when something in it is replaced by something else', () => {
    for (const json of damaged(written)) {
      const read = parseOrder(json);
      if (read.isOk()) expect(stored(read.value.toJSON())).toEqual(json);
      else expect(read.error.code).toMatch(/^(core\.malformed_json|ordering\.malformed_order)$/);
    }
  });

  test('is refused with a field that nobody knows, and the error says where', () => {
    expect(parseOrder({ ...written, role: 'admin' })._unsafeUnwrapErr()).toEqual({
      code: 'core.malformed_json',
      path: ['role'],
      reason: 'unknown_field',
    });
  });

  test('is any value at all without a throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.jsonValue()), (json) => {
        expect(parseOrder(json).isErr()).toBe(true);
        expect(parseOrderingEvent(json).isErr()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('is no order in another version than the first or a later one', () => {
    for (const version of [0, -1, 1.5])
      expect(parseOrder({ ...written, version }).isErr()).toBe(true);
    expect(parseOrder({ ...written, version: 1 }).isOk()).toBe(true);
  });

  const [item] = written['items'] as readonly Fields[];
  const totals = written['totals'] as Fields;
  const total = totals['total'] as Fields;
  const totalAmount = total['amount'] as string;
  const [refund] = written['refunds'] as readonly Fields[];
  const refundLines = refund?.['lines'] as readonly Json[];
  const [fulfilment] = written['fulfilments'] as readonly Fields[];
  const line = { item_id: item?.['id'] ?? null, quantity: 1 };
  test.each<[string, string, Fields]>([
    ['amounts', 'nothing in it', { items: [] }],
    [
      'amounts',
      'an item twice',
      { items: [...(written['items'] as readonly Json[]), item ?? null] },
    ],
    [
      'amounts',
      'another total',
      { totals: { ...totals, total: { ...total, amount: `9${totalAmount}` } } },
    ],
    [
      'fulfilments',
      'a unit more sent off than was bought',
      {
        fulfilments: [
          ...(written['fulfilments'] as readonly Json[]),
          { ...fulfilment, lines: [line] },
        ],
      },
    ],
    ['fulfilments', 'a parcel of nothing', { fulfilments: [{ ...fulfilment, lines: [] }] }],
    [
      'fulfilments',
      'an item twice in a parcel',
      { fulfilments: [{ ...fulfilment, lines: [line, line] }] },
    ],
    [
      'fulfilments',
      'a line of no units',
      { fulfilments: [{ ...fulfilment, lines: [{ ...line, quantity: 0 }] }] },
    ],
    [
      'fulfilments',
      'something sent off that was not bought',
      { fulfilments: [{ ...fulfilment, lines: [{ ...line, item_id: written['id'] ?? null }] }] },
    ],
    ['status', 'nothing sent off of what is delivered', { fulfilments: [] }],
    ['status', 'all sent off of what is pending', { status: { name: 'pending' } }],
    [
      'refunds',
      'a refund of more than its parts',
      { refunds: [{ ...refund, lines: [], shipping: null }] },
    ],
    [
      'refunds',
      'an item twice in a refund',
      { refunds: [{ ...refund, lines: [...refundLines, ...refundLines] }] },
    ],
  ])('is refused for its %s with %s', (part, _title, changes) => {
    expect(parseOrder({ ...written, ...changes })._unsafeUnwrapErr()).toEqual({
      code: 'ordering.malformed_order',
      part,
    });
  });

  test('is refused when it paid back more than was paid', () => {
    const order = sample as Order;
    const lines = order.refundable.rest.lines.filter(({ quantity }) => quantity > 0);
    const note = { id: order.state.id as string as RefundId, reason: '', at: order.state.placedAt };
    const all = order.refund({ lines, shipping: 'all' }, note)._unsafeUnwrap();
    const json = stored(all.toJSON());
    const refunds = json['refunds'] as readonly Json[];
    expect(parseOrder(json).isOk()).toBe(true);
    expect(parseOrder({ ...json, refunds: refunds.concat(refunds.at(-1) ?? []) })).toEqual(
      err({ code: 'ordering.malformed_order', part: 'refunds' }),
    );
  });

  test.each(['amount', 'tax'] as const)(
    'is refused when the %s of a refund is not that of its parts',
    (field) => {
      const money = refund?.[field] as Fields;
      const other = { ...money, amount: `9${money['amount'] as string}` };
      expect(parseOrder({ ...written, refunds: [{ ...refund, [field]: other }] })).toEqual(
        err({ code: 'ordering.malformed_order', part: 'refunds' }),
      );
    },
  );

  test('is refused with a refund of nothing', () => {
    const zero = Money.zero((sample as Order).state.currency).toJSON();
    const nothing = { ...refund, amount: zero, tax: zero, lines: [], shipping: null };
    expect(parseOrder({ ...written, refunds: [nothing] })).toEqual(
      err({ code: 'ordering.malformed_order', part: 'refunds' }),
    );
  });

  test('goes on where it stopped', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const read = parseOrder(stored(order.toJSON()))._unsafeUnwrap();
        const note = {
          id: order.state.id as string as RefundId,
          reason: 'returned',
          at: order.state.placedAt,
        };
        const next = (from: Order) =>
          from.refund({ shipping: 'all' }, note).map(({ state, version }) => ({ state, version }));
        expect(next(read)).toEqual(next(Order.restore(order.state, order.version)));
      }),
      { numRuns: 100 },
    );
  });
});

describe('what happens to an order, as JSON', () => {
  test('comes back as it was', () => {
    fc.assert(
      fc.property(anyOrder, ({ pending }) => {
        for (const event of pending) {
          expect(JSON.parse(JSON.stringify(event))).toEqual(event);
          const json = stored(orderingEventToJson(event));
          expect(parseOrderingEvent(json)._unsafeUnwrap()).toEqual(event);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('is written in the names of the wire', () => {
    const [placed] = sample?.pending ?? [];
    expect(placed === undefined ? null : orderingEventToJson(placed)).toMatchObject({
      type: 'ordering.order_placed',
      schema_version: 1,
      aggregate_version: 1,
      occurred_at: written['placed_at'],
      payload: { order_id: written['id'], customer_id: written['customer_id'] },
    });
  });

  test('is not read from a version of its schema that nobody knows', () => {
    const [placed] = sample?.pending ?? [];
    const json = placed === undefined ? {} : (orderingEventToJson(placed) as Fields);
    expect(parseOrderingEvent({ ...json, schema_version: 2 })._unsafeUnwrapErr()).toEqual({
      code: 'core.malformed_json',
      path: ['schema_version'],
      reason: 'malformed',
    });
  });

  test('is read as it was or not at all when something in it is replaced by something else', () => {
    const events = (sample?.pending ?? []).map((event) => stored(orderingEventToJson(event)));
    const changed = events.flatMap(damaged);
    expect(changed.length).toBeGreaterThan(100);
    for (const json of changed) {
      const read = parseOrderingEvent(json).map((event) => stored(orderingEventToJson(event)));
      expect(read.unwrapOr(json)).toEqual(json);
    }
  });
});
