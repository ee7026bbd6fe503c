import { err, ok, safeTry, type ResultAsync } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import type { SecondFactorRequired, User, WrongSecondFactorCode } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { IdentityTx, IdentityUnitOfWork } from './identity.unit-of-work.ts';
import { provePassword, type PasswordProofPorts } from './prove-password.ts';
import { SecondFactorCheck, type SecondFactorCheckPorts } from './second-factor-check.ts';

/** What an owner shows where a session that somebody has stolen must not do; both as typed. */
export type OwnerProof = {
  readonly password: string;
  /** Of the app, or a recovery code. An account without a second factor takes no notice. */
  readonly code?: string | undefined;
};

export type OwnerProofPorts = PasswordProofPorts &
  SecondFactorCheckPorts & { readonly unitOfWork: IdentityUnitOfWork };

/** Does something in one transaction for whoever shows the password, and a code where there is a second factor. */
export function runAsOwner<T, E extends { readonly code: string }>(
  user: User,
  { password, code }: OwnerProof,
  context: CallContext,
  ports: OwnerProofPorts,
  work: (tx: IdentityTx) => ResultAsync<T, E>,
) {
  return safeTry(async function* () {
    yield* await provePassword(user, password, ports);
    return runWithCode(user, code, context, ports, work);
  });
}

/** The part after the password. The code is used up with the work, or not at all. */
export async function runWithCode<T, E extends { readonly code: string }>(
  user: User,
  code: string | undefined,
  context: CallContext,
  ports: OwnerProofPorts,
  work: (tx: IdentityTx) => ResultAsync<T, E>,
) {
  const check = new SecondFactorCheck(ports);
  const wrong: WrongSecondFactorCode = {
    code: 'identity.wrong_second_factor_code',
    path: ['code'],
  };
  const run = () =>
    ports.unitOfWork.run(context, (tx) =>
      useCodeWhereAsked(check, tx, user.state.id, { code, wrong }).andThen(() => work(tx)),
    );
  return code === undefined ? run() : check.count(user, code, run);
}

type Shown<Wrong> = { readonly code: string | undefined; readonly wrong: Wrong };

/** Of two who come with one code at once, one is let in. */
export function useCodeWhereAsked<Wrong extends { readonly code: string }>(
  check: SecondFactorCheck,
  { secondFactors }: IdentityTx,
  userId: UserId,
  { code, wrong }: Shown<Wrong>,
) {
  const required: SecondFactorRequired = { code: 'identity.second_factor_required' };
  return safeTry(async function* () {
    const factor = yield* secondFactors.hold(userId).orElse(() => ok(null));
    if (factor === null || !factor.isActive) return ok();
    if (code === undefined) return err(required);
    const used = yield* check.use(factor, code);
    return used === null ? err(wrong) : secondFactors.save(used);
  });
}
