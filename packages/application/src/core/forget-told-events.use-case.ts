import type { Instant } from '@kastoma/domain/core';

import type { Clock } from './clock.port.ts';
import type { OutboxDeliveries } from './outbox-deliveries.port.ts';

const KEPT_FOR_MILLISECONDS = 30 * 24 * 60 * 60 * 1_000;
const FORGOTTEN_AT_ONCE = 1_000;

type Dependencies = { readonly deliveries: OutboxDeliveries; readonly clock: Clock };

/** Deletes events that everybody had thirty days ago; those in quarantine stay until they are replayed. */
export class ForgetToldEvents {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** A thousand at a time, so that no statement takes long. Returns how many in all. */
  async execute(): Promise<number> {
    const { deliveries, clock } = this.#dependencies;
    const before = (clock.now() - KEPT_FOR_MILLISECONDS) as Instant;
    let all = 0;
    for (;;) {
      const forgotten = await deliveries.forget(before, FORGOTTEN_AT_ONCE);
      all += forgotten;
      if (forgotten < FORGOTTEN_AT_ONCE) return all;
    }
  }
}
