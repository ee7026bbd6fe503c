import { ResultAsync } from 'neverthrow';

import type { SendWebhooks, WebhookReport } from '@kastoma/application/notifications';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { hourly } from './hourly.ts';
import { describeFailure, type Log } from './log.ts';

const CALLS_AT_ONCE = 16;
/** A slow endpoint does not take the places of the others. */
const CALLS_AT_ONCE_FOR_EACH = 4;
const ASK_AGAIN_MILLISECONDS = 500;
const LONGEST_FAREWELL_MILLISECONDS = 2_000;

/**
 * Sends what is due to endpoints, and forgets old messages every hour. Returns how to end it: calls
 * that are under way get two seconds, and are made again by whoever sends when their lease ends.
 */
export function openSending(wiring: Wiring, log: Log): () => Promise<void> {
  const forgetWebhookDeliveries = wiring.get(TOKENS.forgetWebhookDeliveries);
  const stopForgetting = hourly(
    () => ResultAsync.fromPromise(forgetWebhookDeliveries.execute(), (error) => error),
    (error) => {
      log('warning', 'Old messages of webhooks could not be forgotten', describeFailure(error));
    },
  );
  const sending = new Sending(wiring.get(TOKENS.sendWebhooks), log);
  const running = sending.run();
  return async () => {
    stopForgetting();
    await sending.stop();
    await running;
  };
}

/** One process that sends. */
class Sending {
  readonly #webhooks: Pick<SendWebhooks, 'claim' | 'deliver'>;
  readonly #log: Log;
  /** The calls that are under way, with whom they go to. */
  readonly #calls = new Map<Promise<void>, string>();
  readonly #stopped = Promise.withResolvers<void>();
  readonly #cutOff = new AbortController();
  #isStopping = false;
  #isLost = false;

  constructor(webhooks: Pick<SendWebhooks, 'claim' | 'deliver'>, log: Log) {
    this.#webhooks = webhooks;
    this.#log = log;
  }

  async run(): Promise<void> {
    while (!this.#isStopping) {
      await this.#takeWhatIsDue();
      await this.#untilThereMayBeMore();
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#stopped.resolve();
    const limit = setTimeout(() => {
      this.#cutOff.abort();
    }, LONGEST_FAREWELL_MILLISECONDS);
    while (this.#calls.size > 0) await Promise.all(this.#calls.keys());
    clearTimeout(limit);
  }

  async #takeWhatIsDue(): Promise<void> {
    const free = CALLS_AT_ONCE - this.#calls.size;
    if (free === 0) return;
    // With one call at least: what is claimed beside it could take an endpoint beyond its share.
    const busy = [...new Set(this.#calls.values())];
    try {
      const claimed = await this.#webhooks.claim(free, CALLS_AT_ONCE_FOR_EACH, busy);
      this.#reportReach(null);
      for (const delivery of claimed) {
        const call = this.#webhooks.deliver(delivery, this.#cutOff.signal).then(
          (report) => {
            this.#tell(report);
          },
          (error: unknown) => {
            this.#reportReach(error);
          },
        );
        const ended = call.finally(() => this.#calls.delete(ended));
        this.#calls.set(ended, delivery.endpointId);
      }
    } catch (error) {
      this.#reportReach(error);
    }
  }

  /** A call that has ended makes room; else it is asked again after a while. */
  async #untilThereMayBeMore(): Promise<void> {
    const waited = Promise.withResolvers<void>();
    const timer = setTimeout(waited.resolve, ASK_AGAIN_MILLISECONDS);
    await Promise.race([waited.promise, this.#stopped.promise, ...this.#calls.keys()]);
    clearTimeout(timer);
  }

  #tell({ outcome, error, ...delivery }: WebhookReport): void {
    if (outcome === 'delivered' || outcome === 'left') return;
    const isGivenUp = outcome === 'quarantined';
    const message = isGivenUp ? 'A webhook is in quarantine' : 'A webhook did not come through';
    this.#log(isGivenUp ? 'error' : 'warning', message, {
      endpoint_id: delivery.endpointId,
      delivery_id: delivery.id,
      event_type: delivery.eventType,
      attempts: delivery.attempts,
      request_id: delivery.correlationId,
      code: error,
    });
  }

  /** Once when the database is lost, and once when it is back. */
  #reportReach(error: unknown): void {
    const isLost = error !== null;
    if (isLost === this.#isLost) return;
    this.#isLost = isLost;
    if (isLost) this.#log('warning', 'Webhooks cannot be sent', describeFailure(error));
    else this.#log('info', 'Webhooks are sent again');
  }
}
