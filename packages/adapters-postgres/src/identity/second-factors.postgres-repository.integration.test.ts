import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import {
  FakeSecondFactorSecrets,
  givenSecondFactor,
  givenUser,
  latch,
  secondFactorRepositoryContract,
  SHOP,
  type ShopPorts,
} from '@kastoma/application/testing';

import { postgresShop, postgresShopsOn } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

secondFactorRepositoryContract(postgresShopsOn(inject('postgresUrl')));

describe('while somebody signs in with a code', () => {
  let test: TestDatabase;
  let shop: ShopPorts;

  beforeAll(async () => {
    test = await createTestDatabase(inject('postgresUrl'), { poolSize: 4 });
    shop = postgresShop(test.database);
  });

  afterAll(() => test.drop());

  it('whoever else comes with one for the same account waits, and finds it used', async () => {
    const user = await givenUser(shop);
    await givenSecondFactor(shop, user, new FakeSecondFactorSecrets());
    const { id } = user.state;
    const [held, mayGoOn] = [latch(), latch()];
    const first = shop.identity.run(SHOP, async ({ secondFactors }) => {
      const factor = (await secondFactors.hold(id))._unsafeUnwrap();
      held.open();
      await mayGoOn.opened;
      return secondFactors.save(factor.useStep(60_000_000));
    });
    await held.opened;
    let seen: number | null = null;
    const second = shop.identity.run(SHOP, ({ secondFactors }) =>
      secondFactors.hold(id).andTee(({ state }) => {
        seen = state.lastUsedStep;
      }),
    );
    await pause(200);
    expect(seen).toBeNull();
    mayGoOn.open();
    expect((await first).isOk()).toBe(true);
    expect((await second).isOk()).toBe(true);
    expect(seen).toBe(60_000_000);
  });
});
