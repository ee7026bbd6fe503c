import type {
  WebhookAnswer,
  WebhookRequest,
  WebhookSender,
} from '../../notifications/webhook-sender.port.ts';

/** Keeps what it was given, and answers as it was told to. */
export class FakeWebhookSender implements WebhookSender {
  readonly sent: WebhookRequest[] = [];
  readonly #answers: WebhookAnswer[] = [];
  /** Called while the answer is awaited. */
  meanwhile: () => void | Promise<void> = () => undefined;

  /** The next ones answer so, and then everything is fine again. */
  answer(...answers: readonly WebhookAnswer[]): void {
    this.#answers.push(...answers);
  }

  async send(request: WebhookRequest): Promise<WebhookAnswer> {
    this.sent.push(request);
    await this.meanwhile();
    return this.#answers.shift() ?? { kind: 'answered', status: 200, retryAfterSeconds: null };
  }
}
