import { SESSION_LIFE_MILLISECONDS } from '@kastoma/domain/identity';

import type { SignInPorts } from '../identity/sign-in.ts';
import { FakeAccessTokens } from './ports/fake-access-tokens.ts';
import { FakePasswordHasher } from './ports/fake-password-hasher.ts';
import { FakeRateLimiter } from './ports/fake-rate-limiter.ts';
import { FakeSecondFactorSecrets } from './ports/fake-second-factor-secrets.ts';
import { FakeTokenSecrets } from './ports/fake-token-secrets.ts';
import { FewKnownPasswords } from './ports/few-known-passwords.ts';
import { RecordedPause } from './ports/recorded-pause.ts';
import { RecordedRevocations } from './ports/recorded-revocations.ts';
import type { ShopPorts } from './shop-ports.ts';

/** What signing in needs besides the shop's store. */
export function signInPorts({ clock, ids }: ShopPorts): SignInPorts & {
  readonly accessTokens: FakeAccessTokens;
  readonly passwordHasher: FakePasswordHasher;
  readonly knownPasswords: FewKnownPasswords;
  readonly rateLimiter: FakeRateLimiter;
  readonly secondFactorSecrets: FakeSecondFactorSecrets;
  readonly pause: RecordedPause;
  readonly revokedAccess: RecordedRevocations;
} {
  return {
    accessTokens: new FakeAccessTokens(),
    tokenSecrets: new FakeTokenSecrets(),
    passwordHasher: new FakePasswordHasher(),
    knownPasswords: new FewKnownPasswords(),
    rateLimiter: new FakeRateLimiter(),
    secondFactorSecrets: new FakeSecondFactorSecrets(),
    pause: new RecordedPause(),
    revokedAccess: new RecordedRevocations(),
    sessionPolicy: { lifeMilliseconds: SESSION_LIFE_MILLISECONDS },
    clock,
    ids,
  };
}
