import { safeTry, type Result } from 'neverthrow';

import {
  Address,
  type AddressInput,
  type InvalidAddress,
  type SavedAddressId,
  type UserId,
} from '@kastoma/domain/core';
import type { WantedDefaults } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';

/** What is undefined stays; null takes away what an address may lack. */
export type AddressChanges = {
  readonly [Field in keyof AddressInput]?:
    | AddressInput[Field]
    | (undefined extends AddressInput[Field] ? null : never)
    | undefined;
};

export type ChangeAddressCommand = {
  readonly userId: UserId;
  readonly id: SavedAddressId;
  readonly changes: AddressChanges;
  readonly wanted: WantedDefaults;
  readonly expectedVersion: ExpectedVersion;
};

/** Changes an address in one's book, or what it is the default for. */
export class ChangeAddress {
  readonly #unitOfWork: IdentityUnitOfWork;

  constructor(dependencies: { readonly unitOfWork: IdentityUnitOfWork }) {
    this.#unitOfWork = dependencies.unitOfWork;
  }

  execute(command: ChangeAddressCommand, context: CallContext) {
    const { userId, id, changes, wanted, expectedVersion } = command;
    return this.#unitOfWork.run(context, ({ addressBooks }) =>
      safeTry(async function* () {
        const book = yield* addressBooks.find(userId);
        const saved = yield* book.find(id);
        yield* checkVersion(saved.version, expectedVersion);
        const address = yield* changed(saved.address, changes);
        const next = yield* book.change(id, address, wanted);
        yield* addressBooks.save(next);
        return next.find(id);
      }),
    );
  }
}

function changed(address: Address, changes: AddressChanges): Result<Address, InvalidAddress> {
  const { name, line1, line2, city, region, postalCode, country, phone } = address;
  const before: AddressInput = {
    name,
    line1,
    city,
    postalCode,
    country,
    line2: line2 ?? undefined,
    region: region ?? undefined,
    phone: phone ?? undefined,
  };
  const stated = Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => [field, value ?? undefined] as const);
  return Address.parse({ ...before, ...(Object.fromEntries(stated) as Partial<AddressInput>) });
}
