import { err, ok, safeTry, type ResultAsync } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import type {
  SecondFactor,
  SecondFactorNotFound,
  WrongSecondFactorCode,
} from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { IdentityTx, IdentityUnitOfWork } from './identity.unit-of-work.ts';
import { provePassword, type PasswordProofPorts } from './prove-password.ts';
import { SecondFactorCheck, type SecondFactorCheckPorts } from './second-factor-check.ts';
import type { UserReader } from './user-repository.port.ts';

/** What an owner shows to change their second factor; both as typed. */
export type SecondFactorProof = {
  readonly userId: UserId;
  readonly password: string;
  /** Of the app, or a recovery code. */
  readonly code: string;
};

export type SecondFactorChangePorts = PasswordProofPorts &
  SecondFactorCheckPorts & {
    readonly unitOfWork: IdentityUnitOfWork;
    readonly users: UserReader;
  };

/** Hands the active second factor, with the code used up, to a change of it. */
export function changeSecondFactor<T, E extends { readonly code: string }>(
  { userId, password, code }: SecondFactorProof,
  context: CallContext,
  ports: SecondFactorChangePorts,
  change: (tx: IdentityTx, used: SecondFactor) => ResultAsync<T, E>,
) {
  const check = new SecondFactorCheck(ports);
  const wrong: WrongSecondFactorCode = {
    code: 'identity.wrong_second_factor_code',
    path: ['code'],
  };
  const changeIt = (tx: IdentityTx) =>
    safeTry(async function* () {
      const active = yield* holdActive(tx, userId);
      const used = yield* check.use(active, code);
      return used === null ? err(wrong) : change(tx, used);
    });
  return safeTry(async function* () {
    const user = yield* ports.users.find(userId);
    yield* await provePassword(user, password, ports);
    return check.count(user, code, () => ports.unitOfWork.run(context, changeIt));
  });
}

/** One that was never confirmed is none yet. */
export function holdActive(
  { secondFactors }: IdentityTx,
  userId: UserId,
): ResultAsync<SecondFactor, SecondFactorNotFound> {
  return secondFactors
    .hold(userId)
    .andThen((factor) =>
      factor.isActive ? ok(factor) : err({ code: 'identity.second_factor_not_found' as const }),
    );
}
