import { err, errAsync, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, UserId } from '@kastoma/domain/core';
import {
  parseAvatar,
  parseBirthDate,
  parseCustomerGroups,
  parseLocale,
  parsePersonName,
  User,
  type PasswordHash,
} from '@kastoma/domain/identity';

import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { aUser, emailAddress } from '../builders/user.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenUser } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const LATER = (BUILT_AT + 60_000) as Instant;

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

    it('stores what became of a user, with what there is to tell of it', async () => {
      const user = await givenUser(shop());
      const changes = {
        firstName: parsePersonName('Zoë')._unsafeUnwrap(),
        phone: '0171/123456',
        locale: parseLocale('de-AT')._unsafeUnwrap(),
        birthDate: parseBirthDate('2000-02-29')._unsafeUnwrap(),
        avatar: parseAvatar('https://images.example/a.jpg')._unsafeUnwrap(),
        marketingConsent: true,
      };
      const changed = user
        .changeProfile(changes, LATER)
        ._unsafeUnwrap()
        .changeRole('staff', LATER)
        .changeGroups(parseCustomerGroups(['vip', 'press'])._unsafeUnwrap(), LATER)
        .deactivate(LATER)
        .verifyEmail(LATER);
      expect((await save(changed)).isOk()).toBe(true);
      const stored = (await shop().users.find(user.state.id))._unsafeUnwrap();
      expect(stored.state).toEqual(changed.state);
      expect(stored.version).toBe(6);
    });

    it('keeps a password that was hashed anew, without a new version or a word', async () => {
      const user = await givenUser(shop());
      const stored = User.restore(user.state, user.version);
      expect((await save(stored.rehash('stronger' as PasswordHash))).isOk()).toBe(true);
      const found = (await shop().users.find(user.state.id))._unsafeUnwrap();
      expect(found.state).toEqual({ ...user.state, passwordHash: 'stronger' });
      expect(found.version).toBe(user.version);
      expect(await shop().eventsOf(user.state.id)).toHaveLength(1);
      const changed = stored.changePassword('another' as PasswordHash, LATER);
      expect((await save(changed)).isOk()).toBe(true);
      expect(await save(stored.rehash('late' as PasswordHash))).toEqual(
        err({ code: 'core.concurrent_update' }),
      );
    });

    it('refuses to save over what somebody else saved in between', async () => {
      const read = await givenUser(shop());
      const runs = await times(5, () => save(read.changeRole('staff', LATER)));
      expect(runs.filter((run) => run.isOk())).toHaveLength(1);
      expect(runs.find((run) => run.isErr())).toEqual(err({ code: 'core.concurrent_update' }));
      const events = await shop().eventsOf(read.state.id);
      expect(events.map(({ type }) => type)).toEqual([
        'identity.user_registered',
        'identity.role_changed',
      ]);
    });

    it('finds an erased account no more, and its address is free again', async () => {
      const email = emailAddress();
      const user = await givenUser(shop(), aUser({ email, role: 'admin' }));
      expect((await save(user.erase(LATER))).isOk()).toBe(true);
      const nobody = err({ code: 'identity.user_not_found' });
      expect(await shop().users.find(user.state.id)).toEqual(nobody);
      expect(await shop().users.findByEmail(email)).toEqual(nobody);
      expect(await shop().users.findByEmail(user.erase(LATER).state.email)).toEqual(nobody);
      const again = await givenUser(shop(), aUser({ email }));
      expect((await shop().users.findByEmail(email))._unsafeUnwrap().state.id).toBe(again.state.id);
      const late = User.restore(user.erase(LATER).state, 2).changeRole('staff', LATER);
      expect(await save(late)).toEqual(err({ code: 'core.concurrent_update' }));
    });

    it('counts the administrators who can sign in', async () => {
      const held = async () =>
        (await shop().identity.run(SHOP, ({ users }) => users.holdActiveAdmins()))._unsafeUnwrap();
      const before = await held();
      const [stays, goes, rests] = [
        await givenUser(shop(), aUser({ role: 'admin' })),
        await givenUser(shop(), aUser({ role: 'admin' })),
        await givenUser(shop(), aUser({ role: 'admin' })),
      ];
      await givenUser(shop(), aUser({ role: 'staff' }));
      expect((await save(goes.erase(LATER))).isOk()).toBe(true);
      expect((await save(rests.deactivate(LATER))).isOk()).toBe(true);
      expect(new Set(await held())).toEqual(new Set([...before, stays.state.id]));
    });

    it('lets one of two administrators go who both would, and never the last one', async () => {
      const opened = await open();
      const { identity } = opened.ports;
      const admins = [
        await givenUser(opened.ports, aUser({ role: 'admin' })),
        await givenUser(opened.ports, aUser({ role: 'admin' })),
      ];
      const runs = await Promise.all(
        admins.map((admin) =>
          identity.run(SHOP, ({ users }) =>
            users
              .holdActiveAdmins()
              .andThen((held) =>
                held.length > 1
                  ? users.save(admin.changeRole('staff', LATER))
                  : errAsync({ code: 'test.last_one' as const }),
              ),
          ),
        ),
      );
      await opened.close();
      expect(runs.filter((run) => run.isOk())).toHaveLength(1);
      expect(runs.find((run) => run.isErr())).toEqual(err({ code: 'test.last_one' }));
    });

    function save(user: User) {
      return shop().identity.run(SHOP, ({ users }) => users.save(user));
    }

    function hasAdmin() {
      return shop().identity.run(SHOP, ({ users }) => users.hasAdmin());
    }
  });
}
