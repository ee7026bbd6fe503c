import { safeTry } from 'neverthrow';

import type { Address, SavedAddressId, UserId } from '@kastoma/domain/core';
import type { WantedDefaults } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';

export type SaveAddressCommand = {
  readonly userId: UserId;
  readonly address: Address;
  readonly wanted: WantedDefaults;
};

type Dependencies = {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Puts an address into one's book. */
export class SaveAddress {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ userId, address, wanted }: SaveAddressCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ addressBooks }) =>
      safeTry(async function* () {
        const book = yield* addressBooks.find(userId);
        const id = ids.next<SavedAddressId>();
        const longer = yield* book.add({ id, address, at: clock.now() }, wanted);
        yield* addressBooks.save(longer);
        return longer.find(id);
      }),
    );
  }
}
