import { ok, safeTry } from 'neverthrow';

import type { Instant } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';

const KEPT_FOR_MILLISECONDS = 30 * 24 * 60 * 60 * 1_000;
const FORGOTTEN_AT_ONCE = 1_000;

type Dependencies = { readonly unitOfWork: IdentityUnitOfWork; readonly clock: Clock };

/** Deletes sessions, and tokens that were mailed, which were good for nothing thirty days ago: done every hour, by the shop itself. */
export class ForgetEndedSessions {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** A thousand in a transaction, so that none takes long. Says how many went in all. */
  execute(context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    const before = (clock.now() - KEPT_FOR_MILLISECONDS) as Instant;
    const forgetSome = () =>
      unitOfWork.run(context, ({ sessions, oneTimeTokens }) =>
        safeTry(async function* () {
          const ended = yield* sessions.forgetOver(before, FORGOTTEN_AT_ONCE);
          const spent = yield* oneTimeTokens.forgetSpent(before, FORGOTTEN_AT_ONCE);
          return ok({ ended, spent });
        }),
      );
    return safeTry(async function* () {
      const all = { sessions: 0, oneTimeTokens: 0 };
      for (;;) {
        const { ended, spent } = yield* forgetSome();
        all.sessions += ended;
        all.oneTimeTokens += spent;
        if (Math.max(ended, spent) < FORGOTTEN_AT_ONCE) return ok(all);
      }
    });
  }
}
