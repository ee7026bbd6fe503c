import { err } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { UserId } from '@kastoma/domain/core';

import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCustomer, givenOrder } from '../testing/stocked-shop.ts';
import { FollowOrderEvents, MOST_STREAMS } from './follow-order-events.query.ts';
import { ASKED_EVERY_MILLISECONDS, LatestPosition } from './latest-position.ts';
import { comparePositions, readPosition, writePosition } from './order-event-log.port.ts';
import type { OrderEventStream } from './order-event-stream.ts';

const UUID = '0199c0de-0000-7000-8000-00000000000a';

let shop: ShopPorts;
let customer: UserId;
let isShuttingDown: boolean;
let isWelcome: boolean;
/** How often a stream has waited; the clock goes on meanwhile. */
let waits: number;
let follow: FollowOrderEvents;
let onWait: () => void | Promise<void>;

beforeEach(async () => {
  shop = inMemoryShop();
  customer = await givenCustomer(shop);
  [isShuttingDown, isWelcome, waits] = [false, true, 0];
  onWait = () => undefined;
  follow = new FollowOrderEvents({
    log: shop.orderEventLog,
    clock: shop.clock,
    pause: {
      for: async (milliseconds) => {
        waits += 1;
        shop.clock.advance(milliseconds / 1_000);
        await onWait();
      },
    },
    isShuttingDown: () => isShuttingDown,
  });
});

const open = (lastEventId: string | null = null) =>
  follow.execute({ lastEventId, mayGoOn: async () => isWelcome });
const opened = async (lastEventId: string | null = null) =>
  (await open(lastEventId))._unsafeUnwrap();
const order = () => givenOrder(shop, customer);

async function eventsOf(stream: OrderEventStream) {
  const { value } = await stream.next();
  if (value?.kind !== 'events') expect.fail(`${value?.kind ?? 'nothing'} came.`);
  return value.events;
}

async function begun(lastEventId: string | null = null) {
  const stream = await opened(lastEventId);
  const { value } = await stream.next();
  if (value?.kind !== 'position') expect.fail('It did not say where it begins.');
  return { stream, position: value.position };
}

describe('whoever follows the orders', () => {
  it('is told where it begins, and then what happens', async () => {
    await order();
    const { stream } = await begun();
    const { id } = (await order()).state;
    expect(await eventsOf(stream)).toMatchObject([
      { event: { type: 'order.placed', data: { order_id: id } } },
    ]);
    onWait = async () => {
      onWait = () => undefined;
      await order();
    };
    expect(await eventsOf(stream)).toHaveLength(1);
  });

  it('goes on behind what was seen last, and misses nothing', async () => {
    const { position } = await begun();
    const ids = [(await order()).state.id, (await order()).state.id, (await order()).state.id];
    const first = await eventsOf((await begun(writePosition(position))).stream);
    expect(first.map(({ event }) => event.data)).toMatchObject(ids.map((id) => ({ order_id: id })));
    const seen = first[0]?.position;
    if (seen === undefined) expect.fail('Nothing was seen.');
    expect(await eventsOf((await begun(writePosition(seen))).stream)).toEqual(first.slice(1));
  });

  it('is told from time to time that nothing has happened', async () => {
    const { stream } = await begun();
    expect((await stream.next()).value).toEqual({ kind: 'heartbeat' });
    expect(waits).toBe(15_000 / ASKED_EVERY_MILLISECONDS);
    expect((await stream.next()).value).toEqual({ kind: 'heartbeat' });
  });

  it('hears no more once they may not, which is found out within two seconds', async () => {
    const { stream } = await begun();
    isWelcome = false;
    expect((await stream.next()).done).toBe(true);
    expect(waits).toBeLessThanOrEqual(4);
    await order();
    expect((await stream.next()).done).toBe(true);
  });

  it('hears no more when the shop ends', async () => {
    const { stream } = await begun();
    onWait = () => {
      isShuttingDown = true;
    };
    expect((await stream.next()).done).toBe(true);
    expect(waits).toBe(1);
  });

  it('may hang up while nothing happens', async () => {
    const { stream } = await begun();
    onWait = async () => {
      await stream.return();
    };
    expect((await stream.next()).done).toBe(true);
  });

  it('leaves room for the next when it ends, and only then', async () => {
    const early = await opened();
    const streams = [];
    for (let count = 0; count < MOST_STREAMS; count += 1) streams.push((await begun()).stream);
    const full = err({ code: 'notifications.too_many_streams', retryAfterSeconds: 10 });
    expect(await open()).toEqual(full);
    // There was room when it asked, and there is none now.
    expect((await early.next()).done).toBe(true);
    await streams[0]?.return();
    await streams[0]?.return();
    const last = await begun();
    expect(await open()).toEqual(full);
    await last.stream.return();
    // Those that are never read take no place.
    for (let count = 0; count < MOST_STREAMS; count += 1) await opened();
    expect((await open()).isOk()).toBe(true);
  });

  it('leaves room when the log cannot be read', async () => {
    let isLost = false;
    const failing = new FollowOrderEvents({
      log: {
        now: () => shop.orderEventLog.now(),
        last: async () => (isLost ? Promise.reject(new Error('gone')) : null),
        after: async () => [],
      },
      clock: shop.clock,
      pause: { for: async () => undefined },
      isShuttingDown: () => false,
    });
    const one = async () => failing.execute({ lastEventId: null, mayGoOn: async () => true });
    for (let count = 0; count < MOST_STREAMS; count += 1) {
      const stream = (await one())._unsafeUnwrap();
      await stream.next();
      isLost = true;
      await expect(stream.next()).rejects.toThrow('gone');
      shop.clock.advance(1);
    }
    expect((await one()).isOk()).toBe(true);
  });

  it.each([
    '',
    'nonsense',
    '1',
    `1-${UUID}x`,
    `-1-${UUID}`,
    `1e3-${UUID}`,
    `99999999999999999999-${UUID}`,
    `9223372036854775808-${UUID}`,
    `2-${UUID}`,
  ])('is refused a place that the stream never named: %s', async (text) => {
    expect(await open(text)).toEqual(err({ code: 'notifications.unknown_stream_position' }));
  });

  it('can be iterated over', async () => {
    const parts = [];
    for await (const part of await opened()) {
      parts.push(part.kind);
      if (parts.length === 2) break;
    }
    expect(parts).toEqual(['position', 'heartbeat']);
  });
});

describe('places', () => {
  it('are in the order of transactions, and then of ids', () => {
    const place = (text: string) => readPosition(text) ?? expect.fail(text);
    const [one, two, nine, ten] = ['1', '2', '9', '10'].map((it) => place(`${it}-${UUID}`));
    if (one === undefined || two === undefined || nine === undefined || ten === undefined) return;
    expect(comparePositions(one, two)).toBe(-1);
    expect(comparePositions(ten, nine)).toBe(1);
    expect(comparePositions(one, one)).toBe(0);
    const other = { ...one, eventId: UUID.replace(/a$/, 'b') };
    expect([comparePositions(one, other), comparePositions(other, one)]).toEqual([-1, 1]);
  });
});

describe('the latest place', () => {
  it('is read once for all who ask within half a second', async () => {
    let reads = 0;
    const last = async () => {
      reads += 1;
      return null;
    };
    const latest = new LatestPosition({ last }, shop.clock);
    await Promise.all([latest.find(), latest.find()]);
    expect(reads).toBe(1);
    shop.clock.advance(0.5);
    await latest.find();
    expect(reads).toBe(2);
    // A clock that was set back makes nothing recent.
    shop.clock.advance(-10);
    await latest.find();
    expect(reads).toBe(3);
  });
});
