import type { Container } from 'inversify';

import { CachedAccessTokens, JoseAccessTokens } from '@kastoma/adapters-crypto';
import { PostgresAccessStandings, PostgresSessionQueries } from '@kastoma/adapters-postgres';
import { EndAllSessions, EndSession, RevocableAccessTokens } from '@kastoma/application/identity';

import type { Foundation } from './foundation.ts';
import { bind, bindValue } from './token.ts';
import { TOKENS as T } from './tokens.ts';

type Parts = Pick<Foundation, 'tokens' | 'revokedAccess'>;

/** Access tokens, and how they are taken back. */
export function bindAccess(container: Container, { tokens, revokedAccess: list }: Parts): void {
  const { database, clock, accessStandings: standings, revokedAccess } = T;
  const { identityUnitOfWork: unitOfWork } = T;
  bindValue(container, T.sessionPolicy, tokens.sessions);
  bindValue(container, revokedAccess, list);
  bind(container, standings, { database }, (given) => new PostgresAccessStandings(given.database));
  bind(
    container,
    T.sessionQueries,
    { database },
    (given) => new PostgresSessionQueries(given.database),
  );
  bind(
    container,
    T.accessTokens,
    { revokedAccess, standings, secondFactorPolicy: T.secondFactorPolicy },
    (given) => {
      const signedTokens = new CachedAccessTokens(new JoseAccessTokens(tokens.keys, tokens.policy));
      return new RevocableAccessTokens({ ...given, signedTokens });
    },
  );
  const ending = { unitOfWork, revokedAccess, clock };
  bind(container, T.endSession, ending, (given) => new EndSession(given));
  const endingAll = { ...ending, ids: T.ids };
  bind(container, T.endAllSessions, endingAll, (given) => new EndAllSessions(given));
}
