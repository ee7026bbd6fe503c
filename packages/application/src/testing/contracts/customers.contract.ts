import { ok, ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, UserId } from '@kastoma/domain/core';

import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { aUser } from '../builders/user.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer, givenOrder, givenUser } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function customersContract(open: OpenShop): void {
  describe('customers, as ordering sees them', () => {
    const shop = shopOfSuite(open);
    const exists = (id: UserId) =>
      shop().ordering.run(SHOP, ({ customers }) =>
        ResultAsync.fromSafePromise(customers.exists(id)),
      );

    const factsOf = async (id: UserId) => {
      const customer = { id, email: null };
      const found = { at: BUILT_AT as Instant, codes: [], customer };
      return (await shop().promotionsInForce.forCart(found)).buyer;
    };

    it('are those who have an account, and nobody else', async () => {
      expect(await exists(await givenCustomer(shop()))).toEqual(ok(true));
      expect(await exists(builderIds.next<UserId>())).toEqual(ok(false));
    });

    it('are in the groups that somebody put them into, and in none at first', async () => {
      const wholesaler = await givenUser(shop(), aUser({ groups: ['vip', 'wholesale'] }));
      expect((await factsOf(wholesaler.state.id)).groups).toEqual(['vip', 'wholesale']);
      expect((await factsOf(await givenCustomer(shop()))).groups).toEqual([]);
      expect((await factsOf(builderIds.next<UserId>())).groups).toEqual([]);
    });

    it('are looked up together, those who are in a group', async () => {
      const wholesaler = await givenUser(shop(), aUser({ groups: ['vip', 'wholesale'] }));
      const { id } = wholesaler.state;
      const asked = [id, await givenCustomer(shop()), builderIds.next<UserId>()];
      expect([...(await shop().customers.groupsOf(asked))]).toEqual([[id, ['vip', 'wholesale']]]);
      expect([...(await shop().customers.groupsOf([]))]).toEqual([]);
    });

    it('order for the first time until they have ordered', async () => {
      const [buyer, other] = [await givenCustomer(shop()), await givenCustomer(shop())];
      expect((await factsOf(buyer)).isFirstOrder).toBe(true);
      await givenOrder(shop(), buyer);
      expect((await factsOf(buyer)).isFirstOrder).toBe(false);
      await givenOrder(shop(), buyer);
      expect((await factsOf(buyer)).isFirstOrder).toBe(false);
      expect((await factsOf(other)).isFirstOrder).toBe(true);
      expect((await factsOf(builderIds.next<UserId>())).isFirstOrder).toBe(true);
    });
  });
}
