import { describe, expect, it } from 'vitest';

import type { Instant, Role } from '@kastoma/domain/core';
import { User } from '@kastoma/domain/identity';

import type { UserFilter } from '../../identity/user-queries.port.ts';
import { BUILT_AT } from '../builders/builder-ids.ts';
import { aUser, emailAddress } from '../builders/user.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenUser } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const EVERYBODY: UserFilter = { search: null, role: null, active: null };
const LATER = (BUILT_AT + 60_000) as Instant;

export function userQueriesContract(open: OpenShop): void {
  describe('queries on accounts', () => {
    const shop = shopOfSuite(open);
    const list = async (filter: Partial<UserFilter>, page = 1, pageSize = 100) => {
      const found = await shop().userQueries.list({ ...EVERYBODY, ...filter }, { page, pageSize });
      return { ...found, items: found.items.map(({ state }) => state.email) };
    };
    const person = async (email: string, minute: number, role: Role = 'customer') => {
      const user = aUser({ email: emailAddress(email), role });
      const at = (BUILT_AT + minute * 60_000) as Instant;
      return givenUser(shop(), User.restore({ ...user.state, createdAt: at }, 1));
    };
    const save = async (user: User) => {
      const saved = await shop().identity.run(SHOP, ({ users }) => users.save(user));
      expect(saved.isOk()).toBe(true);
    };

    it('list the latest first, each on one page', async () => {
      for (const minute of [2, 4, 1, 3, 5]) await person(`leafed-${minute}@example.com`, minute);
      const pages = await Promise.all(
        [1, 2, 3, 4].map((page) => list({ search: 'leafed-' }, page, 2)),
      );
      expect(pages.map(({ items }) => items.map((email) => email.slice(7, 8)))).toEqual([
        ['5', '4'],
        ['3', '2'],
        ['1'],
        [],
      ]);
      expect(pages.map(({ count, countIsExact }) => [count, countIsExact])).toEqual(
        pages.map(() => [5, true]),
      );
    });

    it('show an account as it is stored', async () => {
      const user = await givenUser(shop(), aUser({ groups: ['vip'] }));
      const { items } = await shop().userQueries.list(
        { ...EVERYBODY, search: user.state.email },
        { page: 1, pageSize: 10 },
      );
      expect(items.map(({ state, version }) => [state, version])).toEqual([[user.state, 1]]);
    });

    it('search address and name in any case, and take what is typed literally', async () => {
      await person('grace.hopper@example.com', 1);
      expect((await list({ search: 'GRACE.H' })).items).toEqual(['grace.hopper@example.com']);
      expect((await list({ search: 'grace%' })).items).toEqual([]);
      expect((await list({ search: 'grace_hopper' })).items).toEqual([]);
      expect((await list({ search: String.raw`grace\.` })).items).toEqual([]);
      expect((await list({ search: "'; drop table identity.users; --" })).items).toEqual([]);
      expect((await list({ search: 'ada shopper' })).items).toContain('grace.hopper@example.com');
    });

    it('tell those who may sign in from those who may not, and show nobody who was erased', async () => {
      const stored = async (name: string, role: Role) =>
        person(`sorted-${name}@example.com`, 1, role);
      await stored('open', 'customer');
      await save((await stored('shut', 'staff')).deactivate(LATER));
      await save((await stored('gone', 'customer')).erase(LATER));
      const sorted = { search: 'sorted-' };
      expect((await list({ ...sorted, active: true })).items).toEqual(['sorted-open@example.com']);
      expect((await list({ ...sorted, active: false })).items).toEqual(['sorted-shut@example.com']);
      expect((await list({ ...sorted, role: 'staff' })).items).toEqual(['sorted-shut@example.com']);
      expect((await list({ ...sorted, role: 'admin' })).items).toEqual([]);
      expect((await list(sorted)).count).toBe(2);
      expect((await list({ search: 'erased' })).items).toEqual([]);
    });
  });
}
