import type { DeliveryReport, RelayOutbox } from '@kastoma/application/core';

import { describeFailure, type Log } from './log.ts';

const DELIVERIES_AT_ONCE = 8;
const ASK_AGAIN_MILLISECONDS = 500;
const LONGEST_FAREWELL_MILLISECONDS = 2_000;

/**
 * Relays until it is stopped: asks twice a second whether anything is due, and at
 * once when a delivery has ended. Returns how to stop it: what is under way gets
 * two seconds; what takes longer is tried again by whoever relays when its lease ends.
 */
export function startRelay(
  relay: Pick<RelayOutbox, 'claim' | 'deliver'>,
  log: Log,
): () => Promise<void> {
  const stop = new AbortController();
  const running = new RunningRelay(relay, log).run(stop.signal);
  return async () => {
    stop.abort();
    await running;
  };
}

class RunningRelay {
  readonly #relay: Pick<RelayOutbox, 'claim' | 'deliver'>;
  readonly #log: Log;
  readonly #underWay = new Set<Promise<void>>();
  #isCutOff = false;

  constructor(relay: Pick<RelayOutbox, 'claim' | 'deliver'>, log: Log) {
    this.#relay = relay;
    this.#log = log;
  }

  async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await this.#takeWhatIsDue();
      await this.#untilThereMayBeMore(stop);
    }
    const farewell = waitFor(LONGEST_FAREWELL_MILLISECONDS);
    await Promise.race([Promise.all(this.#underWay), farewell.over]);
    farewell.end();
  }

  async #takeWhatIsDue(): Promise<void> {
    const free = DELIVERIES_AT_ONCE - this.#underWay.size;
    if (free === 0) return;
    try {
      const claimed = await this.#relay.claim(free);
      this.#reportReach(null);
      for (const delivery of claimed) {
        const delivered = this.#relay.deliver(delivery).then(
          (report) => {
            this.#tell(report);
          },
          (error: unknown) => {
            this.#reportReach(error);
          },
        );
        const ended = delivered.finally(() => this.#underWay.delete(ended));
        this.#underWay.add(ended);
      }
    } catch (error) {
      this.#reportReach(error);
    }
  }

  /** A claim costs about as much as a delivery, so it waits until half of the places are free. */
  async #untilThereMayBeMore(stop: AbortSignal): Promise<void> {
    const wait = waitFor(ASK_AGAIN_MILLISECONDS);
    stop.addEventListener('abort', wait.end);
    let reason: unknown;
    do reason = await Promise.race([wait.over, ...this.#underWay]);
    while (reason !== OVER && this.#underWay.size > DELIVERIES_AT_ONCE / 2);
    stop.removeEventListener('abort', wait.end);
    wait.end();
  }

  #tell({ outcome, code, error, ...delivery }: DeliveryReport): void {
    if (outcome === 'handled' || outcome === 'not_due') return;
    const { eventId, consumer, attempts, correlationId, event } = delivery;
    const message =
      outcome === 'failed' ? 'An event was not handled yet' : 'An event is in quarantine';
    this.#log(outcome === 'failed' ? 'warning' : 'error', message, {
      event_id: eventId,
      event_type: event.type,
      consumer,
      attempts,
      request_id: correlationId,
      code,
      ...(error === undefined ? {} : describeFailure(error)),
    });
  }

  /** Once when the database is lost, and once when it is back. */
  #reportReach(error: unknown): void {
    const isCutOff = error !== null;
    if (isCutOff === this.#isCutOff) return;
    this.#isCutOff = isCutOff;
    if (isCutOff) this.#log('warning', 'Events cannot be relayed', describeFailure(error));
    else this.#log('info', 'Events are relayed again');
  }
}

const OVER = Symbol('over');

/** Is over when the time has passed, or when it is ended before. */
function waitFor(milliseconds: number): {
  readonly over: Promise<symbol>;
  readonly end: () => void;
} {
  const { promise, resolve } = Promise.withResolvers<symbol>();
  const timer = setTimeout(resolve, milliseconds, OVER);
  const end = () => {
    clearTimeout(timer);
    resolve(OVER);
  };
  return { over: promise, end };
}
