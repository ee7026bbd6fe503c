import { ok, safeTry } from 'neverthrow';

import type { LocationId } from '@kastoma/domain/core';
import { Location } from '@kastoma/domain/inventory';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { InventoryUnitOfWork } from './inventory.unit-of-work.ts';

export type CreateLocationCommand = { readonly code: string; readonly name: string };

type Dependencies = {
  readonly unitOfWork: InventoryUnitOfWork;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Opens another place where units are kept; orders go on being served from the default one. */
export class CreateLocation {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ code, name }: CreateLocationCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ locations }) =>
      safeTry(async function* () {
        const id = ids.next<LocationId>();
        const location = yield* Location.create({ id, code, name, at: clock.now() });
        yield* locations.add(location);
        return ok(location);
      }),
    );
  }
}
