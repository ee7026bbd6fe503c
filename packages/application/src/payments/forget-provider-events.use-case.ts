import type { Instant } from '@kastoma/domain/core';

import type { Clock } from '../core/clock.port.ts';
import type { ProviderEventRetention } from './provider-events.port.ts';

/** Longer than any provider goes on repeating itself. */
const KEPT_MILLISECONDS = 60 * 24 * 60 * 60 * 1_000;

/** Forgets which events of providers came long ago. */
export class ForgetProviderEvents {
  readonly #events: ProviderEventRetention;
  readonly #clock: Clock;

  constructor(dependencies: { readonly events: ProviderEventRetention; readonly clock: Clock }) {
    this.#events = dependencies.events;
    this.#clock = dependencies.clock;
  }

  execute(): Promise<number> {
    return this.#events.forgetBefore((this.#clock.now() - KEPT_MILLISECONDS) as Instant);
  }
}
