import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { aUser, givenUser, latch, SHOP, type ShopPorts } from '@kastoma/application/testing';
import type { Instant, UserId } from '@kastoma/domain/core';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

const NOON = Date.parse('2026-11-23T12:00:00Z') as Instant;

let test: TestDatabase;
let shop: ShopPorts;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 4 });
  shop = postgresShop(test.database);
});

afterAll(() => test.drop());

describe('while one of two administrators is going', () => {
  it('whoever would send the other one away waits, and finds that it is the last one', async () => {
    const [one, other] = [
      await givenUser(shop, aUser({ role: 'admin' })),
      await givenUser(shop, aUser({ role: 'admin' })),
    ];
    const [held, mayGoOn] = [latch(), latch()];
    const first = shop.identity.run(SHOP, async ({ users }) => {
      expect((await users.holdActiveAdmins())._unsafeUnwrap()).toHaveLength(2);
      held.open();
      await mayGoOn.opened;
      return users.save(one.deactivate(NOON));
    });
    await held.opened;
    let seen: readonly UserId[] | null = null;
    const second = shop.identity.run(SHOP, ({ users }) =>
      users.holdActiveAdmins().andTee((admins) => {
        seen = admins;
      }),
    );
    await pause(200);
    expect(seen).toBeNull();
    mayGoOn.open();
    expect((await first).isOk()).toBe(true);
    expect((await second)._unsafeUnwrap()).toEqual([other.state.id]);
  });
});
