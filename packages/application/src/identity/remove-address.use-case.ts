import { safeTry } from 'neverthrow';

import type { SavedAddressId, UserId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';

export type RemoveAddressCommand = {
  readonly userId: UserId;
  readonly id: SavedAddressId;
  readonly expectedVersion: ExpectedVersion;
};

/** Takes an address out of one's book. Orders keep the one that they were placed with. */
export class RemoveAddress {
  readonly #unitOfWork: IdentityUnitOfWork;

  constructor(dependencies: { readonly unitOfWork: IdentityUnitOfWork }) {
    this.#unitOfWork = dependencies.unitOfWork;
  }

  execute({ userId, id, expectedVersion }: RemoveAddressCommand, context: CallContext) {
    return this.#unitOfWork.run(context, ({ addressBooks }) =>
      safeTry(async function* () {
        const book = yield* addressBooks.find(userId);
        const saved = yield* book.find(id);
        yield* checkVersion(saved.version, expectedVersion);
        return addressBooks.save(yield* book.remove(id));
      }),
    );
  }
}
