import { Container } from 'inversify';

import {
  Argon2PasswordHasher,
  FilteredKnownPasswords,
  RandomTokenSecrets,
} from '@kastoma/adapters-crypto';
import { SystemClock, SystemPause, UuidV7Generator } from '@kastoma/adapters-in-process';

import { bindAccess } from './access.bindings.ts';
import { bindAccounts } from './accounts.bindings.ts';
import { bindApiKeys } from './api-keys.bindings.ts';
import { bindCaching } from './caching.bindings.ts';
import { bindCatalog } from './catalog.bindings.ts';
import type { Foundation } from './foundation.ts';
import { bindHttp } from './http.bindings.ts';
import { bindIdentity } from './identity.bindings.ts';
import { bindImports } from './imports.bindings.ts';
import { bindInventory } from './inventory.bindings.ts';
import { bindMail } from './mail.bindings.ts';
import { bindMedia } from './media.bindings.ts';
import { bindNotifications } from './notifications.bindings.ts';
import { bindOrdering } from './ordering.bindings.ts';
import { bindOutbox } from './outbox.bindings.ts';
import { bindPayments } from './payments.bindings.ts';
import { bindPricing } from './pricing.bindings.ts';
import { bindProducts } from './products.bindings.ts';
import { bindRefunds } from './refunds.bindings.ts';
import { bindSecondFactor } from './second-factor.bindings.ts';
import { bindShoppers } from './shoppers.bindings.ts';
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
  bind(container, TOKENS.pause, {}, () => new SystemPause());
  bind(container, TOKENS.ids, {}, () => new UuidV7Generator());
  bind(container, TOKENS.passwordHasher, {}, () => new Argon2PasswordHasher());
  bind(container, TOKENS.knownPasswords, {}, () => new FilteredKnownPasswords());
  bind(container, TOKENS.tokenSecrets, {}, () => new RandomTokenSecrets());
  bindAccess(container, foundation);
  bindApiKeys(container);
  bindIdentity(container);
  bindAccounts(container, foundation);
  bindSecondFactor(container, foundation);
  bindMail(container, foundation);
  bindCaching(container, foundation);
  bindCatalog(container);
  bindProducts(container);
  bindShoppers(container);
  bindMedia(container, foundation);
  bindImports(container);
  bindInventory(container);
  bindRefunds(container);
  bindPayments(container, foundation);
  bindOrdering(container);
  bindPricing(container);
  bindNotifications(container, foundation);
  bindOutbox(container);
  bindHttp(container, foundation);
  return { get: (name) => container.get(name) };
}
