import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect } from 'vitest';

export type ReceivedMessage = {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly id: string;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly timestamp: string;
    readonly request_id: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
};

/** What a merchant's program does: it listens, and believes nobody without a good signature. */
export class WebhookReceiver {
  readonly received: ReceivedMessage[] = [];
  readonly #server: Server;
  /** How it answers the next ones; 204 where nothing is said, and never where null is. */
  readonly answers: (number | null)[] = [];

  constructor() {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts).toString('utf8');
        const id = String(request.headers['webhook-id']);
        const event = JSON.parse(body) as ReceivedMessage['event'];
        this.received.push({ headers: request.headers, body, id, event });
        const status = this.answers.length === 0 ? 204 : this.answers.shift();
        if (typeof status === 'number') response.writeHead(status).end();
      });
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hooks`;
  }

  /** Waits until so many have come, and gives them. */
  async await(count: number): Promise<readonly ReceivedMessage[]> {
    await expect
      .poll(() => this.received.length, { timeout: 15_000 })
      .toBeGreaterThanOrEqual(count);
    return this.received;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<unknown>((resolve) => {
      this.#server.close(resolve);
    });
  }
}

const TOLERANCE_SECONDS = 300;

/** As the specification of Standard Webhooks has receivers verify a message. */
export function verifies(secret: string, { headers, body, id }: ReceivedMessage): boolean {
  const timestamp = Number(headers['webhook-timestamp']);
  if (!(Math.abs(Date.now() / 1_000 - timestamp) <= TOLERANCE_SECONDS)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .some((signature) => {
      const [version, text = ''] = signature.split(',');
      const given = Buffer.from(text, 'base64');
      return (
        version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
      );
    });
}
