import type { Instant, SecondFactorId } from '@kastoma/domain/core';
import { SecondFactor, stepAt, type TokenHash, type User } from '@kastoma/domain/identity';

import { builderIds } from './builders/builder-ids.ts';
import { SHOP } from './contexts.ts';
import type { FakeSecondFactorSecrets } from './ports/fake-second-factor-secrets.ts';
import type { ShopPorts } from './shop-ports.ts';

/** Somebody's app, which shows the password of any time. */
export type Authenticator = { readonly show: (at: Instant) => string };

export function authenticatorOf(secrets: FakeSecondFactorSecrets, shown: string): Authenticator {
  return { show: (at) => secrets.passwordOf(shown, stepAt(at)) };
}

/** Gives somebody an active second factor, of which no password was used but those of long ago. */
export async function givenSecondFactor(
  { identity, clock }: Pick<ShopPorts, 'identity' | 'clock'>,
  { state: { id: userId } }: User,
  secrets: FakeSecondFactorSecrets,
  recoveryCodes: readonly TokenHash[] = [],
): Promise<Authenticator> {
  const { secret, shown } = secrets.next(userId);
  const at = clock.now();
  const id = builderIds.next<SecondFactorId>();
  const enrolled = SecondFactor.enrol({ id, userId, secret, at });
  const saved = identity.run(SHOP, ({ secondFactors }) =>
    secondFactors
      .save(enrolled)
      .andThen(() => secondFactors.hold(userId))
      .andThen((factor) => secondFactors.save(factor.useStep(0).confirm(recoveryCodes, at))),
  );
  (await saved)._unsafeUnwrap();
  return authenticatorOf(secrets, shown);
}
