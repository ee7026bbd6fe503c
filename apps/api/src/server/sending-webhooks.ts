import { ResultAsync } from 'neverthrow';

import type { HealthCheck } from '@kastoma/adapters-http';
import type {
  ClaimedWebhookDelivery,
  SendWebhooks,
  WebhookReport,
} from '@kastoma/application/notifications';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { hourly } from './hourly.ts';
import { describeFailure, type Log } from './log.ts';

const CALLS_AT_ONCE = 16;
/** A slow endpoint does not take the places of the others. */
const CALLS_AT_ONCE_FOR_EACH = 4;
const ASK_AGAIN_MILLISECONDS = 500;
/** Twice what a sender gives a call: time enough to note how it went, and well within the lease. */
const LONGEST_CALL_MILLISECONDS = 30_000;
const LONGEST_FAREWELL_MILLISECONDS = 2_000;
const LONGEST_LAG_SECONDS = 300;
/** For those that were cut off to end. */
const LAST_WORDS_MILLISECONDS = 1_000;

/**
 * Sends what is due to endpoints, and forgets old messages every hour. Returns how to end it: calls that are under
 * way get two seconds, are cut off then, and are made again by whoever sends when their lease ends.
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
    await sending.stop(running);
  };
}

/** Messages may be late for a while; five minutes are worth a look. */
export function webhooksHealth(sendingOf: () => Pick<SendWebhooks, 'standing'>): HealthCheck {
  return {
    name: 'webhooks',
    optional: true,
    check: async () => {
      const { oldestDueSeconds } = await sendingOf().standing();
      if (oldestDueSeconds > LONGEST_LAG_SECONDS) throw new Error('Webhooks are late.');
    },
    facts: async () => {
      const { oldestDueSeconds } = await sendingOf().standing();
      return { oldest_due_seconds: Math.round(oldestDueSeconds) };
    },
  };
}

type Call = {
  readonly endpointId: string;
  /** Ends it for us, whether or not it hears of that. */
  readonly leave: () => void;
};

/** One process that sends. */
class Sending {
  readonly #webhooks: Pick<SendWebhooks, 'claim' | 'deliver'>;
  readonly #log: Log;
  /** Those that are under way. */
  readonly #calls = new Map<Promise<void>, Call>();
  readonly #cutOff = new AbortController();
  #wakeUp: () => void = () => undefined;
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

  async stop(running: Promise<void>): Promise<void> {
    this.#isStopping = true;
    this.#wakeUp();
    const limit = setTimeout(() => {
      this.#cutOff.abort();
    }, LONGEST_FAREWELL_MILLISECONDS);
    const lastLimit = setTimeout(() => {
      for (const { leave } of this.#calls.values()) leave();
    }, LONGEST_FAREWELL_MILLISECONDS + LAST_WORDS_MILLISECONDS);
    // What was claimed at this very moment is begun yet.
    await running;
    while (this.#calls.size > 0) await Promise.all(this.#calls.keys());
    clearTimeout(limit);
    clearTimeout(lastLimit);
  }

  async #takeWhatIsDue(): Promise<void> {
    const free = CALLS_AT_ONCE - this.#calls.size;
    if (free === 0) return;
    // With one call at least: what is claimed beside it could take an endpoint beyond its share.
    const busy = [...new Set(Array.from(this.#calls.values(), ({ endpointId }) => endpointId))];
    try {
      const claimed = await this.#webhooks.claim(free, CALLS_AT_ONCE_FOR_EACH, busy);
      this.#reportReach(null);
      for (const delivery of claimed) this.#begin(delivery);
    } catch (error) {
      this.#reportReach(error);
    }
  }

  /** It ends in time whatever becomes of it, so that an endpoint never takes a place for ever. */
  #begin(delivery: ClaimedWebhookDelivery): void {
    const hangUp = new AbortController();
    const left = Promise.withResolvers<void>();
    const leave = () => {
      hangUp.abort();
      left.resolve();
    };
    const limit = setTimeout(() => {
      this.#log('warning', 'A webhook call did not end', namesOf(delivery));
      leave();
    }, LONGEST_CALL_MILLISECONDS);
    const delivered = this.#deliver(
      delivery,
      AbortSignal.any([this.#cutOff.signal, hangUp.signal]),
    );
    const ended = Promise.race([delivered, left.promise]).then(() => {
      clearTimeout(limit);
      this.#calls.delete(ended);
      this.#wakeUp();
    });
    this.#calls.set(ended, { endpointId: delivery.endpointId, leave });
  }

  async #deliver(delivery: ClaimedWebhookDelivery, signal: AbortSignal): Promise<void> {
    try {
      this.#tell(await this.#webhooks.deliver(delivery, signal));
    } catch (error) {
      this.#reportReach(error);
    }
  }

  /** A call that has ended makes room; else it is asked again after a while. */
  async #untilThereMayBeMore(): Promise<void> {
    if (this.#isStopping) return;
    const waited = Promise.withResolvers<void>();
    this.#wakeUp = waited.resolve;
    const timer = setTimeout(waited.resolve, ASK_AGAIN_MILLISECONDS);
    await waited.promise;
    clearTimeout(timer);
  }

  #tell({ outcome, error, ...delivery }: WebhookReport): void {
    if (outcome === 'delivered' || outcome === 'left') return;
    const isGivenUp = outcome === 'quarantined';
    const message = isGivenUp ? 'A webhook is in quarantine' : 'A webhook did not come through';
    this.#log(isGivenUp ? 'error' : 'warning', message, { ...namesOf(delivery), code: error });
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

function namesOf(delivery: ClaimedWebhookDelivery) {
  return {
    endpoint_id: delivery.endpointId,
    delivery_id: delivery.id,
    event_type: delivery.eventType,
    attempts: delivery.attempts,
    request_id: delivery.correlationId,
  };
}
