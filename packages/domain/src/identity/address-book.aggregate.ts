import { err, ok, type Result } from 'neverthrow';

import type { Address } from '../core/address.value.ts';
import type { SavedAddressId, UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';

/** An address that somebody keeps to use again. */
export type SavedAddress = {
  readonly id: SavedAddressId;
  readonly address: Address;
  readonly isDefaultShipping: boolean;
  readonly isDefaultBilling: boolean;
  readonly createdAt: Instant;
  /** Raised with each change of the address, or of what it is the default for. */
  readonly version: number;
};

/** What it shall be the default for; what is left out is decided by the book. */
export type WantedDefaults = {
  readonly isDefaultShipping?: boolean | undefined;
  readonly isDefaultBilling?: boolean | undefined;
};

export type AddressNotFound = { readonly code: 'identity.address_not_found' };
export type AddressBookFull = {
  readonly code: 'identity.address_book_full';
  readonly maximum: number;
};
/** There is always one: another address is made the default instead. */
export type DefaultAddressNeeded = {
  readonly code: 'identity.default_address_needed';
  readonly path: readonly ['isDefaultShipping' | 'isDefaultBilling'];
};

export const MOST_ADDRESSES = 50;

const DEFAULTS = ['isDefaultShipping', 'isDefaultBilling'] as const;

/**
 * The addresses of one account, the oldest first. While there is any, exactly one is the
 * default for shipping and exactly one for billing, which may be the same.
 */
export class AddressBook {
  readonly userId: UserId;
  readonly addresses: readonly SavedAddress[];

  private constructor(userId: UserId, addresses: readonly SavedAddress[]) {
    this.userId = userId;
    this.addresses = Object.freeze(addresses);
    Object.freeze(this);
  }

  /** For persistence only. */
  static restore(userId: UserId, addresses: readonly SavedAddress[]): AddressBook {
    return new AddressBook(userId, addresses);
  }

  find(id: SavedAddressId): Result<SavedAddress, AddressNotFound> {
    const found = this.addresses.find((saved) => saved.id === id);
    return found === undefined ? err({ code: 'identity.address_not_found' }) : ok(found);
  }

  /** The first one is the default for everything, whatever is wanted. */
  add(
    draft: { readonly id: SavedAddressId; readonly address: Address; readonly at: Instant },
    wanted: WantedDefaults = {},
  ): Result<AddressBook, AddressBookFull> {
    if (this.addresses.length >= MOST_ADDRESSES)
      return err({ code: 'identity.address_book_full', maximum: MOST_ADDRESSES });
    const isFirst = this.addresses.length === 0;
    const added: SavedAddress = {
      id: draft.id,
      address: draft.address,
      isDefaultShipping: isFirst || wanted.isDefaultShipping === true,
      isDefaultBilling: isFirst || wanted.isDefaultBilling === true,
      createdAt: draft.at,
      version: 1,
    };
    return ok(this.#with([...this.#withDefaults(draft.id, wanted).addresses, added]));
  }

  /** Puts another address in its place, makes it a default, or both. */
  change(
    id: SavedAddressId,
    address: Address,
    wanted: WantedDefaults,
  ): Result<AddressBook, AddressNotFound | DefaultAddressNeeded> {
    return this.find(id).andThen((saved): Result<AddressBook, DefaultAddressNeeded> => {
      const givenUp = DEFAULTS.find((kind) => saved[kind] && wanted[kind] === false);
      if (givenUp !== undefined)
        return err({ code: 'identity.default_address_needed', path: [givenUp] });
      const isSame = JSON.stringify(address) === JSON.stringify(saved.address);
      const changed = isSame ? saved : { ...saved, address, version: saved.version + 1 };
      const addresses = this.addresses.map((other) => (other.id === id ? changed : other));
      return ok(this.#with(addresses).#withDefaults(id, wanted));
    });
  }

  /** The oldest of those who are left takes over what it was the default for. */
  remove(id: SavedAddressId): Result<AddressBook, AddressNotFound> {
    return this.find(id).map((removed) => {
      const [heir, ...younger] = this.addresses.filter((saved) => saved.id !== id);
      if (heir === undefined) return this.#with([]);
      const { isDefaultShipping, isDefaultBilling } = removed;
      return this.#with([heir, ...younger]).#withDefaults(heir.id, {
        isDefaultShipping,
        isDefaultBilling,
      });
    });
  }

  /** Only what becomes a default changes hands. */
  #withDefaults(id: SavedAddressId, wanted: WantedDefaults): AddressBook {
    return this.#with(
      this.addresses.map((saved) => {
        const isMeant = saved.id === id;
        const flags = {
          isDefaultShipping: wanted.isDefaultShipping === true ? isMeant : saved.isDefaultShipping,
          isDefaultBilling: wanted.isDefaultBilling === true ? isMeant : saved.isDefaultBilling,
        };
        const isSame = DEFAULTS.every((kind) => flags[kind] === saved[kind]);
        return isSame ? saved : { ...saved, ...flags, version: saved.version + 1 };
      }),
    );
  }

  #with(addresses: readonly SavedAddress[]): AddressBook {
    return new AddressBook(this.userId, addresses);
  }
}
