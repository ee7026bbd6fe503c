import type { SignInPorts } from '../identity/sign-in.ts';
import { FakeAccessTokens } from './ports/fake-access-tokens.ts';
import { FakePasswordHasher } from './ports/fake-password-hasher.ts';
import { FakeRateLimiter } from './ports/fake-rate-limiter.ts';
import { FakeTokenSecrets } from './ports/fake-token-secrets.ts';
import type { ShopPorts } from './shop-ports.ts';

/** What signing in needs besides the shop's store. */
export function signInPorts({ clock, ids }: ShopPorts): SignInPorts & {
  readonly accessTokens: FakeAccessTokens;
  readonly passwordHasher: FakePasswordHasher;
  readonly rateLimiter: FakeRateLimiter;
} {
  return {
    accessTokens: new FakeAccessTokens(),
    tokenSecrets: new FakeTokenSecrets(),
    passwordHasher: new FakePasswordHasher(),
    rateLimiter: new FakeRateLimiter(),
    clock,
    ids,
  };
}
