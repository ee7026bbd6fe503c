import type { LookupAddress } from 'node:dns';
import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';

import type {
  WebhookAnswer,
  WebhookRequest,
  WebhookSender,
} from '@kastoma/application/notifications';

import { hostOf, readUrl, type Resolve, type WebhookTargets } from './guarded-webhook-addresses.ts';
import { isPublicAddress } from './public-addresses.ts';

/** What a call may cost. */
export type WebhookPatience = {
  /** From the first packet to the end of the answer. */
  readonly wholeCallMilliseconds: number;
  /** Of the answer's body no more is taken in. */
  readonly largestAnswerBytes: number;
};

const PATIENCE: WebhookPatience = { wholeCallMilliseconds: 15_000, largestAnswerBytes: 65_536 };

const FAILURE_CODE = /^[A-Z][A-Z0-9_]{1,60}$/;
const LOWEST_STATUS = 100;
const WHOLE_SECONDS = /^\d{1,9}$/;

/**
 * Calls endpoints, and looks once more where it is led: the address that was checked is the one
 * that is called, so that a name which leads elsewhere the second time (DNS rebinding) gains nothing.
 * Connections are not kept, no redirect is followed, no proxy of the environment is asked.
 */
export class GuardedWebhookSender implements WebhookSender {
  readonly #targets: WebhookTargets;
  readonly #resolve: Resolve;
  readonly #patience: WebhookPatience;

  constructor(targets: WebhookTargets, resolve: Resolve, patience: WebhookPatience = PATIENCE) {
    this.#targets = targets;
    this.#resolve = resolve;
    this.#patience = patience;
  }

  async send({ url: text, headers, body }: WebhookRequest, signal: AbortSignal) {
    // What was stored by other settings, or by somebody else, is looked at as if it were new.
    const read = readUrl(text, this.#targets);
    if (read.isErr()) return failed(`address_${read.error}`);
    const url = read.value;
    const call = { url, headers, body };
    return this.#call(call, this.#lookupOf(hostOf(url)), signal);
  }

  #call(
    { url, headers, body }: { url: URL; headers: WebhookRequest['headers']; body: string },
    lookup: LookupFunction,
    stopped: AbortSignal,
  ): Promise<WebhookAnswer> {
    const bytes = Buffer.from(body);
    const { wholeCallMilliseconds, largestAnswerBytes } = this.#patience;
    const isHttps = url.protocol === 'https:';
    const timeout = AbortSignal.timeout(wholeCallMilliseconds);
    const signal = AbortSignal.any([stopped, timeout]);
    return new Promise((resolve) => {
      const options = {
        method: 'POST',
        agent: isHttps ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false }),
        lookup,
        signal,
        headers: {
          'Content-Type': 'application/json',
          'Content-Length': String(bytes.length),
          'User-Agent': 'Kastoma-Webhooks/1',
          Accept: '*/*',
          Connection: 'close',
          ...headers,
        },
      };
      let answer: WebhookAnswer | null = null;
      const request = (isHttps ? requestHttps : requestHttp)(url, options);
      request.once('response', (response) => {
        const given = answerOf(response);
        answer = given;
        response.once('close', () => {
          resolve(given);
        });
        drain(response, largestAnswerBytes);
      });
      // Node tells of neither an answer nor an error when somebody would rather speak another protocol.
      request.once('upgrade', (response, socket) => {
        socket.destroy();
        resolve(answerOf(response));
      });
      request.once('error', (error: unknown) => {
        resolve(answer ?? failed(timeout.aborted ? 'timed_out' : codeOf(error)));
      });
      request.once('close', () => {
        resolve(answer ?? failed('unreachable'));
      });
      request.end(bytes);
    });
  }

  /** Hands the connection no address that leads inside, and of several none when one of them does. */
  #lookupOf(host: string): LookupFunction {
    const find = callbackify(() => this.#addressesOf(host));
    return (_name, { all }, callback) => {
      find((error, addresses) => {
        const [first] = addresses ?? [];
        if (first === undefined) callback(error, '');
        else if (all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      });
    };
  }

  async #addressesOf(host: string): Promise<readonly LookupAddress[]> {
    const addresses = isIP(host) === 0 ? await this.#resolve(host) : [host];
    if (addresses.length === 0) throw new Unreachable(NOWHERE);
    if (this.#targets === 'public' && !addresses.every(isPublicAddress))
      throw new Unreachable(LEADS_INSIDE);
    return addresses.map((address) => ({ address, family: isIP(address) }));
  }
}

/** Why nobody is called, as a code like those of the system. */
class Unreachable extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const LEADS_INSIDE = 'ADDRESS_INSIDE';
const NOWHERE = 'ENOTFOUND';

function answerOf({ statusCode = 0, headers }: IncomingMessage): WebhookAnswer {
  if (statusCode < LOWEST_STATUS) return failed('malformed_answer');
  const wished = headers['retry-after'] ?? '';
  const retryAfterSeconds = WHOLE_SECONDS.test(wished) ? Number(wished) : null;
  return { kind: 'answered', status: statusCode, retryAfterSeconds };
}

/** Nobody reads it; whoever sends on and on is cut off. */
function drain(response: IncomingMessage, largestBytes: number): void {
  let bytes = 0;
  response.on('error', () => {
    response.destroy();
  });
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > largestBytes) response.destroy();
  });
}

/** The words of a failure hold addresses; its code does not. */
function codeOf(error: unknown): string {
  const causes: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  const codes = causes.flatMap((cause) =>
    cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? [cause.code] : [],
  );
  const code = codes.find((one) => FAILURE_CODE.test(one));
  return code === undefined ? 'unreachable' : code.toLowerCase();
}

function failed(error: string): WebhookAnswer {
  return { kind: 'failed', error };
}
