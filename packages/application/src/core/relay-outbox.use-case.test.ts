import { err, ok, type Result } from 'neverthrow';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { PromotionId } from '@kastoma/domain/core';

import { BUILT_AT } from '../testing/builders/builder-ids.ts';
import { aCoupon } from '../testing/builders/promotion.builder.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { HeldPause } from '../testing/ports/held-pause.ts';
import { MovingClock } from '../testing/ports/moving-clock.ts';
import { SteadyJitter } from '../testing/ports/steady-jitter.ts';
import { givenPromotion } from '../testing/promoted-shop.ts';
import { givenRevisions, relayAll, subscriptionsOf } from '../testing/relayed-events.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import type { EventOf } from './acl/shop-event.ts';
import { ForgetToldEvents } from './forget-told-events.use-case.ts';
import { RelayOutbox, RELAY_POLICY } from './relay-outbox.use-case.ts';
import { asErrand, inTransaction, type NotHandled, type Subscriptions } from './subscriber.ts';

type Created = EventOf<'pricing.promotion_created'>;
type Revised = EventOf<'pricing.promotion_revised'>;

const refusal = { code: 'test.refused' };

let shop: ShopPorts;
let clock: MovingClock;
let pause: HeldPause;

beforeEach(() => {
  shop = inMemoryShop();
  clock = new MovingClock(BUILT_AT);
  pause = new HeldPause();
});

function relayTo(listeners: Partial<Subscriptions>): RelayOutbox {
  return new RelayOutbox({
    deliveries: shop.outbox,
    subscriptions: subscriptionsOf(listeners),
    clock,
    jitter: new SteadyJitter(),
    pause,
    policy: RELAY_POLICY,
  });
}

/** Leaves a coupon for the promotion, and then ends as told. */
function couponMaker(outcome: Result<unknown, NotHandled> = ok()) {
  return inTransaction(
    {
      consumer: 'test.coupon_maker',
      handle: (event: Created, { coupons }: Parameters<PricingWork>[0]) =>
        coupons.add(aCoupon(event.aggregateId as PromotionId)).andThen(() => outcome),
    },
    shop.pricing,
  );
}

type PricingWork = Parameters<ShopPorts['pricing']['receive']>[2];

async function couponsOf(promotionId: string): Promise<number> {
  const filter = { active: null, promotionId: promotionId as PromotionId, search: null };
  return (await shop.couponQueries.list(filter, { page: 1, pageSize: 10 })).count;
}

describe('the relay', () => {
  it('has a subscriber do its part once, as the shop and under the name of the request', async () => {
    const seen = vi.fn();
    const watcher = inTransaction(
      {
        consumer: 'test.watcher',
        handle: async (event: Created, _tx, context) => {
          seen(event.payload.promotionId, context);
          return ok();
        },
      },
      shop.pricing,
    );
    const { id } = (await givenPromotion(shop)).state;
    const relay = relayTo({ 'pricing.promotion_created': [couponMaker(), watcher] });
    const reports = await relayAll(relay);
    expect(reports.map(({ consumer, outcome }) => `${consumer} ${outcome}`).toSorted()).toEqual([
      'test.coupon_maker handled',
      'test.watcher handled',
    ]);
    expect(await couponsOf(id)).toBe(1);
    expect(seen.mock.calls).toEqual([[id, { actor: { kind: 'system' }, correlationId: 'test' }]]);
    clock.advance(RELAY_POLICY.leaseSeconds);
    expect(await relayAll(relay)).toEqual([]);
  });

  it('is done at once with an event to which nobody listens', async () => {
    await givenPromotion(shop);
    const relay = relayTo({ 'pricing.promotion_created': [] });
    expect(await relayAll(relay)).toEqual([]);
    expect(await shop.outbox.shareOut(['pricing.promotion_created'], [], 10, clock.now())).toBe(0);
  });

  it('leaves alone what only another version knows', async () => {
    await givenPromotion(shop);
    expect(await relayAll(relayTo({}))).toEqual([]);
    expect(await relayAll(relayTo({ 'pricing.promotion_created': [couponMaker()] }))).toHaveLength(
      1,
    );
  });

  it('leaves nothing of a refused attempt, and tries again after pauses that grow to an hour', async () => {
    const { id } = (await givenPromotion(shop)).state;
    const relay = relayTo({ 'pricing.promotion_created': [couponMaker(err(refusal))] });
    const pauses: number[] = [];
    let last = clock.now();
    for (let attempt = 1; attempt < RELAY_POLICY.mostAttempts; attempt += 1) {
      const reports = await untilSomethingIsDue(relay);
      expect(reports).toMatchObject([{ attempts: attempt, outcome: 'failed', ...refusal }]);
      pauses.push((clock.now() - last) / 1_000);
      last = clock.now();
    }
    expect(pauses).toEqual([0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 3_600]);
    expect(await couponsOf(id)).toBe(0);

    expect(await untilSomethingIsDue(relay)).toMatchObject([{ outcome: 'quarantined' }]);
    expect(await shop.outbox.quarantined(10)).toMatchObject([
      { consumer: 'test.coupon_maker', attempts: 15, lastError: 'test.refused' },
    ]);
    clock.advance(100_000);
    expect(await relayAll(relay)).toEqual([]);
  });

  it('replays what was in quarantine, with all attempts before it', async () => {
    const { id } = (await givenPromotion(shop)).state;
    const failing = relayTo({ 'pricing.promotion_created': [couponMaker(err(refusal))] });
    for (let attempt = 1; attempt <= RELAY_POLICY.mostAttempts; attempt += 1)
      await untilSomethingIsDue(failing);
    expect(await shop.outbox.replay({}, clock.now())).toBe(1);
    const mended = relayTo({ 'pricing.promotion_created': [couponMaker()] });
    expect(await relayAll(mended)).toMatchObject([{ attempts: 1, outcome: 'handled' }]);
    expect(await couponsOf(id)).toBe(1);
  });

  it('keeps the kind of an exception, never its words, and hands it to whoever keeps the log', async () => {
    await givenPromotion(shop);
    const defect = Object.assign(new TypeError('ada@example.com is unknown'), { code: '23505' });
    const broken = inTransaction(
      {
        consumer: 'test.broken',
        handle: async (_event: Created) => {
          throw defect;
        },
      },
      shop.pricing,
    );
    const relay = relayTo({ 'pricing.promotion_created': [broken] });
    const [report] = await relayAll(relay);
    expect(report).toMatchObject({ code: 'defect.TypeError.23505', error: defect });
  });

  it.each([
    [new Error('gone'), 'defect.Error'],
    [Object.assign(new Error('no'), { name: 'of Ada', code: 7 }), 'defect'],
  ])('keeps no kind that says too much: %s', async (thrown, code) => {
    await givenPromotion(shop);
    const broken = asErrand({
      consumer: 'test.broken',
      handle: async (_event: Created) => {
        throw thrown;
      },
    });
    const [report] = await relayAll(relayTo({ 'pricing.promotion_created': [broken] }));
    expect(report?.code).toBe(code);
  });

  it('keeps no kind of what is thrown and is no exception', async () => {
    await givenPromotion(shop);
    const broken = asErrand({
      consumer: 'test.broken',
      handle: vi
        .fn<(event: Created) => Promise<never>>()
        .mockRejectedValue('ada@example.com is unknown'),
    });
    const [report] = await relayAll(relayTo({ 'pricing.promotion_created': [broken] }));
    expect(report).toMatchObject({ code: 'defect', error: 'ada@example.com is unknown' });
  });

  it('hands nothing to a consumer that it does not know', async () => {
    await givenPromotion(shop);
    const relay = relayTo({ 'pricing.promotion_created': [couponMaker()] });
    const [delivery = expect.fail()] = await relay.claim(1);
    const report = await relay.deliver({ ...delivery, consumer: 'test.gone' });
    expect(report).toMatchObject({ consumer: 'test.gone', outcome: 'not_due' });
  });

  it('stores as much of a code as there is room for', async () => {
    await givenPromotion(shop);
    const verbose = couponMaker(err({ code: 'x'.repeat(1_000) }));
    const relay = relayTo({ 'pricing.promotion_created': [verbose] });
    for (let attempt = 1; attempt <= RELAY_POLICY.mostAttempts; attempt += 1)
      await untilSomethingIsDue(relay);
    const [stored] = await shop.outbox.quarantined(1);
    expect(stored?.lastError).toBe('x'.repeat(200));
  });

  it('tells a consumer of an aggregate in the order of its versions, also when one fails', async () => {
    const versions: number[] = [];
    const handle = async (event: Created | Revised) => {
      versions.push(event.aggregateVersion);
      return event.aggregateVersion === 2 && versions.length < 4 ? err(refusal) : ok();
    };
    const reader = inTransaction({ consumer: 'test.reader', handle }, shop.pricing);
    await givenRevisions(shop, 3);
    const relay = relayTo({
      'pricing.promotion_created': [reader],
      'pricing.promotion_revised': [reader],
    });
    await relayAll(relay);
    expect(versions).toEqual([1, 2]);
    clock.advance(1);
    await relayAll(relay);
    expect(versions).toEqual([1, 2, 2]);
    clock.advance(2);
    await relayAll(relay);
    expect(versions).toEqual([1, 2, 2, 2, 3, 4]);
  });

  it('runs an errand under the same event id until its note is written', async () => {
    await givenPromotion(shop);
    const runs: string[] = [];
    const errand = asErrand({
      consumer: 'test.errand',
      handle: async (_event: Created, _context, eventId) => {
        runs.push(eventId);
        return runs.length === 1 ? err(refusal) : ok();
      },
    });
    const relay = relayTo({ 'pricing.promotion_created': [errand] });
    expect(await relayAll(relay)).toMatchObject([{ outcome: 'failed' }]);
    clock.advance(1);
    const noting = vi.spyOn(shop.outbox, 'noteHandled').mockRejectedValueOnce(new Error('gone'));
    expect(await relayAll(relay)).toMatchObject([{ outcome: 'failed', code: 'defect.Error' }]);
    noting.mockRestore();
    clock.advance(2);
    expect(await relayAll(relay)).toMatchObject([{ outcome: 'handled', attempts: 3 }]);
    clock.advance(10_000);
    expect(await relayAll(relay)).toEqual([]);
    expect(new Set(runs).size).toBe(1);
    expect(runs).toHaveLength(3);
  });

  it('counts an attempt that never ends as failed, tells whoever makes it, and tries again', async () => {
    await givenPromotion(shop);
    const signals: AbortSignal[] = [];
    const { promise: never } = Promise.withResolvers<Result<unknown, NotHandled>>();
    const hanging = asErrand({
      consumer: 'test.hanging',
      handle: (_event: Created, _context, _eventId, signal) => {
        signals.push(signal);
        return signals.length === 1 ? never : Promise.resolve(ok());
      },
    });
    const relay = relayTo({ 'pricing.promotion_created': [hanging] });
    const [delivery] = await relay.claim(1);
    const delivered = relay.deliver(delivery ?? expect.fail());
    await vi.waitUntil(() => signals.length === 1);
    expect(pause.milliseconds).toEqual([RELAY_POLICY.longestAttemptSeconds * 1_000]);
    expect(signals[0]?.aborted).toBe(false);
    pause.pass();
    expect(await delivered).toMatchObject({
      outcome: 'failed',
      attempts: 1,
      code: 'core.delivery_took_too_long',
    });
    expect(signals[0]?.aborted).toBe(true);

    expect(await relayAll(relay)).toEqual([]);
    clock.advance(RELAY_POLICY.firstPauseSeconds);
    expect(await relayAll(relay)).toMatchObject([{ outcome: 'handled', attempts: 2 }]);
    expect(signals[1]?.aborted).toBe(false);
    expect(pause.milliseconds).toEqual([]);
  });

  it('notes an errand as done that was done after its time', async () => {
    await givenPromotion(shop);
    const { promise: late, resolve: end } = Promise.withResolvers<Result<unknown, NotHandled>>();
    const began = vi.fn(() => late);
    const slow = asErrand({ consumer: 'test.slow', handle: (_event: Created) => began() });
    const relay = relayTo({ 'pricing.promotion_created': [slow] });
    const [delivery] = await relay.claim(1);
    const delivered = relay.deliver(delivery ?? expect.fail());
    await vi.waitUntil(() => began.mock.calls.length === 1);
    pause.pass();
    expect(await delivered).toMatchObject({ outcome: 'failed' });
    end(ok());
    await vi.waitUntil(async () => (await relay.standing()).lagSeconds === 0);
    clock.advance(RELAY_POLICY.leaseSeconds);
    expect(await relayAll(relay)).toEqual([]);
    expect(began).toHaveBeenCalledTimes(1);
  });

  it('gives up an event that ends every relay that takes it', async () => {
    await givenPromotion(shop);
    const relay = relayTo({ 'pricing.promotion_created': [couponMaker()] });
    for (let attempt = 1; attempt <= RELAY_POLICY.mostAttempts; attempt += 1) {
      expect(await relay.claim(10)).toHaveLength(1);
      clock.advance(RELAY_POLICY.leaseSeconds);
    }
    expect(await relayAll(relay)).toMatchObject([{ outcome: 'quarantined' }]);
    expect(await shop.outbox.quarantined(1)).toMatchObject([
      { lastError: 'core.delivery_never_ended' },
    ]);
  });

  it('lets it be seen when it cannot note how a delivery went', async () => {
    await givenPromotion(shop);
    const relay = relayTo({ 'pricing.promotion_created': [couponMaker(err(refusal))] });
    const [delivery] = await relay.claim(1);
    vi.spyOn(shop.outbox, 'noteFailed').mockRejectedValueOnce(new Error('the database is gone'));
    await expect(relay.deliver(delivery ?? expect.fail())).rejects.toThrow('the database is gone');
  });

  it('says how far behind it is, and what was given up', async () => {
    const relay = relayTo({ 'pricing.promotion_created': [couponMaker(err(refusal))] });
    expect(await relay.standing()).toEqual({ lagSeconds: 0, quarantined: 0 });
    await givenPromotion(shop, { at: clock.now() });
    clock.advance(90);
    expect(await relay.standing()).toEqual({ lagSeconds: 90, quarantined: 0 });
    for (let attempt = 1; attempt <= RELAY_POLICY.mostAttempts; attempt += 1)
      await untilSomethingIsDue(relay);
    expect(await relay.standing()).toEqual({ lagSeconds: 0, quarantined: 1 });
  });
});

describe('events that everybody has had', () => {
  it('are forgotten after thirty days, however many they are', async () => {
    for (let count = 0; count < 1_001; count += 1) await givenPromotion(shop);
    const known = ['pricing.promotion_created'];
    expect(await shop.outbox.shareOut(known, [], 2_000, clock.now())).toBe(1_001);
    const forget = new ForgetToldEvents({ deliveries: shop.outbox, clock });
    clock.advance(30 * 24 * 60 * 60);
    expect(await forget.execute()).toBe(0);
    clock.advance(1);
    expect(await forget.execute()).toBe(1_001);
  });
});

/** Lets time pass in whole seconds. */
async function untilSomethingIsDue(relay: RelayOutbox) {
  for (;;) {
    const reports = await relayAll(relay);
    if (reports.length > 0) return reports;
    clock.advance(1);
  }
}
