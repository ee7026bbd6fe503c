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

export function bindIdentity(container: Container): void {
  bind(container, T.identityUnitOfWork, [T.database, T.clock, T.ids], identityUnitOfWork);
  bind(container, T.userReader, [T.database], (database) => new PostgresUserReader(database));
  bind(
    container,
    T.registerUser,
    [T.identityUnitOfWork, T.passwordHasher, T.accessTokens, T.tokenSecrets, T.ids, T.clock],
    (unitOfWork, passwordHasher, accessTokens, tokenSecrets, ids, clock) =>
      new RegisterUser({ unitOfWork, passwordHasher, accessTokens, tokenSecrets, ids, clock }),
  );
  bind(
    container,
    T.logIn,
    [
      T.identityUnitOfWork,
      T.userReader,
      T.passwordHasher,
      T.rateLimiter,
      T.accessTokens,
      T.tokenSecrets,
      T.ids,
      T.clock,
    ],
    (unitOfWork, users, passwordHasher, rateLimiter, accessTokens, tokenSecrets, ids, clock) =>
      new LogIn({
        unitOfWork,
        users,
        passwordHasher,
        rateLimiter,
        accessTokens,
        tokenSecrets,
        ids,
        clock,
      }),
  );
  bind(
    container,
    T.refreshSession,
    [T.identityUnitOfWork, T.accessTokens, T.tokenSecrets, T.ids, T.clock],
    (unitOfWork, accessTokens, tokenSecrets, ids, clock) =>
      new RefreshSession({ unitOfWork, accessTokens, tokenSecrets, ids, clock }),
  );
  bind(container, T.viewProfile, [T.userReader], (users) => new ViewProfile({ users }));
  bind(
    container,
    T.ensureFirstAdmin,
    [T.identityUnitOfWork, T.passwordHasher, T.ids, T.clock],
    (unitOfWork, passwordHasher, ids, clock) =>
      new EnsureFirstAdmin({ unitOfWork, passwordHasher, ids, clock }),
  );
}
