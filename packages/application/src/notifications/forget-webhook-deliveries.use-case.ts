import type { Instant } from '@kastoma/domain/core';

import type { Clock } from '../core/clock.port.ts';
import type { WebhookDeliveryQueue } from './webhook-delivery-queue.port.ts';

/** As long as the events themselves. */
const KEPT_FOR_MILLISECONDS = 30 * 24 * 60 * 60 * 1_000;
const FORGOTTEN_AT_ONCE = 1_000;

type Dependencies = {
  readonly queue: Pick<WebhookDeliveryQueue, 'forget'>;
  readonly clock: Clock;
};

/** Deletes messages of thirty days ago: a live one is sent or given up long before. */
export class ForgetWebhookDeliveries {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** A thousand at a time, so that no statement takes long. Returns how many in all. */
  async execute(): Promise<number> {
    const { queue, clock } = this.#dependencies;
    const before = (clock.now() - KEPT_FOR_MILLISECONDS) as Instant;
    let all = 0;
    for (;;) {
      const forgotten = await queue.forget(before, FORGOTTEN_AT_ONCE);
      all += forgotten;
      if (forgotten < FORGOTTEN_AT_ONCE) return all;
    }
  }
}
