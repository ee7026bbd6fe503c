import { Container } from 'inversify';

import {
  Argon2PasswordHasher,
  JoseAccessTokens,
  RandomTokenSecrets,
} from '@kastoma/adapters-crypto';
import { SystemClock, UuidV7Generator } from '@kastoma/adapters-in-process';

import { bindCatalog } from './catalog.bindings.ts';
import type { Foundation } from './foundation.ts';
import { bindHttp } from './http.bindings.ts';
import { bindIdentity } from './identity.bindings.ts';
import { bindOrdering } from './ordering.bindings.ts';
import { bindPricing } from './pricing.bindings.ts';
import { bind, bindValue, type Token } from './token.ts';
import { TOKENS } from './tokens.ts';

import 'reflect-metadata';

/** The wired shop: hands out what is asked for by token, each thing made once. */
export type Wiring = { get<Value>(name: Token<Value>): Value };

export function wire(foundation: Foundation): Wiring {
  const container = new Container({ defaultScope: 'Singleton' });
  bindValue(container, TOKENS.settings, foundation.settings);
  bindValue(container, TOKENS.database, foundation.database);
  bindValue(container, TOKENS.rateLimiter, foundation.rateLimiter);
  bind(container, TOKENS.clock, {}, () => new SystemClock());
  bind(container, TOKENS.ids, {}, () => new UuidV7Generator());
  bind(container, TOKENS.passwordHasher, {}, () => new Argon2PasswordHasher());
  bind(container, TOKENS.tokenSecrets, {}, () => new RandomTokenSecrets());
  bind(container, TOKENS.accessTokens, {}, () => new JoseAccessTokens(foundation.tokenSecret));
  bindIdentity(container);
  bindCatalog(container);
  bindOrdering(container);
  bindPricing(container);
  bindHttp(container, foundation);
  return { get: (name) => container.get(name) };
}
