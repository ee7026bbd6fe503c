import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type {
  ProductId,
  UserId,
  VariantId,
  WishlistId,
  WishlistItemId,
} from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { MOST_WISHLISTS, WishlistBook } from './wishlist-book.aggregate.ts';
import { MOST_WISHLIST_ITEMS, WishlistItems } from './wishlist-items.value.ts';

const empty = WishlistBook.restore('user' as UserId, []);
const idOf = (number: number) => `list ${number}` as WishlistId;
const draft = (number: number, name = `List ${number}`) => ({
  id: idOf(number),
  name,
  at: number as Instant,
});
const bookOf = (count: number) =>
  Array.from({ length: count }, (_, index) => index).reduce(
    (book, number) => book.add(draft(number))._unsafeUnwrap(),
    empty,
  );
const defaultsOf = ({ lists }: WishlistBook) =>
  lists.filter(({ isDefault }) => isDefault).map(({ id }) => id);
const versionsOf = ({ lists }: WishlistBook) => lists.map(({ version }) => version);

type Step = {
  readonly kind: 'add' | 'change' | 'remove' | 'share' | 'unshare';
  readonly number: number;
  readonly isDefault: boolean | undefined;
};

function applied(book: WishlistBook, { kind, number, isDefault }: Step, next: number) {
  const id = book.lists[number % Math.max(1, book.lists.length)]?.id ?? idOf(-1);
  switch (kind) {
    case 'add':
      return book.add(draft(next), isDefault);
    case 'change':
      return book.change(id, { name: `Other ${number}`, isDefault });
    case 'remove':
      return book.remove(id);
    case 'share':
      return book.share(id, `token ${number}`);
    case 'unshare':
      return book.unshare(id);
  }
}

describe('the wishlists of a customer', () => {
  test('have exactly one default while there is any, whatever is done to them', () => {
    const step = fc.record({
      kind: fc.constantFrom<Step['kind'][]>('add', 'change', 'remove', 'share', 'unshare'),
      number: fc.nat({ max: 9 }),
      isDefault: fc.option(fc.boolean(), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let book = empty;
        let next = 0;
        for (const each of steps) {
          const before = book;
          const done = applied(book, each, (next += 1));
          book = done.unwrapOr(book);
          expect(defaultsOf(book)).toHaveLength(book.lists.length === 0 ? 0 : 1);
          for (const list of book.lists) {
            const earlier = before.lists.find((other) => other.id === list.id);
            if (earlier !== undefined && earlier !== list)
              expect(list.version).toBeGreaterThan(earlier.version);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('hand the default on, and never give it up', () => {
    const book = bookOf(3);
    expect(defaultsOf(book)).toEqual([idOf(0)]);
    expect(book.change(idOf(0), { isDefault: false })._unsafeUnwrapErr()).toEqual({
      code: 'catalog.default_wishlist_needed',
      path: ['isDefault'],
    });
    const moved = book.change(idOf(2), { isDefault: true })._unsafeUnwrap();
    expect([defaultsOf(moved), versionsOf(moved)]).toEqual([[idOf(2)], [2, 1, 2]]);
    expect(defaultsOf(moved.remove(idOf(2))._unsafeUnwrap())).toEqual([idOf(0)]);
    expect(defaultsOf(book.add(draft(3), true)._unsafeUnwrap())).toEqual([idOf(3)]);
    expect(defaultsOf(empty.add(draft(0), false)._unsafeUnwrap())).toEqual([idOf(0)]);
  });

  test('raise no version where nothing changes', () => {
    const book = bookOf(2).share(idOf(1), 'secret')._unsafeUnwrap();
    for (const same of [
      book.change(idOf(1), { name: ' List 1 ' }),
      book.change(idOf(0), { isDefault: true }),
      book.share(idOf(1), 'another'),
      book.unshare(idOf(0)),
    ])
      expect(same._unsafeUnwrap().lists).toEqual(book.lists);
    expect(versionsOf(book.withChangedItems(idOf(0))._unsafeUnwrap())).toEqual([2, 2]);
  });

  test('are shared under a token that is gone for good when sharing ends', () => {
    const shared = bookOf(1).share(idOf(0), 'secret')._unsafeUnwrap();
    expect(shared.lists[0]?.shareToken).toBe('secret');
    const ended = shared.unshare(idOf(0))._unsafeUnwrap();
    expect(ended.lists[0]).toMatchObject({ shareToken: null, version: 3 });
    expect(ended.share(idOf(0), 'new')._unsafeUnwrap().lists[0]?.shareToken).toBe('new');
  });

  test('are 50 at most, each with a name', () => {
    const full = bookOf(MOST_WISHLISTS);
    expect(full.lists).toHaveLength(50);
    expect(full.add(draft(99))._unsafeUnwrapErr()).toEqual({
      code: 'catalog.too_many_wishlists',
      maximum: 50,
    });
    expect(empty.add(draft(0, ' '))._unsafeUnwrapErr()).toMatchObject({ path: ['name'] });
    expect(
      bookOf(1)
        .change(idOf(0), { name: 'x'.repeat(81) })
        .isErr(),
    ).toBe(true);
  });

  test('know nothing of a list that is not among them', () => {
    const missing = { code: 'catalog.wishlist_not_found' };
    const book = bookOf(1);
    for (const tried of [
      book.find(idOf(5)),
      book.change(idOf(5), {}),
      book.remove(idOf(5)),
      book.share(idOf(5), 'secret'),
      book.unshare(idOf(5)),
      book.withChangedItems(idOf(5)),
    ])
      expect(tried._unsafeUnwrapErr()).toEqual(missing);
  });
});

describe('what is on a wishlist', () => {
  const wish = (number: number, variant: string | null = null) => ({
    id: `item ${number} ${variant}` as WishlistItemId,
    productId: `product ${number}` as ProductId,
    variantId: variant as VariantId | null,
    addedAt: number as Instant,
  });
  const none = WishlistItems.restore([]);

  test('is there once: a product, and each of its variants', () => {
    const items = [wish(1), wish(1, 'S'), wish(1, 'M'), wish(2)].reduce(
      (all, each) => all.add(each)._unsafeUnwrap(),
      none,
    );
    expect(items.items).toHaveLength(4);
    expect(items.add({ ...wish(1, 'S'), id: 'other' as WishlistItemId })._unsafeUnwrap()).toBe(
      items,
    );
    const fewer = items.remove(wish(1, 'S').id)._unsafeUnwrap();
    expect(fewer.items.map(({ variantId }) => variantId)).toEqual([null, 'M', null]);
    expect(fewer.remove(wish(1, 'S').id)._unsafeUnwrapErr()).toEqual({
      code: 'catalog.wishlist_item_not_found',
    });
  });

  test('is 500 things at most', () => {
    const full = WishlistItems.restore(
      Array.from({ length: MOST_WISHLIST_ITEMS }, (_, number) => wish(number)),
    );
    expect(full.items).toHaveLength(500);
    expect(full.add(wish(500))._unsafeUnwrapErr()).toEqual({
      code: 'catalog.wishlist_full',
      maximum: 500,
    });
    expect(full.add(wish(7))._unsafeUnwrap()).toBe(full);
  });
});
