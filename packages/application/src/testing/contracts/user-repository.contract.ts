import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { UserId } from '@kastoma/domain/core';

import { builderIds } from '../builders/builder-ids.ts';
import { aUser, emailAddress } from '../builders/user.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenUser } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function userRepositoryContract(open: OpenShop): void {
  describe('a user repository', () => {
    const shop = shopOfSuite(open);

    it('knows no administrator in a new shop, and one as soon as there is one', async () => {
      await givenUser(shop(), aUser({ role: 'staff' }));
      expect(await hasAdmin()).toEqual(ok(false));
      await givenUser(shop(), aUser({ role: 'admin' }));
      expect(await hasAdmin()).toEqual(ok(true));
    });

    it('finds a user by id and by address, with nothing left to tell', async () => {
      const user = await givenUser(shop(), aUser({ email: emailAddress('Ünï@bücher.example') }));
      for (const found of [
        await shop().users.find(user.state.id),
        await shop().users.findByEmail(user.state.email),
      ]) {
        expect(found._unsafeUnwrap().state).toEqual(user.state);
        expect(found._unsafeUnwrap().version).toBe(1);
        expect(found._unsafeUnwrap().pending).toEqual([]);
      }
    });

    it('finds nobody under an unknown id or address', async () => {
      const nobody = err({ code: 'identity.user_not_found' });
      expect(await shop().users.find(builderIds.next<UserId>())).toEqual(nobody);
      expect(await shop().users.findByEmail(emailAddress())).toEqual(nobody);
    });

    it('refuses a second account under one address, and tells nothing of it', async () => {
      const email = emailAddress();
      await givenUser(shop(), aUser({ email }));
      const second = aUser({ email });
      const added = await shop().identity.run(SHOP, ({ users }) => users.add(second));
      expect(added).toEqual(err({ code: 'identity.email_taken' }));
      expect((await shop().users.find(second.state.id)).isErr()).toBe(true);
      expect(await shop().eventsOf(second.state.id)).toEqual([]);
    });

    it('lets one of ten have an address that all of them want at once', async () => {
      const email = emailAddress();
      const runs = await times(10, () =>
        shop().identity.run(SHOP, ({ users }) => users.add(aUser({ email }))),
      );
      expect(runs.filter((run) => run.isOk())).toHaveLength(1);
      expect(runs.filter((run) => run.isErr())).toEqual(
        Array.from({ length: 9 }, () => err({ code: 'identity.email_taken' })),
      );
    });

    function hasAdmin() {
      return shop().identity.run(SHOP, ({ users }) => users.hasAdmin());
    }
  });
}
