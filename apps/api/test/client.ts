import type { Contract } from './contract.ts';
import type { Failure, Pagination, Problem, User } from './wire.ts';

export type SignedIn = { user: User; access: string; refresh: string };

type Sent = {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Answer<Data> = {
  readonly status: number;
  readonly headers: Headers;
  readonly success: boolean;
  readonly data: Data;
  readonly message: string;
  readonly errors: readonly Failure[] | null;
  readonly pagination: Pagination | null;
  /** As it came. */
  readonly text: string;
};

/** Settles with the answer; `expect` settles with it when it has that status, and says what came instead. */
type Asked<Data> = Promise<Answer<Data>> & {
  expect(status: number): Promise<Answer<Data>>;
  /** Refused with this status and one error of this code. */
  refused(status: number, code: string): Promise<Answer<Data> & { readonly error: Failure }>;
};

/** Somebody who calls the API; every answer is held against the OpenAPI document. */
export class Client {
  readonly url: string;
  readonly #contract: Contract;
  readonly #account: SignedIn | null;

  constructor(url: string, contract: Contract, account: SignedIn | null = null) {
    this.url = url;
    this.#contract = contract;
    this.#account = account;
  }

  get account(): SignedIn {
    if (this.#account === null) throw new Error('A guest has no account.');
    return this.#account;
  }

  get contract(): Contract {
    return this.#contract;
  }

  as(account: SignedIn): Client {
    return new Client(this.url, this.#contract, account);
  }

  get<Data = unknown>(path: string, headers: Sent['headers'] = {}): Asked<Data> {
    return this.#ask<Data>('GET', path, { headers });
  }

  post<Data = unknown>(path: string, body: unknown, headers: Sent['headers'] = {}): Asked<Data> {
    return this.#ask<Data>('POST', path, { body, headers });
  }

  put<Data = unknown>(path: string, body: unknown, headers: Sent['headers'] = {}): Asked<Data> {
    return this.#ask<Data>('PUT', path, { body, headers });
  }

  patch<Data = unknown>(path: string, body: unknown, headers: Sent['headers'] = {}): Asked<Data> {
    return this.#ask<Data>('PATCH', path, { body, headers });
  }

  delete<Data = unknown>(path: string, headers: Sent['headers'] = {}): Asked<Data> {
    return this.#ask<Data>('DELETE', path, { headers });
  }

  /** Any request, with a path from the root and nothing checked but the contract. */
  async send(method: string, path: string, { body, headers = {} }: Sent = {}): Promise<Response> {
    const account = this.#account;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(account === null ? {} : { Authorization: `Bearer ${account.access}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const contentType = response.headers.get('content-type') ?? '';
    // A stream has no end: who wants to read it asks for it by other means.
    const isStream = contentType.startsWith('text/event-stream');
    if (isStream) await response.body?.cancel();
    const text = isStream ? '' : await response.clone().text();
    this.#contract.check({
      method,
      path,
      requestBody: body,
      status: response.status,
      contentType,
      // Files are checked by those who read them.
      body: text === '' || !isJson(contentType) ? undefined : JSON.parse(text),
    });
    return response;
  }

  #ask<Data>(method: string, path: string, sent: Sent): Asked<Data> {
    const answered = this.#read<Data>(method, path, sent);
    const told = async (status: number) => {
      const answer = await answered;
      if (answer.status === status) return answer;
      throw new Error(
        `${method} ${path}: ${status} was expected and ${answer.status} came: ${answer.text}`,
      );
    };
    return Object.assign(answered, {
      expect: told,
      refused: async (status: number, code: string) => {
        const answer = await told(status);
        const [error, ...others] = answer.errors ?? [];
        if (error?.code !== code || others.length > 0)
          throw new Error(`${method} ${path}: ${code} was expected and this came: ${answer.text}`);
        return { ...answer, error };
      },
    });
  }

  async #read<Data>(method: string, path: string, sent: Sent): Promise<Answer<Data>> {
    const response = await this.send(method, `/api/v1${path}`, sent);
    const text = await response.text();
    const body = (text === '' ? EMPTY : JSON.parse(text)) as Omit<
      Answer<Data>,
      'status' | 'headers' | 'text'
    >;
    return { ...body, status: response.status, headers: response.headers, text };
  }
}

function isJson(contentType: string): boolean {
  return /^application\/(?:problem\+)?json\b/.test(contentType);
}

const EMPTY = { success: true, data: null, message: '', errors: null, pagination: null };

/** The body of a refusal for those who ask for RFC 9457. */
export async function problemOf(response: Response): Promise<Problem> {
  return (await response.json()) as Problem;
}
