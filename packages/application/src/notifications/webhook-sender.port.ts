import type { WebhookUrl } from '@kastoma/domain/notifications';

export type WebhookRequest = {
  readonly url: WebhookUrl;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type WebhookAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** For how long the other side wishes to be left alone. */
      readonly retryAfterSeconds: number | null;
    }
  /** A code: it could not be reached, took too long, or leads where the shop does not call. */
  | { readonly kind: 'failed'; readonly error: string };

/** Calls whoever listens: no redirect is followed, and of the answer nothing is kept but its status. */
export interface WebhookSender {
  send(request: WebhookRequest, signal: AbortSignal): Promise<WebhookAnswer>;
}
