import type { Api, ApiAnswer, ApiCall } from './shop-client.ts';

export type Credentials = { readonly email: string; readonly password: string };

type Tokens = {
  readonly access: string;
  readonly refresh: string;
  readonly expires_in: number;
};

type Opening =
  | { readonly ok: true; readonly session: Session }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Renewed that much before its end, so that no call is under way when it expires. */
const MARGIN_SECONDS = 60;

/** Somebody who is signed in, for as long as it takes: access tokens are renewed before they expire. */
export class Session {
  readonly #client: Api;
  readonly #credentials: Credentials;
  #tokens: Tokens;
  #renewAt: number;
  #renewing: Promise<void> | null = null;

  private constructor(client: Api, credentials: Credentials, tokens: Tokens) {
    this.#client = client;
    this.#credentials = credentials;
    this.#tokens = tokens;
    this.#renewAt = renewalOf(tokens);
  }

  static async signIn(client: Api, credentials: Credentials): Promise<Opening> {
    return Session.#opened(client, credentials, await logIn(client, credentials));
  }

  /** Opens an account, or signs in where a run before this one has opened it. */
  static async registerOrSignIn(
    client: Api,
    credentials: Credentials,
    person: { readonly first_name: string; readonly last_name: string },
  ): Promise<Opening> {
    const body = { ...credentials, ...person };
    const registered = await client.call<Tokens>({ method: 'POST', path: 'auth/register', body });
    const isKnown = !registered.ok && registered.code === 'identity.email_taken';
    return isKnown
      ? Session.signIn(client, credentials)
      : Session.#opened(client, credentials, registered);
  }

  async call<Data>(call: ApiCall): Promise<ApiAnswer<Data>> {
    if (performance.now() >= this.#renewAt) await this.#renew();
    const token = this.#tokens.access;
    const answer = await this.#client.call<Data>({ ...call, token });
    if (answer.ok || answer.status !== 401) return answer;
    // Another call may have renewed it in the meantime.
    if (this.#tokens.access === token) await this.#renew();
    return this.#client.call<Data>({ ...call, token: this.#tokens.access });
  }

  /** Calls that run at the same time wait for one renewal: a refresh token is spent by its first use. */
  #renew(): Promise<void> {
    this.#renewing ??= this.#renewTokens().finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  async #renewTokens(): Promise<void> {
    const { refresh } = this.#tokens;
    const call = { method: 'POST', path: 'auth/refresh', body: { refresh } } as const;
    const refreshed = await this.#client.call<Tokens>(call);
    const renewed = refreshed.ok ? refreshed : await logIn(this.#client, this.#credentials);
    // When even that is refused, the next answer of the shop says so.
    if (!renewed.ok) return;
    this.#tokens = renewed.data;
    this.#renewAt = renewalOf(renewed.data);
  }

  static #opened(client: Api, credentials: Credentials, answer: ApiAnswer<Tokens>): Opening {
    return answer.ok
      ? { ok: true, session: new Session(client, credentials, answer.data) }
      : { ok: false, code: answer.code, message: answer.message };
  }
}

function logIn(client: Api, { email, password }: Credentials): Promise<ApiAnswer<Tokens>> {
  return client.call<Tokens>({ method: 'POST', path: 'auth/login', body: { email, password } });
}

function renewalOf({ expires_in: seconds }: Tokens): number {
  const margin = Math.min(MARGIN_SECONDS, seconds / 2);
  return performance.now() + (seconds - margin) * 1_000;
}
