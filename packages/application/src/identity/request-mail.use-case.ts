import { ok, safeTry, type Result } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import {
  mailRequested,
  type EmailAddress,
  type TokenPurpose,
  type TooManyAttempts,
} from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { RateLimit, RateLimiter } from '../core/rate-limiter.port.ts';
import { networkOf } from './client-network.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';
import { tooManyAttempts } from './too-many-attempts.ts';

export type RequestMailCommand = {
  readonly purpose: TokenPurpose;
  readonly email: EmailAddress;
  readonly clientAddress: string;
};

/** From one network, whomever the mails go to. */
export const MAIL_REQUESTS_OF_NETWORK: RateLimit = { attempts: 60, windowSeconds: 3_600 };

/** To one address, whoever asks and whether or not anybody has it: nobody's mailbox is filled. */
export const MAIL_REQUESTS_FOR_ADDRESS: RateLimit = { attempts: 5, windowSeconds: 3_600 };

type Dependencies = {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly rateLimiter: RateLimiter;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/**
 * Takes the wish for a mail with a token. Known addresses and unknown ones take the
 * same path: one look-up and one note. Token and mail are made later, by who reads the notes.
 */
export class RequestMail {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: RequestMailCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    const { purpose, email } = command;
    const admit = async () => this.#admit(command);
    return safeTry(async function* () {
      yield* await admit();
      const request = { id: ids.next(), purpose, at: clock.now() };
      yield* unitOfWork.run(context, ({ users, mailRequests }) =>
        users
          .findByEmail(email)
          .map(({ state }): UserId | null => state.id)
          .orElse(() => ok(null))
          .andThen((userId) => mailRequests.add(mailRequested({ ...request, userId }))),
      );
      return ok(null);
    });
  }

  async #admit(command: RequestMailCommand): Promise<Result<void, TooManyAttempts>> {
    const { rateLimiter, clock } = this.#dependencies;
    const { purpose, email, clientAddress } = command;
    const now = clock.now();
    const network = `${purpose}:${networkOf(clientAddress)}`;
    const ofNetwork = await rateLimiter.take(network, MAIL_REQUESTS_OF_NETWORK, now);
    if (!ofNetwork.allowed) return tooManyAttempts(ofNetwork);
    const address = `${purpose}:to:${email}`;
    const forAddress = await rateLimiter.take(address, MAIL_REQUESTS_FOR_ADDRESS, now);
    return forAddress.allowed ? ok() : tooManyAttempts(forAddress);
  }
}
