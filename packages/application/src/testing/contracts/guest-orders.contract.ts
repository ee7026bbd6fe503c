import { ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, OrderId, PromotionId } from '@kastoma/domain/core';
import { orderLookupRequested, type Order } from '@kastoma/domain/ordering';

import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { aCart } from '../builders/cart.builder.ts';
import { anOrderOf } from '../builders/order.builder.ts';
import { aUser, emailAddress } from '../builders/user.builder.ts';
import { SHOP } from '../contexts.ts';
import { givenPromotion } from '../promoted-shop.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer, givenOrder, givenUser, givenVariant, storeOrder } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const minutes = (count: number) => (BUILT_AT + count * 60_000) as Instant;
const NOBODY = 'nobody@people.example';

export function guestOrdersContract(open: OpenShop): void {
  describe('an order of a guest', () => {
    const shop = shopOfSuite(open);

    async function givenGuestOrder(
      email: string,
      { isCancelled = false, at = minutes(1) }: { isCancelled?: boolean; at?: Instant } = {},
    ): Promise<Order> {
      const wanted = [{ ...(await givenVariant(shop())), quantity: 1 }];
      const opened = aCart(null, wanted);
      const cart = (
        await shop().ordering.run(SHOP, ({ carts }) => carts.save(opened))
      )._unsafeUnwrap();
      const order = anOrderOf(cart, { email, at, notes: `notes of ${email}` });
      const stored = isCancelled
        ? order.cancel('too dear for me', minutes(2))._unsafeUnwrap()
        : order;
      await storeOrder(shop(), cart, stored);
      return stored;
    }

    const read = async ({ state }: Order) =>
      (await shop().orderQueries.find(state.id, null))._unsafeUnwrap();
    const lookUp = async (number: string, email: string) =>
      (
        await shop().ordering.run(SHOP, ({ lookups }) => lookups.find(number, email))
      )._unsafeUnwrap();

    it('has no customer, and is nobody’s to find but who works here', async () => {
      const order = await givenGuestOrder('ann@people.example');
      const { id } = order.state;
      expect(await read(order)).toMatchObject({ customerId: null, email: 'ann@people.example' });
      const somebody = await givenCustomer(shop());
      expect((await shop().orderQueries.find(id, somebody)).isErr()).toBe(true);
      expect((await shop().orderQueries.list(somebody, { page: 1, pageSize: 20 })).items).toEqual(
        [],
      );
      const hold = (customerId: typeof somebody | null) =>
        shop().ordering.run(SHOP, ({ orders }) =>
          orders.holdForPayment(id, customerId).andThen(() => orders.hold(id, customerId)),
        );
      expect((await hold(somebody)).isErr()).toBe(true);
      expect((await hold(null))._unsafeUnwrap().state.customerId).toBeNull();
      const [placed] = await shop().eventsOf(id);
      expect(placed).toMatchObject({
        type: 'ordering.order_placed',
        payload: { customerId: null },
      });
      expect(JSON.stringify(placed)).not.toContain('ann@people.example');
    });

    it('is the first of its address, as long as no other stands', async () => {
      const email = 'first@people.example';
      const factsOf = async (address: string | null) => {
        const customer = { id: null, email: address };
        const query = { at: minutes(5), codes: [], customer };
        return (await shop().promotionsInForce.forCart(query)).buyer;
      };
      const isFirst = async () => (await factsOf(email)).isFirstOrder;
      await givenGuestOrder(NOBODY);
      await givenOrder(shop(), await givenCustomer(shop()), { email });
      expect([await isFirst(), await factsOf(null)]).toEqual([
        true,
        { groups: [], isFirstOrder: true },
      ]);
      await givenGuestOrder(email, { isCancelled: true });
      expect(await isFirst()).toBe(true);
      const first = await givenGuestOrder(email, { at: minutes(3) });
      await givenGuestOrder(email, { at: minutes(4) });
      expect(await isFirst()).toBe(false);
      const firstOrders = await shop().orderQueries.firstOrders(
        [],
        [email, 'other@people.example'],
      );
      expect(firstOrders).toEqual(new Set([first.state.id]));
    });

    it('is found by its number and its own address alone', async () => {
      const order = await givenGuestOrder('lost@people.example');
      const { id, number } = order.state;
      expect(await lookUp(number, 'lost@people.example')).toBe(id);
      expect(await lookUp(number, NOBODY)).toBeNull();
      expect(await lookUp('KAS-2026-000000', 'lost@people.example')).toBeNull();
      const email = 'signed-in@people.example';
      const theirs = await givenOrder(shop(), await givenCustomer(shop()), { email });
      expect(await lookUp(theirs.state.number, email)).toBeNull();
    });

    it('was asked for: that is told whether or not it was found, and only when the work is done', async () => {
      const ask = (orderId: OrderId | null) => {
        const id = builderIds.next();
        const request = orderLookupRequested({ id, orderId, at: minutes(1) });
        return { id, request };
      };
      const { state } = await givenGuestOrder('asker@people.example');
      for (const orderId of [state.id, null]) {
        const { id, request } = ask(orderId);
        const added = await shop().ordering.run(SHOP, ({ lookups }) => lookups.add(request));
        expect(added).toEqual(ok(undefined));
        expect(await shop().eventsOf(id)).toMatchObject([{ payload: { orderId } }]);
      }
      const { id, request } = ask(null);
      const failed = await shop().ordering.run(SHOP, ({ lookups, orders }) =>
        lookups.add(request).andThen(() => orders.hold(builderIds.next(), null)),
      );
      expect([failed.isErr(), await shop().eventsOf(id)]).toEqual([true, []]);
    });

    it('belongs to the account whose proved address it has when that is exported or claimed', async () => {
      const email = emailAddress('prover@people.example');
      const [proved, doubtful] = [
        await givenUser(shop(), aUser({ email }).verifyEmail(minutes(0))),
        await givenUser(shop(), aUser({ email: emailAddress('doubter@people.example') })),
      ];
      const mine = await givenGuestOrder(email);
      const notMine = await givenGuestOrder('doubter@people.example');
      const textOf = async ({ state }: typeof proved) =>
        JSON.stringify(await shop().personalData.collect(state.id));
      expect(await textOf(proved)).toContain(mine.state.number);
      expect(await textOf(doubtful)).not.toContain(notMine.state.number);
      await shop().personalData.claimGuestOrders(proved.state.id, email);
      expect((await read(mine)).customerId).toBe(proved.state.id);
      expect((await read(notMine)).customerId).toBeNull();
    });

    it('or a cart that was merged does not stand in the way of an erasure', async () => {
      const customerId = await givenCustomer(shop());
      const merged = await shop().ordering.run(SHOP, ({ carts }) =>
        carts
          .save(aCart(customerId))
          .andThen((theirs) =>
            carts
              .save(aCart(null))
              .andThen((guest) => carts.save(guest.handOver(theirs.state.id, minutes(1)))),
          ),
      );
      expect(merged.isOk()).toBe(true);
      await shop().personalData.forget(customerId, { ordersPlacedBefore: minutes(5) });
      expect(await shop().carts.findActive(customerId)).toEqual(ok(null));
    });

    it('forgets who it was for when it is over and old enough, and stays counted', async () => {
      const forget = () => shop().personalData.forgetGuests(minutes(5));
      await forget();
      const over = await givenGuestOrder('over@people.example', { isCancelled: true });
      const open = await givenGuestOrder('open@people.example');
      const young = await givenGuestOrder('young@people.example', {
        isCancelled: true,
        at: minutes(9),
      });
      const promotion = await givenPromotion(shop(), { limits: { perCustomer: 1 } });
      const promotionId: PromotionId = promotion.state.id;
      const { totals } = over.state;
      const uses = [{ promotionId, couponId: null, discount: totals.discount }];
      const used = await shop().pricing.run(SHOP, (tx) =>
        tx.uses.redeem(over.state.id, uses, { id: null, email: 'over@people.example' }, minutes(1)),
      );
      expect(used.isOk()).toBe(true);
      expect([await forget(), await forget()]).toEqual([1, 0]);
      const forgotten = await read(over);
      expect(forgotten).toMatchObject({
        email: null,
        notes: '',
        shippingAddress: { name: 'Erased' },
        totals,
      });
      expect(JSON.stringify(forgotten)).not.toContain('too dear');
      expect((await read(open)).email).toBe('open@people.example');
      expect((await read(young)).email).toBe('young@people.example');
      const counted = await shop().pricing.run(SHOP, (tx) =>
        tx.uses.usesOf([promotionId], { id: null, email: 'over@people.example' }),
      );
      expect(counted._unsafeUnwrap()).toEqual([{ promotionId, total: 1, byCustomer: 0 }]);
    });
  });
}
