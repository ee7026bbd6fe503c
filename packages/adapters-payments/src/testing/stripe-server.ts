import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { StripeProvider } from '../payments/stripe-provider.ts';
import { StripeAccount, type Refused } from './stripe-account.ts';

/**
 * What goes wrong with the next request: it never arrives; it is done and the connection is cut; it is done and the
 * answer comes too late; or it is done, and Stripe says that it has failed, and goes on saying so under the key.
 */
type Fault = 'unheard' | 'cut' | 'late' | 'broken';

type Kept = { readonly status: number; readonly body: string };

const PATIENCE_MILLISECONDS = 250;
const LATE_MILLISECONDS = 600;
const STRIPE_KEY = 'sk_test_a_key_of_the_shop';
export const WEBHOOK_SECRET = 'whsec_a_secret_of_the_shop';

/** A shop's own Stripe, and the provider that speaks to it. */
export async function openStripe(key: string = STRIPE_KEY) {
  const server = new StripeServer();
  const port = await server.open();
  const provider = new StripeProvider({
    key,
    webhookSecret: WEBHOOK_SECRET,
    address: { host: '127.0.0.1', port, protocol: 'http' },
    timeoutMilliseconds: PATIENCE_MILLISECONDS,
  });
  return { server, provider };
}

/** Speaks as much of Stripe's protocol as the shop uses: intents, refunds, idempotency keys, and failures. */
class StripeServer {
  readonly account = new StripeAccount();
  /** Methods and paths, in their order. */
  readonly requests: string[] = [];
  nextFault: Fault | null = null;
  readonly #kept = new Map<string, Kept>();
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => {
      response.destroy(error as Error);
    });
  });

  async open(): Promise<number> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  /** As if a day had passed. */
  forgetKeys(): void {
    this.#kept.clear();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stripe');
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    this.requests.push(`${request.method} ${pathname}`);
    const fault = this.nextFault;
    this.nextFault = null;
    if (fault === 'unheard') {
      response.destroy();
      return;
    }
    const isPost = request.method === 'POST';
    const form = isPost
      ? new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
      : searchParams;
    const key = isPost ? request.headers['idempotency-key'] : undefined;
    const kept = key === undefined ? undefined : this.#kept.get(String(key));
    const isKnown = request.headers.authorization === `Bearer ${STRIPE_KEY}`;
    const done = kept ?? (isKnown ? this.#do(request.method ?? '', pathname, form) : UNAUTHORIZED);
    const given = fault === 'broken' ? BROKEN : done;
    if (key !== undefined) this.#kept.set(String(key), given);
    if (fault === 'cut') {
      response.destroy();
      return;
    }
    const send = () => {
      response.writeHead(given.status, { 'Content-Type': 'application/json' }).end(given.body);
    };
    if (fault === 'late') setTimeout(send, LATE_MILLISECONDS).unref();
    else send();
  }

  #do(method: string, path: string, form: URLSearchParams): Kept {
    const [, , collection = '', id = '', step = ''] = path.split('/');
    const outcome = this.#carryOut(
      `${method} ${collection}${id === '' ? '' : '/id'}`,
      id,
      step,
      form,
    );
    return 'error' in outcome
      ? { status: outcome.status, body: JSON.stringify({ error: outcome.error }) }
      : { status: 200, body: JSON.stringify(outcome) };
  }

  #carryOut(route: string, id: string, step: string, form: URLSearchParams): object | Refused {
    switch (route) {
      case 'POST payment_intents':
        return this.account.create(form);
      case 'GET payment_intents/id':
        return this.account.find(id, form.get('expand[0]') !== null);
      case 'POST payment_intents/id':
        return step === 'capture' ? this.account.capture(id, form) : this.account.cancel(id);
      case 'POST refunds':
        return this.account.refund(form);
      case 'GET refunds':
        return this.account.refundsOf(form.get('payment_intent') ?? '');
      default:
        return { status: 404, error: { type: 'invalid_request_error', message: route } };
    }
  }
}

const BROKEN: Kept = {
  status: 500,
  body: JSON.stringify({ error: { type: 'api_error', message: 'An unknown error occurred' } }),
};
const UNAUTHORIZED: Kept = {
  status: 401,
  body: JSON.stringify({ error: { type: 'invalid_request_error', message: 'Invalid API Key' } }),
};
