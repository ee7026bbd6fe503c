/** An answer as it was given the first time. */
export type KeptAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** A caller's promise that two requests under one key are one. */
export type IdempotencyClaim = {
  /** The principal and the route: the same key elsewhere is another key. */
  readonly scope: string;
  readonly key: string;
  /** A hash of the request's canonical body. */
  readonly fingerprint: string;
  /** The answer to keep for what the unit of work returned. */
  readonly answerOf: (outcome: unknown) => KeptAnswer;
};

/** Not a failure of the business: why the work was not done (again). */
export type IdempotencyOutcome =
  | { readonly code: 'core.idempotent_replay'; readonly answer: KeptAnswer }
  | { readonly code: 'core.idempotency_key_reused' }
  | { readonly code: 'core.idempotency_key_in_flight' };
