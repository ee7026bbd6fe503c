import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Address } from '../core/address.value.ts';
import type { SavedAddressId, UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { AddressBook, MOST_ADDRESSES, type SavedAddress } from './address-book.aggregate.ts';

const empty = AddressBook.restore('user' as UserId, []);
const idOf = (number: number) => `address ${number}` as SavedAddressId;
const address = (name: string) =>
  Address.parse({
    name,
    line1: 'Street 1',
    city: 'Town',
    postalCode: '1',
    country: 'GB',
  })._unsafeUnwrap();
const draft = (number: number) => ({
  id: idOf(number),
  address: address(`Somebody ${number}`),
  at: number as Instant,
});
/** So many addresses, the first of which is the default for all. */
const bookOf = (count: number) =>
  Array.from({ length: count }, (_, index) => index).reduce(
    (book, number) => book.add(draft(number))._unsafeUnwrap(),
    empty,
  );
const defaultsOf = ({ addresses }: AddressBook) => ({
  shipping: addresses.filter((saved) => saved.isDefaultShipping).map(({ id }) => id),
  billing: addresses.filter((saved) => saved.isDefaultBilling).map(({ id }) => id),
});
const saved = (book: AddressBook, number: number): SavedAddress =>
  book.find(idOf(number))._unsafeUnwrap();

describe('an address book', () => {
  test('has exactly one default of each kind while there is any, whatever is done to it', () => {
    const flag = fc.option(fc.boolean(), { nil: undefined });
    const step = fc.record({
      kind: fc.constantFrom('add', 'change', 'remove'),
      number: fc.nat({ max: 9 }),
      wanted: fc.record({ isDefaultShipping: flag, isDefaultBilling: flag }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let book = empty;
        let next = 0;
        for (const { kind, number, wanted } of steps) {
          const id = book.addresses[number % Math.max(1, book.addresses.length)]?.id ?? idOf(-1);
          const done =
            kind === 'add'
              ? book.add(draft((next += 1)), wanted)
              : kind === 'change'
                ? book.change(id, address(`Other ${number}`), wanted)
                : book.remove(id);
          book = done.unwrapOr(book);
          const expected = book.addresses.length === 0 ? 0 : 1;
          const { shipping, billing } = defaultsOf(book);
          expect([shipping.length, billing.length]).toEqual([expected, expected]);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('takes its first address for everything, even where that was not wanted', () => {
    const wanted = { isDefaultShipping: false, isDefaultBilling: false };
    const book = empty.add(draft(0), wanted)._unsafeUnwrap();
    expect(defaultsOf(book)).toEqual({ shipping: [idOf(0)], billing: [idOf(0)] });
  });

  test('gives a new address what it is wanted for, and what it was before has a new version', () => {
    const book = bookOf(1).add(draft(1), { isDefaultBilling: true })._unsafeUnwrap();
    expect(defaultsOf(book)).toEqual({ shipping: [idOf(0)], billing: [idOf(1)] });
    expect([saved(book, 0).version, saved(book, 1).version]).toEqual([2, 1]);
  });

  test('leaves a default only to another address', () => {
    const book = bookOf(2);
    expect(
      book.change(idOf(0), address('Somebody 0'), { isDefaultShipping: false })._unsafeUnwrapErr(),
    ).toEqual({ code: 'identity.default_address_needed', path: ['isDefaultShipping'] });
    const moved = book
      .change(idOf(1), address('Somebody 1'), { isDefaultShipping: true })
      ._unsafeUnwrap();
    expect(defaultsOf(moved)).toEqual({ shipping: [idOf(1)], billing: [idOf(0)] });
    expect([saved(moved, 0).version, saved(moved, 1).version]).toEqual([2, 2]);
  });

  test('makes the oldest that is left the default in place of one that goes', () => {
    const book = bookOf(3)
      .change(idOf(2), address('Somebody 2'), { isDefaultShipping: true })
      ._unsafeUnwrap();
    expect(defaultsOf(book.remove(idOf(2))._unsafeUnwrap()).shipping).toEqual([idOf(0)]);
    const younger = book.remove(idOf(0))._unsafeUnwrap();
    expect(defaultsOf(younger)).toEqual({ shipping: [idOf(2)], billing: [idOf(1)] });
    expect(saved(younger, 1).version).toBe(2);
  });

  test('raises no version where nothing changes', () => {
    const book = bookOf(2);
    const same = book.change(idOf(1), address('Somebody 1'), {})._unsafeUnwrap();
    expect(same.addresses).toEqual(book.addresses);
    const kept = book.change(idOf(0), address('Somebody 0'), { isDefaultBilling: true });
    expect(kept._unsafeUnwrap().addresses).toEqual(book.addresses);
  });

  test('holds 50, and not one more', () => {
    const full = bookOf(MOST_ADDRESSES);
    expect(full.addresses).toHaveLength(50);
    expect(full.add(draft(99))._unsafeUnwrapErr()).toEqual({
      code: 'identity.address_book_full',
      maximum: 50,
    });
    expect(full.remove(idOf(7))._unsafeUnwrap().add(draft(99)).isOk()).toBe(true);
  });

  test('knows nothing of an address that is not in it', () => {
    const missing = { code: 'identity.address_not_found' };
    expect(bookOf(1).find(idOf(5))._unsafeUnwrapErr()).toEqual(missing);
    expect(bookOf(1).remove(idOf(5))._unsafeUnwrapErr()).toEqual(missing);
    expect(bookOf(1).change(idOf(5), address('x'), {})._unsafeUnwrapErr()).toEqual(missing);
  });
});
