import { Container } from 'inversify';

import {
  Argon2PasswordHasher,
  JoseAccessTokens,
  RandomTokenSecrets,
} from '@kastoma/adapters-crypto';
import type { HealthCheck } from '@kastoma/adapters-http';
import { SystemClock, UuidV7Generator } from '@kastoma/adapters-in-process';
import type { Database } from '@kastoma/adapters-postgres';
import type { RateLimiter, StoreSettings } from '@kastoma/application/core';

import { bindCatalog } from './catalog.bindings.ts';
import { bindHttp } from './http.bindings.ts';
import { bindIdentity } from './identity.bindings.ts';
import { bindOrdering } from './ordering.bindings.ts';
import { bind, bindValue, type Token } from './token.ts';
import { TOKENS } from './tokens.ts';

import 'reflect-metadata';

/** What is there before anything is wired: settings, and the connections that were opened. */
export type Foundation = {
  readonly settings: StoreSettings;
  readonly database: Database;
  readonly rateLimiter: RateLimiter;
  readonly tokenSecret: Uint8Array<ArrayBuffer>;
  readonly healthChecks: readonly HealthCheck[];
  readonly isShuttingDown: () => boolean;
  readonly reportFailure: (failure: {
    readonly error: unknown;
    readonly requestId: string;
  }) => void;
};

/** The wired shop: hands out what is asked for by token, each thing made once. */
export type Wiring = { get<Value>(name: Token<Value>): Value };

export function wire(foundation: Foundation): Wiring {
  const container = new Container({ defaultScope: 'Singleton' });
  bindValue(container, TOKENS.settings, foundation.settings);
  bindValue(container, TOKENS.database, foundation.database);
  bindValue(container, TOKENS.rateLimiter, foundation.rateLimiter);
  bind(container, TOKENS.clock, [], () => new SystemClock());
  bind(container, TOKENS.ids, [], () => new UuidV7Generator());
  bind(container, TOKENS.passwordHasher, [], () => new Argon2PasswordHasher());
  bind(container, TOKENS.tokenSecrets, [], () => new RandomTokenSecrets());
  bind(container, TOKENS.accessTokens, [], () => new JoseAccessTokens(foundation.tokenSecret));
  bindIdentity(container);
  bindCatalog(container);
  bindOrdering(container);
  bindHttp(container, foundation);
  return { get: (name) => container.get(name) };
}
