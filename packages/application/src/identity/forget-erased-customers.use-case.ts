import { ok, ResultAsync, safeTry } from 'neverthrow';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { erasureRules, guestOrdersToForget, type PrivacyPolicy } from './erasure-rules.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';

type Dependencies = {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly clock: Clock;
  readonly privacyPolicy: PrivacyPolicy;
};

/** Forgets what orders were still to keep of those who were erased, and of guests: done every hour, by the shop itself. */
export class ForgetErasedCustomers {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** Says of how many people something was forgotten. */
  execute(context: CallContext) {
    const { unitOfWork, clock, privacyPolicy } = this.#dependencies;
    const now = clock.now();
    const rules = erasureRules(privacyPolicy, now);
    const ofGuests = guestOrdersToForget(privacyPolicy, now);
    return unitOfWork.run(context, ({ personalData }) =>
      safeTry(async function* () {
        const people = yield* ResultAsync.fromSafePromise(personalData.overdue(rules));
        for (const userId of people) await personalData.forget(userId, rules);
        yield* ResultAsync.fromSafePromise(personalData.forgetGuests(ofGuests));
        return ok(people.length);
      }),
    );
  }
}
