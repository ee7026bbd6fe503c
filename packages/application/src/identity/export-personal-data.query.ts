import { ok, safeTry } from 'neverthrow';

import type { Instant, UserId } from '@kastoma/domain/core';

import type { Clock } from '../core/clock.port.ts';
import type { PersonalData, PersonalRecords } from './personal-data.port.ts';
import type { UserReader } from './user-repository.port.ts';

/** The file that somebody takes away. */
export type PersonalFile = { readonly exportedAt: Instant; readonly records: PersonalRecords };

type Dependencies = {
  readonly users: UserReader;
  readonly personalData: Pick<PersonalData, 'collect'>;
  readonly clock: Clock;
};

/** Shows somebody everything that is stored of them. */
export class ExportPersonalData {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(userId: UserId) {
    const { users, personalData, clock } = this.#dependencies;
    return safeTry(async function* () {
      yield* users.find(userId);
      const records = await personalData.collect(userId);
      return ok<PersonalFile>({ exportedAt: clock.now(), records });
    });
  }
}
