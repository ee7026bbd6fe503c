import { err, ok, safeTry } from 'neverthrow';

import type { SecondFactorId, UserId } from '@kastoma/domain/core';
import {
  authenticatorUri,
  SecondFactor,
  type SealedSecret,
  type SecondFactorActive,
} from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { IdentityTx, IdentityUnitOfWork } from './identity.unit-of-work.ts';
import { provePassword, type PasswordProofPorts } from './prove-password.ts';
import type { SecondFactorPolicy } from './second-factor-policy.ts';
import type { SecondFactorSecrets } from './second-factor-secrets.port.ts';
import type { UserReader } from './user-repository.port.ts';

export type EnrolSecondFactorCommand = {
  readonly userId: UserId;
  /** As typed: whoever finds a device that is signed in does not know it. */
  readonly password: string;
};

/** What an authenticator app is told, shown once. */
export type Enrolment = {
  /** In base32. */
  readonly secret: string;
  readonly uri: string;
};

type Dependencies = PasswordProofPorts & {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly users: UserReader;
  readonly secondFactorSecrets: SecondFactorSecrets;
  readonly secondFactorPolicy: SecondFactorPolicy;
  readonly ids: IdGenerator;
};

/** Makes the secret of a second factor, which asks for nothing until it is confirmed. Doing it again replaces it. */
export class EnrolSecondFactor {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ userId, password }: EnrolSecondFactorCommand, context: CallContext) {
    const dependencies = this.#dependencies;
    const { unitOfWork, users, secondFactorSecrets, secondFactorPolicy } = dependencies;
    const enrol = (tx: IdentityTx, secret: SealedSecret) => this.#enrol(tx, userId, secret);
    return safeTry(async function* () {
      const user = yield* users.find(userId);
      yield* await provePassword(user, password, dependencies);
      const { secret, shown } = secondFactorSecrets.next(userId);
      yield* unitOfWork.run(context, (tx) => enrol(tx, secret));
      const { issuer } = secondFactorPolicy;
      const uri = authenticatorUri({ issuer, account: user.state.email, secret: shown });
      return ok<Enrolment>({ secret: shown, uri });
    });
  }

  #enrol({ secondFactors }: IdentityTx, userId: UserId, secret: SealedSecret) {
    const { ids, clock } = this.#dependencies;
    const active: SecondFactorActive = { code: 'identity.second_factor_active' };
    return safeTry(async function* () {
      const before = yield* secondFactors.hold(userId).orElse(() => ok(null));
      if (before?.isActive === true) return err(active);
      const id = ids.next<SecondFactorId>();
      return secondFactors.save(SecondFactor.enrol({ id, userId, secret, at: clock.now() }));
    });
  }
}
