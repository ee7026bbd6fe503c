import { setTimeout as pause } from 'node:timers/promises';

import { Refused } from './refused.ts';

export type ApiCall = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/api/v1/`. */
  readonly path: string;
  readonly body?: object;
  readonly token?: string;
  readonly idempotencyKey?: string;
};

export type ApiAnswer<Data> =
  | {
      readonly ok: true;
      readonly data: Data;
      /** Whether the shop had given this very answer before, under the same Idempotency-Key. */
      readonly replayed: boolean;
      readonly hasNextPage: boolean;
    }
  | {
      readonly ok: false;
      readonly status: number;
      readonly code: string;
      readonly message: string;
    };

type Envelope = {
  readonly success: boolean;
  readonly data: unknown;
  readonly errors: readonly { readonly code: string; readonly message: string }[] | null;
  readonly pagination: { readonly next: string | null } | null;
};

/** Whoever can be asked. */
export type Api = {
  call<Data>(call: ApiCall): Promise<ApiAnswer<Data>>;
};

const MOST_ATTEMPTS = 8;
const LONGEST_ANSWER_MILLISECONDS = 30_000;
const LONGEST_PAUSE_SECONDS = 60;

/**
 * Speaks HTTP with the shop. What may succeed a moment later is repeated: a lost
 * connection, 429 and 503 after the time they name, and a key that is in flight.
 * Every call of this program may safely be repeated.
 */
export class ShopClient implements Api {
  readonly #root: string;

  constructor(url: string) {
    this.#root = `${url.replace(/\/+$/, '')}/api/v1/`;
  }

  async call<Data>(call: ApiCall): Promise<ApiAnswer<Data>> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.#send(call, attempt);
      if (response !== null) {
        const answer = await readAnswer<Data>(response);
        const seconds = attempt < MOST_ATTEMPTS ? secondsToWait(response, answer, attempt) : null;
        if (seconds === null) return answer;
        await pause(seconds * 1_000);
      }
    }
  }

  /** Null when the connection was lost and it is worth another attempt. */
  async #send(call: ApiCall, attempt: number): Promise<Response | null> {
    try {
      return await fetch(this.#root + call.path, {
        method: call.method,
        headers: {
          Accept: 'application/json',
          ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(call.token === undefined ? {} : { Authorization: `Bearer ${call.token}` }),
          ...(call.idempotencyKey === undefined ? {} : { 'Idempotency-Key': call.idempotencyKey }),
        },
        body: call.body === undefined ? null : JSON.stringify(call.body),
        signal: AbortSignal.timeout(LONGEST_ANSWER_MILLISECONDS),
      });
    } catch (error) {
      if (attempt >= MOST_ATTEMPTS) {
        throw new Refused(`The shop at ${this.#root} does not answer: is it running?`, {
          cause: error,
        });
      }
      await pause(backoffSeconds(attempt) * 1_000);
      return null;
    }
  }
}

function secondsToWait(
  response: Response,
  answer: ApiAnswer<unknown>,
  attempt: number,
): number | null {
  if (answer.ok) return null;
  if (answer.status === 429 || answer.status === 503) {
    const named = Number(response.headers.get('retry-after') ?? Number.NaN);
    return Number.isFinite(named)
      ? Math.min(named, LONGEST_PAUSE_SECONDS)
      : backoffSeconds(attempt);
  }
  return answer.code === 'core.idempotency_key_in_flight' ? backoffSeconds(attempt) : null;
}

function backoffSeconds(attempt: number): number {
  return 0.05 * 2 ** attempt;
}

async function readAnswer<Data>(response: Response): Promise<ApiAnswer<Data>> {
  const envelope = await readEnvelope(response);
  if (response.ok && envelope?.success === true) {
    return {
      ok: true,
      data: envelope.data as Data,
      replayed: response.headers.get('idempotency-replayed') === 'true',
      hasNextPage: (envelope.pagination?.next ?? null) !== null,
    };
  }
  const problem = envelope?.errors?.[0];
  return {
    ok: false,
    status: response.status,
    code: problem?.code ?? `http.${response.status}`,
    message: problem?.message ?? 'The answer is not one of this API.',
  };
}

/** Null for what is no JSON: an answer of something that stands between us and the shop. */
async function readEnvelope(response: Response): Promise<Envelope | null> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  return isJson ? (JSON.parse(text) as Envelope) : null;
}
