import { ok, ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { UserId } from '@kastoma/domain/core';

import { builderIds } from '../builders/builder-ids.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function customersContract(open: OpenShop): void {
  describe('customers, as ordering sees them', () => {
    const shop = shopOfSuite(open);
    const exists = (id: UserId) =>
      shop().ordering.run(SHOP, ({ customers }) =>
        ResultAsync.fromSafePromise(customers.exists(id)),
      );

    it('are those who have an account, and nobody else', async () => {
      expect(await exists(await givenCustomer(shop()))).toEqual(ok(true));
      expect(await exists(builderIds.next<UserId>())).toEqual(ok(false));
    });
  });
}
