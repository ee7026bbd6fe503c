import { ok, safeTry } from 'neverthrow';

import type { Instant, UserId } from '@kastoma/domain/core';

import { isSecondFactorRequired, type SecondFactorPolicy } from './second-factor-policy.ts';
import type { SecondFactorReader } from './second-factor-repository.port.ts';
import type { UserReader } from './user-repository.port.ts';

/** How somebody's second factor stands; never what it is. */
export type SecondFactorStanding = {
  /** Null where the password alone signs in. */
  readonly enabledSince: Instant | null;
  readonly recoveryCodesLeft: number;
  /** Whether the role may do nothing else without. */
  readonly required: boolean;
  /** Zero where there is none. */
  readonly version: number;
};

type Dependencies = {
  readonly users: UserReader;
  readonly secondFactors: SecondFactorReader;
  readonly secondFactorPolicy: SecondFactorPolicy;
};

/** Tells somebody how their second factor stands. */
export class ViewSecondFactor {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(userId: UserId) {
    const { users, secondFactors, secondFactorPolicy } = this.#dependencies;
    return safeTry(async function* () {
      const user = yield* users.find(userId);
      const factor = yield* secondFactors.find(userId).orElse(() => ok(null));
      return ok<SecondFactorStanding>({
        enabledSince: factor?.state.confirmedAt ?? null,
        recoveryCodesLeft: factor?.state.recoveryCodes.length ?? 0,
        version: factor?.version ?? 0,
        required: isSecondFactorRequired(secondFactorPolicy, user.state.role),
      });
    });
  }
}
