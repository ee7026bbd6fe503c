import type { Container } from 'inversify';

import { PostgresSecondFactorReader } from '@kastoma/adapters-postgres';
import {
  ConfirmSecondFactor,
  DisableSecondFactor,
  EnrolSecondFactor,
  ReplaceRecoveryCodes,
  ResetSecondFactor,
  ViewSecondFactor,
} from '@kastoma/application/identity';

import type { Foundation } from './foundation.ts';
import { bind, bindValue } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** What people show besides their password. */
export function bindSecondFactor(
  container: Container,
  { secondFactor }: Pick<Foundation, 'secondFactor'>,
): void {
  const { database, clock, secondFactors, secondFactorSecrets, secondFactorPolicy } = T;
  const { identityUnitOfWork: unitOfWork, userReader: users, rateLimiter, revokedAccess } = T;
  bindValue(container, secondFactorSecrets, secondFactor.secrets);
  bindValue(container, secondFactorPolicy, secondFactor.policy);
  bindValue(container, T.guestTokens, secondFactor.guestTokens);
  bind(
    container,
    secondFactors,
    { database },
    (given) => new PostgresSecondFactorReader(given.database),
  );
  const viewing = { users, secondFactors, secondFactorPolicy };
  bind(container, T.viewSecondFactor, viewing, (given) => new ViewSecondFactor(given));
  const common = { unitOfWork, users, rateLimiter, clock, secondFactorSecrets };
  bind(
    container,
    T.enrolSecondFactor,
    { ...common, passwordHasher: T.passwordHasher, secondFactorPolicy, ids: T.ids },
    (given) => new EnrolSecondFactor(given),
  );
  const checking = { ...common, tokenSecrets: T.tokenSecrets };
  bind(
    container,
    T.confirmSecondFactor,
    { ...checking, revokedAccess },
    (given) => new ConfirmSecondFactor(given),
  );
  const proving = { ...checking, passwordHasher: T.passwordHasher };
  bind(container, T.disableSecondFactor, proving, (given) => new DisableSecondFactor(given));
  bind(container, T.replaceRecoveryCodes, proving, (given) => new ReplaceRecoveryCodes(given));
  bind(
    container,
    T.resetSecondFactor,
    { unitOfWork, revokedAccess, clock },
    (given) => new ResetSecondFactor(given),
  );
}
