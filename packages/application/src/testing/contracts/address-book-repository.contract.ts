import { err, errAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, SavedAddressId, UserId } from '@kastoma/domain/core';
import type { AddressBook } from '@kastoma/domain/identity';

import { SaveAddress } from '../../identity/save-address.use-case.ts';
import { anAddress } from '../builders/address.builder.ts';
import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { asCustomer, SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer, givenUser } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function addressBookRepositoryContract(open: OpenShop): void {
  describe('an address book repository', () => {
    const shop = shopOfSuite(open);
    const change = (userId: UserId, work: (book: AddressBook) => AddressBook) =>
      shop().identity.run(SHOP, ({ addressBooks }) =>
        addressBooks.find(userId).andThen((book) => addressBooks.save(work(book))),
      );
    const draft = (name: string, minute = 0) => ({
      id: builderIds.next<SavedAddressId>(),
      address: anAddress({ name }),
      at: (BUILT_AT + minute * 60_000) as Instant,
    });
    const stored = async (userId: UserId) => (await shop().addressBooks.read(userId)).addresses;

    it('is empty at first, and nobody has one without an account', async () => {
      const userId = await givenCustomer(shop());
      expect(await stored(userId)).toEqual([]);
      expect(await stored(builderIds.next<UserId>())).toEqual([]);
      expect(await change(builderIds.next<UserId>(), (book) => book)).toEqual(
        err({ code: 'identity.user_not_found' }),
      );
      const gone = (await givenUser(shop())).erase(BUILT_AT as Instant);
      expect((await shop().identity.run(SHOP, ({ users }) => users.save(gone))).isOk()).toBe(true);
      expect((await change(gone.state.id, (book) => book)).isErr()).toBe(true);
    });

    it('keeps each change of a book, the oldest address first', async () => {
      const [userId, other] = [await givenCustomer(shop()), await givenCustomer(shop())];
      const [home, office, cabin] = [draft('Home', 1), draft('Office', 2), draft('Cabin', 3)];
      const steps: readonly ((book: AddressBook) => AddressBook)[] = [
        (book) => book.add(home)._unsafeUnwrap(),
        (book) => book.add(office, { isDefaultBilling: true })._unsafeUnwrap(),
        (book) => book.add(cabin, { isDefaultShipping: true })._unsafeUnwrap(),
        (book) =>
          book.change(office.id, office.address, { isDefaultShipping: true })._unsafeUnwrap(),
        (book) =>
          book
            .change(home.id, anAddress({ name: 'New home', line2: 'Flat “7”' }), {})
            ._unsafeUnwrap(),
        (book) => book.remove(office.id)._unsafeUnwrap(),
        (book) => book.remove(home.id)._unsafeUnwrap(),
        (book) => book.remove(cabin.id)._unsafeUnwrap(),
      ];
      expect(
        (await change(other, (book) => book.add(draft('Elsewhere'))._unsafeUnwrap())).isOk(),
      ).toBe(true);
      let expected = await shop().addressBooks.read(userId);
      for (const step of steps) {
        expected = step(expected);
        expect((await change(userId, step)).isOk()).toBe(true);
        expect(await stored(userId)).toEqual(expected.addresses);
      }
      expect((await stored(other)).map(({ address }) => address.name)).toEqual(['Elsewhere']);
    });

    it('has one default of each kind, though ten addresses come at once that all would be it', async () => {
      const userId = await givenCustomer(shop());
      const { identity: unitOfWork, ids, clock } = shop();
      const saveAddress = new SaveAddress({ unitOfWork, ids, clock });
      const wanted = { isDefaultShipping: true, isDefaultBilling: true };
      const runs = await times(10, () =>
        saveAddress.execute({ userId, address: anAddress(), wanted }, asCustomer(userId)),
      );
      expect(runs.every((run) => run.isOk())).toBe(true);
      const addresses = await stored(userId);
      expect(addresses).toHaveLength(10);
      expect(addresses.filter((saved) => saved.isDefaultShipping)).toHaveLength(1);
      expect(addresses.filter((saved) => saved.isDefaultBilling)).toHaveLength(1);
    });

    it('forgets what a failed transaction had put in', async () => {
      const userId = await givenCustomer(shop());
      const run = await shop().identity.run(SHOP, ({ addressBooks }) =>
        addressBooks
          .find(userId)
          .andThen((book) => addressBooks.save(book.add(draft('Nowhere'))._unsafeUnwrap()))
          .andThen(() => errAsync({ code: 'test.refused' as const })),
      );
      expect(run.isErr()).toBe(true);
      expect(await stored(userId)).toEqual([]);
    });
  });
}
