import { err, ok, safeTry, type Result } from 'neverthrow';

import { orderLookupRequested, type TooManyLookups } from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { RateLimit, RateLimiter } from '../core/rate-limiter.port.ts';
import type { OrderingUnitOfWork } from './ordering.unit-of-work.ts';

export type LookUpOrderCommand = {
  /** As typed. */
  readonly number: string;
  /** In the form in which addresses are compared. */
  readonly email: string;
  /** Where the call comes from, as limits tell networks apart. */
  readonly network: string;
};

/** From one network, whatever it asks for. */
export const LOOKUPS_OF_NETWORK: RateLimit = { attempts: 60, windowSeconds: 3_600 };

/** To one address, whoever asks and whether or not it has ordered: nobody's mailbox is filled. */
export const LOOKUPS_FOR_ADDRESS: RateLimit = { attempts: 5, windowSeconds: 3_600 };

type Dependencies = {
  readonly unitOfWork: OrderingUnitOfWork;
  readonly rateLimiter: RateLimiter;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/**
 * Takes the wish for the token of a guest's order. Orders that there are and others take the same path: one look-up and one
 * note. The token is made and mailed later, by who reads the notes.
 */
export class LookUpOrder {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: LookUpOrderCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    const admit = async () => this.#admit(command);
    return safeTry(async function* () {
      yield* await admit();
      const request = { id: ids.next(), at: clock.now() };
      const number = command.number.trim().toUpperCase();
      return unitOfWork.run(context, ({ lookups }) =>
        lookups
          .find(number, command.email)
          .andThen((orderId) => lookups.add(orderLookupRequested({ ...request, orderId })))
          .andThen(() => ok(null)),
      );
    });
  }

  async #admit({ email, network }: LookUpOrderCommand): Promise<Result<void, TooManyLookups>> {
    const { rateLimiter, clock } = this.#dependencies;
    const limits = [
      [`order_lookup:${network}`, LOOKUPS_OF_NETWORK],
      [`order_lookup:to:${email}`, LOOKUPS_FOR_ADDRESS],
    ] as const;
    for (const [key, limit] of limits) {
      const verdict = await rateLimiter.take(key, limit, clock.now());
      if (!verdict.allowed) {
        const { retryAfterSeconds } = verdict;
        return err({ code: 'ordering.too_many_lookups', retryAfterSeconds });
      }
    }
    return ok();
  }
}
