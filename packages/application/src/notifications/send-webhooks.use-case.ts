import { err, ok, safeTry } from 'neverthrow';

import type { Instant } from '@kastoma/domain/core';
import {
  MOST_WEBHOOK_ATTEMPTS,
  pauseAfter,
  signingSecrets,
  type DisablingReason,
} from '@kastoma/domain/notifications';

import { systemContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { Jitter } from '../core/jitter.port.ts';
import type { NotificationsTx, NotificationsUnitOfWork } from './notifications.unit-of-work.ts';
import type { WebhookAttempt, WebhookDeliveryFate } from './webhook-deliveries.port.ts';
import type {
  ClaimedWebhookDelivery,
  WebhookDeliveryQueue,
} from './webhook-delivery-queue.port.ts';
import type { WebhookSecrets } from './webhook-secrets.port.ts';
import type { WebhookAnswer, WebhookSender } from './webhook-sender.port.ts';

/** Longer than any call may take, and the note of how it went. */
const LEASE_MILLISECONDS = 60_000;
/** An endpoint is given up when a message was, and nothing has come through for so long. */
const FAILING_TOO_LONG_MILLISECONDS = 24 * 60 * 60 * 1_000;
const GONE = 410;

/** How a delivery went, for the log; `left` where the caller gave up waiting, or somebody else has it. */
export type WebhookReport = ClaimedWebhookDelivery & {
  readonly outcome: 'delivered' | 'failed' | 'quarantined' | 'left';
  readonly error: string | null;
};

export type WebhooksStanding = {
  /** How long ago the oldest message was due that is not settled yet; 0 when there is none. */
  readonly oldestDueSeconds: number;
};

type Dependencies = {
  readonly unitOfWork: NotificationsUnitOfWork;
  readonly queue: Pick<WebhookDeliveryQueue, 'claim' | 'firstDueAt'>;
  readonly webhookSecrets: Pick<WebhookSecrets, 'sign'>;
  readonly sender: WebhookSender;
  readonly clock: Clock;
  readonly jitter: Jitter;
};

/** Sends messages to those who listen. Any number of processes may do so at once, and each may die at any point. */
export class SendWebhooks {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  async standing(): Promise<WebhooksStanding> {
    const { queue, clock } = this.#dependencies;
    const firstDueAt = await queue.firstDueAt();
    const age = firstDueAt === null ? 0 : clock.now() - firstDueAt;
    return { oldestDueSeconds: Math.max(0, age / 1_000) };
  }

  /** Takes what is due, a few for each endpoint that is not busy already. */
  claim(
    limit: number,
    atMostForEach: number,
    busy: readonly string[],
  ): Promise<readonly ClaimedWebhookDelivery[]> {
    const { queue, clock } = this.#dependencies;
    const now = clock.now();
    const leaseEnds = (now + LEASE_MILLISECONDS) as Instant;
    return queue.claim({ limit, atMostForEach, exceptEndpoints: busy, now, leaseEnds });
  }

  /** Sends it, and notes how that went. Rejects when it cannot be noted; the lease then ends by itself. */
  async deliver(claimed: ClaimedWebhookDelivery, signal: AbortSignal): Promise<WebhookReport> {
    const { clock } = this.#dependencies;
    const begunAt = clock.now();
    // It was begun often enough, and no process has lived to tell.
    const answer: WebhookAnswer =
      claimed.attempts > MOST_WEBHOOK_ATTEMPTS
        ? { kind: 'failed', error: 'never_ended' }
        : await this.#send(claimed, begunAt, signal);
    if (signal.aborted) return { ...claimed, outcome: 'left', error: null };
    const error = errorOf(answer);
    const endedAt = clock.now();
    const attempt: WebhookAttempt = {
      endedAt,
      tookMilliseconds: Math.max(0, endedAt - begunAt),
      answeredStatus: answer.kind === 'answered' ? answer.status : null,
      error,
    };
    const fate = error === null ? DELIVERED : this.#fateOf(claimed, answer, endedAt);
    const isNoted = await this.#settle(claimed, attempt, fate);
    const outcome = fate.status === 'pending' ? 'failed' : fate.status;
    return { ...claimed, outcome: isNoted ? outcome : 'left', error };
  }

  async #send(
    { endpointId, url, messageId, body, ...claimed }: ClaimedWebhookDelivery,
    now: Instant,
    signal: AbortSignal,
  ): Promise<WebhookAnswer> {
    const { webhookSecrets, sender } = this.#dependencies;
    const timestamp = Math.floor(now / 1_000);
    const content = { messageId, timestamp, body };
    const signed = webhookSecrets.sign(content, signingSecrets(claimed, now), endpointId);
    if (signed.isErr()) return { kind: 'failed', error: 'secret_unreadable' };
    const headers = {
      'webhook-id': messageId,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signed.value,
    };
    return sender.send({ url, headers, body }, signal);
  }

  #fateOf(
    { attempts }: ClaimedWebhookDelivery,
    answer: WebhookAnswer,
    at: Instant,
  ): WebhookDeliveryFate {
    const isAnswered = answer.kind === 'answered';
    if (isAnswered && answer.status === GONE) return QUARANTINED;
    const wished = isAnswered ? answer.retryAfterSeconds : null;
    const pause = pauseAfter(attempts, wished);
    if (pause === null) return QUARANTINED;
    // Nobody is called earlier than they wished.
    const seconds = Math.max(this.#dependencies.jitter.spread(pause), Math.min(pause, wished ?? 0));
    return { status: 'pending', dueAt: (at + Math.ceil(seconds * 1_000)) as Instant };
  }

  async #settle(
    claimed: ClaimedWebhookDelivery,
    attempt: WebhookAttempt,
    fate: WebhookDeliveryFate,
  ): Promise<boolean> {
    const { unitOfWork } = this.#dependencies;
    const context = systemContext(claimed.correlationId);
    const settled = await unitOfWork.run(context, (tx) =>
      safeTry(async function* () {
        if (!(yield* tx.deliveries.settle(claimed, attempt, fate))) return ok(false);
        const { endpointId } = claimed;
        const cameThrough = fate.status === 'delivered';
        const { endedAt } = attempt;
        const since = yield* tx.endpoints.noteAttempt(endpointId, cameThrough, endedAt);
        const reason = fate.status === 'quarantined' ? whyToStop(attempt, since) : null;
        if (reason !== null) yield* disable(tx, claimed, reason, endedAt);
        return ok(true);
      }),
    );
    // Somebody changed the endpoint at the same moment, again and again: it is noted next time.
    return settled.unwrapOr(false);
  }
}

const DELIVERED = { status: 'delivered' } as const;
const QUARANTINED = { status: 'quarantined' } as const;

function errorOf(answer: WebhookAnswer): string | null {
  if (answer.kind === 'failed') return answer.error;
  return answer.status >= 200 && answer.status < 300 ? null : 'refused';
}

function whyToStop(
  { answeredStatus, endedAt }: WebhookAttempt,
  failingSince: Instant | null,
): DisablingReason | null {
  if (answeredStatus === GONE) return 'gone';
  const isLong = failingSince !== null && endedAt - failingSince >= FAILING_TOO_LONG_MILLISECONDS;
  return isLong ? 'failing' : null;
}

function disable(
  { endpoints }: NotificationsTx,
  { endpointId }: ClaimedWebhookDelivery,
  reason: DisablingReason,
  at: Instant,
) {
  return endpoints
    .find(endpointId)
    .andThen((endpoint) => {
      const disabled = endpoint.disable(reason, at);
      return disabled === endpoint ? ok() : endpoints.save(disabled);
    })
    .orElse((error) =>
      // It was deleted meanwhile.
      error.code === 'notifications.webhook_endpoint_not_found' ? ok() : err(error),
    );
}
