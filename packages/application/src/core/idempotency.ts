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
  /**
   * Of a command that goes on outside: what it is to do there, for whoever repeats the request before the answer is
   * final. Left out, or null, the answer is final at once.
   */
  readonly intentOf?: (outcome: unknown) => string | null;
  /** Left out, the key is claimed. A command that went on outside ends with its final answer, or gives the key back. */
  readonly step?: 'conclude' | 'release';
};

/** Not a failure of the business: why the work was not done (again). */
export type IdempotencyOutcome =
  | {
      readonly code: 'core.idempotent_replay';
      readonly answer: KeptAnswer;
      /** What is still to be done outside before the answer is final; left out where it is. */
      readonly intent?: string;
    }
  | { readonly code: 'core.idempotency_key_reused' }
  | { readonly code: 'core.idempotency_key_in_flight' };
