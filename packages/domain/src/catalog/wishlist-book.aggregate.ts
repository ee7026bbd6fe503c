import { err, ok, type Result } from 'neverthrow';

import type { UserId, WishlistId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { parseText, type InvalidText } from '../core/text.value.ts';
import type {
  DefaultWishlistNeeded,
  TooManyWishlists,
  WishlistNotFound,
} from './wishlist.errors.ts';

/** A list of things that somebody would like to have; what is on it is held apart. */
export type Wishlist = {
  readonly id: WishlistId;
  readonly name: string;
  readonly isDefault: boolean;
  /** Whoever knows it may see the list; null where it is not shared. */
  readonly shareToken: string | null;
  readonly createdAt: Instant;
  /** Raised with each change of the list or of what is on it. */
  readonly version: number;
};

/** What is undefined stays. */
export type WishlistChanges = {
  readonly name?: string | undefined;
  readonly isDefault?: boolean | undefined;
};

export const MOST_WISHLISTS = 50;

const LONGEST_NAME = 80;

/** The wishlists of one customer, the oldest first. While there is any, exactly one is the default. */
export class WishlistBook {
  readonly customerId: UserId;
  readonly lists: readonly Wishlist[];

  private constructor(customerId: UserId, lists: readonly Wishlist[]) {
    this.customerId = customerId;
    this.lists = Object.freeze(lists);
    Object.freeze(this);
  }

  /** For persistence only. */
  static restore(customerId: UserId, lists: readonly Wishlist[]): WishlistBook {
    return new WishlistBook(customerId, lists);
  }

  find(id: WishlistId): Result<Wishlist, WishlistNotFound> {
    const found = this.lists.find((list) => list.id === id);
    return found === undefined ? err({ code: 'catalog.wishlist_not_found' }) : ok(found);
  }

  /** The first one is the default, whatever is wanted. */
  add(
    draft: { readonly id: WishlistId; readonly name: string; readonly at: Instant },
    wantsDefault = false,
  ): Result<WishlistBook, TooManyWishlists | InvalidText> {
    if (this.lists.length >= MOST_WISHLISTS)
      return err({ code: 'catalog.too_many_wishlists', maximum: MOST_WISHLISTS });
    return parseName(draft.name).map((name) => {
      const isDefault = wantsDefault || this.lists.length === 0;
      const others = isDefault ? this.#withDefault(null).lists : this.lists;
      const added = { id: draft.id, name, isDefault, shareToken: null, createdAt: draft.at };
      return this.#with([...others, { ...added, version: 1 }]);
    });
  }

  /** Names it anew, makes it the default, or both. */
  change(
    id: WishlistId,
    { name, isDefault }: WishlistChanges,
  ): Result<WishlistBook, WishlistNotFound | DefaultWishlistNeeded | InvalidText> {
    return this.find(id).andThen((list) => {
      if (list.isDefault && isDefault === false)
        return err({ code: 'catalog.default_wishlist_needed', path: ['isDefault'] } as const);
      return parseName(name ?? list.name).map((parsed) => {
        const book = parsed === list.name ? this : this.#replace({ ...list, name: parsed });
        return isDefault === true ? book.#withDefault(id) : book;
      });
    });
  }

  /** The oldest of those who are left takes over being the default. */
  remove(id: WishlistId): Result<WishlistBook, WishlistNotFound> {
    return this.find(id).map((removed) => {
      const left = this.#with(this.lists.filter((list) => list.id !== id));
      const [heir] = left.lists;
      return removed.isDefault && heir !== undefined ? left.#withDefault(heir.id) : left;
    });
  }

  /** What is shared already stays so under the token that others know. */
  share(id: WishlistId, token: string): Result<WishlistBook, WishlistNotFound> {
    return this.find(id).map((list) =>
      list.shareToken === null ? this.#replace({ ...list, shareToken: token }) : this,
    );
  }

  /** The token leads nowhere from then on, for good. */
  unshare(id: WishlistId): Result<WishlistBook, WishlistNotFound> {
    return this.find(id).map((list) =>
      list.shareToken === null ? this : this.#replace({ ...list, shareToken: null }),
    );
  }

  /** Another thing is on it, or one less. */
  withChangedItems(id: WishlistId): Result<WishlistBook, WishlistNotFound> {
    return this.find(id).map((list) => this.#replace(list));
  }

  #withDefault(id: WishlistId | null): WishlistBook {
    return this.#with(
      this.lists.map((list) => {
        const isDefault = list.id === id;
        return isDefault === list.isDefault
          ? list
          : { ...list, isDefault, version: list.version + 1 };
      }),
    );
  }

  #replace(list: Wishlist): WishlistBook {
    const next = { ...list, version: list.version + 1 };
    return this.#with(this.lists.map((other) => (other.id === list.id ? next : other)));
  }

  #with(lists: readonly Wishlist[]): WishlistBook {
    return new WishlistBook(this.customerId, lists);
  }
}

function parseName(name: string): Result<string, InvalidText> {
  return parseText(name, { path: ['name'], maximumLength: LONGEST_NAME });
}
