import { ok, safeTry } from 'neverthrow';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { RateLimiter } from '../core/rate-limiter.port.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';
import type { TokenSecrets } from './token-secrets.port.ts';
import { admitTokenUse } from './token-uses.ts';

export type VerifyEmailCommand = { readonly token: string; readonly clientAddress: string };

type Dependencies = {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly tokenSecrets: TokenSecrets;
  readonly rateLimiter: RateLimiter;
  readonly clock: Clock;
};

/** Whoever has the token that was sent to an address reads its mails: the address is the account's. */
export class VerifyEmail {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ token, clientAddress }: VerifyEmailCommand, context: CallContext) {
    const dependencies = this.#dependencies;
    const { unitOfWork, tokenSecrets, clock } = dependencies;
    return safeTry(async function* () {
      yield* await admitTokenUse(clientAddress, dependencies);
      const at = clock.now();
      const hash = tokenSecrets.hash(token);
      return unitOfWork.run(context, ({ users, oneTimeTokens }) =>
        safeTry(async function* () {
          const userId = yield* oneTimeTokens.use({ purpose: 'email_verification', hash, at });
          const user = (yield* users.find(userId)).verifyEmail(at);
          yield* users.save(user);
          return ok(user);
        }),
      );
    });
  }
}
