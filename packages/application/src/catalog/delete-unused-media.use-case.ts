import { ok, safeTry } from 'neverthrow';

import type { Instant } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { CatalogUnitOfWork } from './catalog.unit-of-work.ts';
import type { MediaStorage } from './media-storage.port.ts';

/** Longer than any upload takes, and than most pages are looked at that show an image which was removed. */
const KEPT_FOR_MILLISECONDS = 24 * 60 * 60 * 1_000;
const DELETED_AT_ONCE = 100;

type Dependencies = {
  readonly unitOfWork: CatalogUnitOfWork;
  readonly storage: MediaStorage;
  readonly clock: Clock;
};

/**
 * Deletes the files of images that no product shows: of uploads that failed, and of images that were removed. First
 * the files and then what is known of them, so that whatever fails in between is done again.
 */
export class DeleteUnusedMedia {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** Says of how many images in all. */
  execute(context: CallContext) {
    const { unitOfWork, storage, clock } = this.#dependencies;
    const before = (clock.now() - KEPT_FOR_MILLISECONDS) as Instant;
    return safeTry(async function* () {
      for (let all = 0; ;) {
        const unused = yield* unitOfWork.run(context, ({ uploads }) =>
          uploads.unused(before, DELETED_AT_ONCE),
        );
        for (const { id, keys } of unused) {
          await Promise.all(keys.map((key) => storage.delete(key)));
          yield* unitOfWork.run(context, ({ uploads }) => uploads.forget(id));
        }
        all += unused.length;
        if (unused.length < DELETED_AT_ONCE) return ok(all);
      }
    });
  }
}
