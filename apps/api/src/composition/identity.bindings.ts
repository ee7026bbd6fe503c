import type { Container } from 'inversify';

import { identityUnitOfWork, PostgresUserReader } from '@kastoma/adapters-postgres';
import {
  EnsureFirstAdmin,
  LogIn,
  RefreshSession,
  RegisterUser,
  ViewProfile,
} from '@kastoma/application/identity';

import { bind } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** Who may come in, and as whom. */
export function bindIdentity(container: Container): void {
  const { database, ids, clock, passwordHasher, accessTokens, tokenSecrets, rateLimiter } = T;
  const { identityUnitOfWork: unitOfWork, userReader: users, knownPasswords } = T;
  bind(container, unitOfWork, { database, clock, ids }, (given) =>
    identityUnitOfWork(given.database, given.clock, given.ids),
  );
  bind(container, users, { database }, (given) => new PostgresUserReader(given.database));
  const { sessionPolicy } = T;
  const refreshing = { unitOfWork, accessTokens, tokenSecrets, ids, clock, sessionPolicy };
  const { revokedAccess } = T;
  bind(
    container,
    T.refreshSession,
    { ...refreshing, revokedAccess },
    (given) => new RefreshSession(given),
  );
  const registering = { ...refreshing, passwordHasher, knownPasswords, rateLimiter };
  bind(container, T.registerUser, registering, (given) => new RegisterUser(given));
  const { pause, secondFactorSecrets } = T;
  const signingIn = { ...registering, users, pause, secondFactorSecrets };
  bind(container, T.logIn, signingIn, (given) => new LogIn(given));
  bind(container, T.viewProfile, { users }, (given) => new ViewProfile(given));
  bind(
    container,
    T.ensureFirstAdmin,
    { unitOfWork, passwordHasher, knownPasswords, ids, clock },
    (given) => new EnsureFirstAdmin(given),
  );
}
