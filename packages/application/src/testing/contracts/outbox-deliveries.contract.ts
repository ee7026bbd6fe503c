import { err, ok, type Result } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, PromotionId } from '@kastoma/domain/core';

import type { DeliveryKey } from '../../core/delivery.ts';
import type { Audience, ClaimedDelivery } from '../../core/outbox-deliveries.port.ts';
import { BUILT_AT } from '../builders/builder-ids.ts';
import { aCoupon } from '../builders/promotion.builder.ts';
import { SHOP } from '../contexts.ts';
import { givenPromotion } from '../promoted-shop.ts';
import { givenRevisions } from '../relayed-events.ts';
import type { OpenShop } from '../shop-ports.ts';
import { latch, times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const CREATED = 'pricing.promotion_created';
const REVISED = 'pricing.promotion_revised';
const KNOWN = [CREATED, REVISED, 'pricing.coupon_created'];
const NOW = BUILT_AT as Instant;

let consumers = 0;

export function outboxDeliveriesContract(open: OpenShop): void {
  describe('the deliveries of the outbox', () => {
    const shop = shopOfSuite(open);

    /** Somebody new who listens to promotions, and nobody else does. */
    async function newListener() {
      await shareOut([], 10_000);
      consumers += 1;
      const consumer = `test.${consumers}`;
      return { consumer, audience: [CREATED, REVISED].map((type) => ({ type, consumer })) };
    }

    const shareOut = (audience: Audience, limit = 100) =>
      shop().outbox.shareOut(KNOWN, audience, limit, NOW);
    const claim = (audience: Audience, at = 0, limit = 100) =>
      shop().outbox.claim(audience, limit, after(at), after(at + 60));
    const receive = (delivery: DeliveryKey, work = async () => ok()) =>
      shop().pricing.receive(delivery, SHOP, work);

    /** What the work of a delivery leaves: a coupon for the promotion. */
    const addCoupon = (delivery: DeliveryKey, promotionId: PromotionId) =>
      shop().pricing.receive(delivery, SHOP, ({ coupons }) => coupons.add(aCoupon(promotionId)));
    const couponsOf = async (promotionId: PromotionId) => {
      const filter = { active: null, promotionId, search: null };
      return (await shop().couponQueries.list(filter, { page: 1, pageSize: 10 })).count;
    };

    it('are one for each listener of an event, with the event as it was told', async () => {
      const [one, other] = [await newListener(), await newListener()];
      const { state } = await givenPromotion(shop());
      const audience = [...one.audience, ...other.audience];
      expect(await shareOut(audience)).toBe(1);
      const claimed = await claim(audience);
      expect(claimed.map(({ consumer }) => consumer).toSorted()).toEqual(
        [one.consumer, other.consumer].toSorted(),
      );
      const [told] = await shop().eventsOf(state.id);
      const { actor: _, correlationId, ...event } = told ?? expect.fail();
      expect(claimed[0]).toMatchObject({ event, correlationId, attempts: 1 });
      expect(claimed[0]?.event).toEqual(event);
      expect(claimed[0]?.eventId).toBe(claimed[1]?.eventId);
    });

    it('are made once for each event, a batch at a time', async () => {
      const { audience } = await newListener();
      await times(5, () => givenPromotion(shop()));
      expect(await shareOut(audience, 3)).toBe(3);
      expect(await shareOut(audience, 3)).toBe(2);
      expect(await shareOut(audience, 3)).toBe(0);
      expect(await claim(audience)).toHaveLength(5);
    });

    it('are not lost when several share events out at once', async () => {
      const { audience } = await newListener();
      await times(20, () => givenPromotion(shop()));
      const taken = await times(4, () => shareOut(audience, 20));
      expect(taken.reduce((sum, count) => sum + count)).toBe(20);
      expect(await claim(audience)).toHaveLength(20);
    });

    it('are none for an event to which nobody listens', async () => {
      await newListener();
      await givenPromotion(shop());
      expect(await shareOut([])).toBe(1);
      expect(await shareOut([])).toBe(0);
    });

    it('wait for a version that knows the type of the event', async () => {
      const { audience } = await newListener();
      await givenPromotion(shop());
      expect(await shop().outbox.shareOut([REVISED], audience, 100, NOW)).toBe(0);
      expect(await shareOut(audience)).toBe(1);
    });

    it('are claimed by one only, and by another one when the lease has ended', async () => {
      const { audience } = await newListener();
      await times(8, () => givenPromotion(shop()));
      await shareOut(audience);
      const claims = await times(3, () => claim(audience, 0, 4));
      const ids = claims.flat().map(({ eventId }) => eventId);
      expect(new Set(ids).size).toBe(ids.length);
      expect([...(await claim(audience)), ...claims.flat()]).toHaveLength(8);
      expect(await claim(audience, 59)).toEqual([]);
      const again = await claim(audience, 60);
      expect(again.map(({ attempts }) => attempts)).toEqual(Array.from({ length: 8 }, () => 2));
    });

    it('are not claimed for a consumer that is not known here', async () => {
      const { audience } = await newListener();
      await givenPromotion(shop());
      await shareOut(audience);
      expect(await claim((await newListener()).audience)).toEqual([]);
      expect(await claim([])).toEqual([]);
      expect(await claim(audience)).toHaveLength(1);
    });

    it('come in the order of an aggregate’s versions, each when the one before was handled', async () => {
      const { audience } = await newListener();
      await givenRevisions(shop(), 2);
      await shareOut(audience);
      const versions: number[] = [];
      for (let turn = 0; turn < 3; turn += 1) {
        const [next, ...others] = await claim(audience);
        expect(others).toEqual([]);
        expect(await claim(audience)).toEqual([]);
        versions.push(next?.event.aggregateVersion ?? 0);
        expect(await receive(next ?? expect.fail())).toEqual(ok('handled'));
      }
      expect(versions).toEqual([1, 2, 3]);
      expect(await claim(audience)).toEqual([]);
    });

    it('wait for an earlier event that was not shared out yet', async () => {
      const { audience } = await newListener();
      await givenRevisions(shop(), 1);
      await shop().outbox.shareOut([REVISED], audience, 100, NOW);
      expect(await claim(audience)).toEqual([]);
      await shareOut(audience);
      expect(await claim(audience)).toMatchObject([{ event: { aggregateVersion: 1 } }]);
    });

    it('of one consumer do not wait for another consumer', async () => {
      const [slow, quick] = [await newListener(), await newListener()];
      await givenRevisions(shop(), 1);
      await shareOut([...slow.audience, ...quick.audience]);
      expect(await claim(slow.audience)).toHaveLength(1);
      const [first] = await claim(quick.audience);
      expect(await receive(first ?? expect.fail())).toEqual(ok('handled'));
      expect(await claim(quick.audience)).toMatchObject([{ event: { aggregateVersion: 2 } }]);
    });

    it('that failed come again when they are due, and what is behind them waits', async () => {
      const { audience } = await newListener();
      await givenRevisions(shop(), 1);
      await shareOut(audience);
      const failed = only(await claim(audience));
      await shop().outbox.noteFailed(failed, 'test.refused', after(90));
      expect(await claim(audience, 89)).toEqual([]);
      expect(await claim(audience, 90)).toMatchObject([
        { eventId: failed.eventId, attempts: 2, event: { aggregateVersion: 1 } },
      ]);
    });

    it('in quarantine stand in nobody’s way, and come again when they are replayed', async () => {
      const { consumer, audience } = await newListener();
      await givenRevisions(shop(), 1);
      await shareOut(audience);
      const given = only(await claim(audience));
      await shop().outbox.quarantine(given, 'test.refused', after(5));
      const [latest] = await shop().outbox.quarantined(1);
      expect(latest).toEqual({
        eventId: given.eventId,
        consumer,
        eventType: CREATED,
        attempts: 1,
        lastError: 'test.refused',
        quarantinedAt: after(5),
      });
      const next = only(await claim(audience));
      expect(next.event.aggregateVersion).toBe(2);
      expect(await receive(given)).toEqual(ok('not_due'));
      expect(await receive(next)).toEqual(ok('handled'));

      const { eventId } = given;
      expect(await shop().outbox.replay({ eventId, consumer: 'test.nobody' }, NOW)).toBe(0);
      expect(await shop().outbox.replay({ eventId: next.eventId }, NOW)).toBe(0);
      expect(await shop().outbox.replay({ consumer }, NOW)).toBe(1);
      expect(await claim(audience)).toMatchObject([{ eventId, attempts: 1 }]);
      expect(await receive(given)).toEqual(ok('handled'));
    });

    it('are all replayed when nothing is chosen', async () => {
      const { audience } = await newListener();
      await times(2, () => givenPromotion(shop()));
      await shareOut(audience);
      for (const given of await claim(audience))
        await shop().outbox.quarantine(given, 'test.refused', NOW);
      expect(await shop().outbox.replay({}, NOW)).toBe(2);
      expect((await shop().outbox.state(audience)).quarantined).toBe(0);
      expect(await claim(audience)).toHaveLength(2);
    });

    it('are handled with their effect, once', async () => {
      const { audience } = await newListener();
      const { id } = (await givenPromotion(shop())).state;
      await shareOut(audience);
      const delivery = only(await claim(audience));
      expect(await addCoupon(delivery, id)).toEqual(ok('handled'));
      expect(await addCoupon(delivery, id)).toEqual(ok('not_due'));
      expect(await couponsOf(id)).toBe(1);
      expect(await claim(audience, 1_000)).toEqual([]);
    });

    it('are handled once by many at once', async () => {
      const { audience } = await newListener();
      const { id } = (await givenPromotion(shop())).state;
      await shareOut(audience);
      const delivery = only(await claim(audience));
      const outcomes = await times(5, () => addCoupon(delivery, id));
      expect(outcomes.filter((outcome) => valueOf(outcome) === 'handled')).toHaveLength(1);
      expect(outcomes.filter((outcome) => valueOf(outcome) === 'not_due')).toHaveLength(4);
      expect(await couponsOf(id)).toBe(1);
    });

    it('leave neither an effect nor a note when the work is refused or breaks', async () => {
      const { audience } = await newListener();
      const { id } = (await givenPromotion(shop())).state;
      await shareOut(audience);
      const delivery = only(await claim(audience));
      const refused = await shop().pricing.receive(delivery, SHOP, ({ coupons }) =>
        coupons.add(aCoupon(id)).andThen(() => err({ code: 'test.refused' })),
      );
      expect(refused).toEqual(err({ code: 'test.refused' }));
      const broken = receive(delivery, async () => {
        throw new Error('a defect');
      });
      await expect(Promise.resolve(broken)).rejects.toThrow('a defect');
      expect(await couponsOf(id)).toBe(0);
      expect(await addCoupon(delivery, id)).toEqual(ok('handled'));
    });

    it('are done again when somebody else was faster, and noted once', async () => {
      const { audience } = await newListener();
      const { id } = (await givenPromotion(shop())).state;
      await shareOut(audience);
      const delivery = only(await claim(audience));
      let attempts = 0;
      const received = await shop().pricing.receive(delivery, SHOP, ({ coupons }) => {
        attempts += 1;
        return coupons
          .add(aCoupon(id))
          .andThen(() => (attempts < 3 ? err({ code: 'core.concurrent_update' }) : ok()));
      });
      expect(received).toEqual(ok('handled'));
      expect(attempts).toBe(3);
      expect(await couponsOf(id)).toBe(1);
    });

    it('are not received before an earlier one, whoever holds a lease', async () => {
      const { audience } = await newListener();
      await givenRevisions(shop(), 1);
      await shareOut(audience);
      const first = only(await claim(audience));
      await shop().outbox.quarantine(first, 'test.refused', NOW);
      const second = only(await claim(audience));
      await shop().outbox.replay({ eventId: first.eventId }, NOW);
      expect(await receive(second)).toEqual(ok('not_due'));
      expect(await receive(first)).toEqual(ok('handled'));
      expect(await receive(second)).toEqual(ok('handled'));
    });

    it('are noted from outside once, and late news of them changes nothing', async () => {
      const { audience } = await newListener();
      await givenPromotion(shop());
      await shareOut(audience);
      const delivery = only(await claim(audience));
      await shop().outbox.noteHandled(delivery, NOW);
      await shop().outbox.noteHandled(delivery, after(1));
      await shop().outbox.noteFailed(delivery, 'test.late', NOW);
      const before = (await shop().outbox.state(audience)).quarantined;
      await shop().outbox.quarantine(delivery, 'test.late', NOW);
      expect((await shop().outbox.state(audience)).quarantined).toBe(before);
      expect(await claim(audience, 1_000)).toEqual([]);
      expect(await receive(delivery)).toEqual(ok('not_due'));
    });

    it('are forgotten with their event when it is old and everybody has had it', async () => {
      const [one, other] = [await newListener(), await newListener()];
      await times(3, () => givenPromotion(shop()));
      const audience = [...one.audience, ...other.audience];
      await shop().outbox.shareOut(KNOWN, audience, 100, after(-9_000));
      const claimed = await claim(audience);
      const [kept] = claimed;
      for (const delivery of claimed.slice(1)) await shop().outbox.noteHandled(delivery, NOW);
      const before = after(-8_999);
      expect(await shop().outbox.forget(after(-9_000), 10)).toBe(0);
      expect(await shop().outbox.forget(before, 1)).toBe(1);
      expect(await shop().outbox.forget(before, 10)).toBe(1);
      await shop().outbox.quarantine(kept ?? expect.fail(), 'test.refused', NOW);
      expect(await shop().outbox.forget(before, 10)).toBe(0);
      expect(await shop().outbox.replay({ eventId: kept?.eventId ?? '' }, NOW)).toBe(1);
      expect(await receive(kept ?? expect.fail())).toEqual(ok('handled'));
      expect(await shop().outbox.forget(before, 10)).toBe(1);
    });

    it('tell how long the oldest has been waiting', async () => {
      const { audience } = await newListener();
      expect((await shop().outbox.state(audience)).oldestPendingAt).toBeNull();
      await givenPromotion(shop(), { at: after(-500) });
      await givenPromotion(shop(), { at: after(-400) });
      expect((await shop().outbox.state(audience)).oldestPendingAt).toBe(after(-500));
      await shareOut(audience);
      expect((await shop().outbox.state(audience)).oldestPendingAt).toBe(after(-500));
      for (const delivery of await claim(audience))
        expect(await receive(delivery)).toEqual(ok('handled'));
      expect((await shop().outbox.state(audience)).oldestPendingAt).toBeNull();
    });

    it('let others go on while one is being handled', async () => {
      const { audience } = await newListener();
      await times(2, () => givenPromotion(shop()));
      await shareOut(audience);
      const [one, other] = await claim(audience);
      const [started, mayEnd] = [latch(), latch()];
      const slow = receive(one ?? expect.fail(), async () => {
        started.open();
        await mayEnd.opened;
        return ok();
      });
      await started.opened;
      const quick = receive(other ?? expect.fail());
      mayEnd.open();
      expect(await Promise.all([slow, quick])).toEqual([ok('handled'), ok('handled')]);
    });
  });
}

function after(seconds: number): Instant {
  return (NOW + seconds * 1_000) as Instant;
}

function only(claimed: readonly ClaimedDelivery[]): ClaimedDelivery {
  const [delivery, ...others] = claimed;
  expect(others).toEqual([]);
  return delivery ?? expect.fail('Nothing was due.');
}

function valueOf(outcome: Result<unknown, unknown>): unknown {
  return outcome.isOk() ? outcome.value : outcome.error;
}
