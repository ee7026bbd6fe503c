import { err, errAsync, ok, okAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { UserId } from '@kastoma/domain/core';
import type { TokenHash } from '@kastoma/domain/identity';

import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import { aSession } from '../builders/session.builder.ts';
import { aUser } from '../builders/user.builder.ts';
import { asCustomer, SHOP } from '../contexts.ts';
import type { OpenShop, ShopPorts } from '../shop-ports.ts';
import { givenCustomer } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function unitOfWorkContract(open: OpenShop): void {
  describe('a unit of work', () => {
    const shop = shopOfSuite(open);

    it('commits what was stored and what was told of it together', async () => {
      const user = aUser();
      const context = asCustomer(user.state.id);
      const run = await shop().identity.run(context, ({ users }) => users.add(user));
      expect(run.isOk()).toBe(true);
      expect((await shop().users.find(user.state.id))._unsafeUnwrap().state).toEqual(user.state);
      expect(await shop().eventsOf(user.state.id)).toEqual([
        { ...user.pending[0], correlationId: 'test', actor: `user:${user.state.id}` },
      ]);
    });

    it('gives back what the work gave', async () => {
      expect(await shop().identity.run(SHOP, () => okAsync(42))).toEqual(ok(42));
      expect(await shop().identity.run(SHOP, async () => ok('of a promise'))).toEqual(
        ok('of a promise'),
      );
    });

    it('shows the work what it stored itself', async () => {
      const user = aUser();
      const found = await shop().identity.run(SHOP, ({ users }) =>
        users.add(user).andThen(() => users.find(user.state.id)),
      );
      expect(found._unsafeUnwrap().state).toEqual(user.state);
    });

    it('leaves nothing of work that ends in an error, which is given back as it is', async () => {
      const user = aUser();
      const refusal = { code: 'test.refused' as const, because: ['of', 'this'] };
      const run = await shop().identity.run(SHOP, ({ users }) =>
        users.add(user).andThen(() => err(refusal)),
      );
      expect(run).toEqual(err(refusal));
      await expectNothingOf(shop(), user.state.id);
    });

    it.each([
      ['thrown at once', () => fail()],
      ['thrown later', async () => Promise.resolve().then(() => fail())],
    ])('leaves nothing of work that breaks, and lets the defect be seen: %s', async (_, breaks) => {
      const user = aUser();
      const run = shop().identity.run(SHOP, async ({ users }) => {
        const added = await users.add(user);
        await breaks();
        return added;
      });
      await expect(Promise.resolve(run)).rejects.toThrow('a defect');
      await expectNothingOf(shop(), user.state.id);
    });

    it('goes on with others after work that broke', async () => {
      const broken = shop().identity.run(SHOP, async () => fail());
      await expect(Promise.resolve(broken)).rejects.toThrow('a defect');
      expect(await givenCustomer(shop())).not.toBe('');
    });

    it('does the work again when somebody else was faster, and keeps the last attempt only', async () => {
      const attempts = [aUser(), aUser(), aUser()];
      let made = 0;
      const run = await shop().identity.run(SHOP, ({ users }) => {
        const user = attempts[made] ?? aUser();
        made += 1;
        return users.add(user).andThen(() => (made < 3 ? err(conflict()) : ok(made)));
      });
      expect(run).toEqual(ok(3));
      const kept = await Promise.all(
        attempts.map(async ({ state }) => (await shop().users.find(state.id)).isOk()),
      );
      expect(kept).toEqual([false, false, true]);
    });

    it('gives up when somebody else is always faster', async () => {
      let attempts = 0;
      const run = await shop().identity.run(SHOP, () => {
        attempts += 1;
        return errAsync(conflict());
      });
      expect(run).toEqual(err(conflict()));
      expect(attempts).toBeGreaterThan(1);
      expect(attempts).toBeLessThan(20);
    });

    it('does not do work again that was refused for another reason', async () => {
      let attempts = 0;
      const run = await shop().identity.run(SHOP, () => {
        attempts += 1;
        return errAsync({ code: 'test.refused' });
      });
      expect(run).toEqual(err({ code: 'test.refused' }));
      expect(attempts).toBe(1);
    });

    it('loses no change of several that are made at once', async () => {
      const session = aSession(await givenCustomer(shop()));
      const opened = await shop().identity.run(SHOP, ({ sessions }) => sessions.save(session));
      expect(opened.isOk()).toBe(true);
      const runs = await times(3, () =>
        shop().identity.run(SHOP, ({ sessions }) =>
          sessions.find(session.state.id).andThen((found) => {
            const { family, good, createdAt } = found.state;
            const own = good[0] ?? family;
            return found
              .rotate({ family, own }, `${own}+` as TokenHash, createdAt)
              .asyncAndThen((next) => sessions.save(next));
          }),
        ),
      );
      expect(runs.map((run) => run.isOk())).toEqual([true, true, true]);
      const found = await shop().identity.run(SHOP, ({ sessions }) =>
        sessions.find(session.state.id),
      );
      expect(found._unsafeUnwrap().state.good).toEqual(['first+++']);
      expect(found._unsafeUnwrap().version).toBe(4);
    });

    it('commits many at once', async () => {
      const users = Array.from({ length: 40 }, () => aUser());
      const runs = await Promise.all(
        users.map((user) => shop().identity.run(SHOP, (tx) => tx.users.add(user))),
      );
      expect(runs.every((run) => run.isOk())).toBe(true);
      const events = await Promise.all(users.map(({ state }) => shop().eventsOf(state.id)));
      expect(events.map(({ length }) => length)).toEqual(users.map(() => 1));
    });
  });
}

function conflict(): ConcurrentUpdate {
  return { code: 'core.concurrent_update' };
}

function fail(): never {
  throw new Error('a defect');
}

async function expectNothingOf(shop: ShopPorts, userId: UserId): Promise<void> {
  const found = await shop.identity.run(SHOP, ({ users }) => users.find(userId));
  expect(found).toEqual(err({ code: 'identity.user_not_found' }));
  expect(await shop.eventsOf(userId)).toEqual([]);
}
