import type { z } from '@hono/zod-openapi';
import type { Result, ResultAsync } from 'neverthrow';

import type {
  CallContext,
  ExpectedVersion,
  IdempotencyOutcome,
  Page,
} from '@kastoma/application/core';
import type { Actor, UserId } from '@kastoma/domain/core';
import type { Permission } from '@kastoma/domain/identity';

import type { KnownError } from './problems.ts';

/** What a handler gets: the request, read and checked. */
export type Call<Params, Query, Body> = {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly actor: Actor;
  /** Whoever is signed in; only routes whose permission no guest holds may ask. */
  readonly userId: UserId;
  readonly context: CallContext;
  /** The version that `If-Match` names. */
  readonly expectedVersion: ExpectedVersion;
  readonly clientAddress: string;
};

type Replay = Extract<IdempotencyOutcome, { code: 'core.idempotent_replay' }>;
type Outcome<Value> =
  | ResultAsync<Value, KnownError | Replay>
  | Promise<Result<Value, KnownError | Replay>>;

type Shape = z.ZodType;
type NoShape = undefined;
type Read<S extends Shape | NoShape> = S extends Shape ? z.output<S> : undefined;

type Definition<
  Params extends Shape | NoShape,
  Query extends Shape | NoShape,
  Body extends Shape | NoShape,
> = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`, with parameters in braces. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** The right that it takes; a route without one does not compile. */
  readonly permission: Permission;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Whether an `Idempotency-Key` is taken, or even required. Left out, the header is ignored. */
  readonly idempotencyKey?: 'accepted' | 'required';
  /** Whether `If-Match` is honoured. */
  readonly ifMatch?: 'accepted';
  /** Answers that hold a secret are never stored by anybody on the way. */
  readonly secret?: boolean;
};

type Single<Value, Answer extends Shape> = {
  readonly kind: 'single';
  readonly status: 200 | 201;
  readonly message: string;
  readonly answer: Answer;
  readonly present: (value: Value) => z.input<Answer>;
  /** Where the answer has a version, it gets an `ETag`. */
  readonly versionOf?: (value: Value) => number;
};

type List<Item, Answer extends Shape> = {
  readonly kind: 'list';
  readonly message: string;
  readonly answer: Answer;
  readonly present: (item: Item) => z.input<Answer>;
};

/** One route with all that it needs, its types forgotten: what is mounted and documented. */
export type Endpoint = Definition<Shape | NoShape, Shape | NoShape, Shape | NoShape> &
  (Single<unknown, Shape> | List<unknown, Shape>) & {
    readonly handle: (call: Call<never, never, never>) => Outcome<unknown>;
  };

/** A route that answers with one thing. */
export function endpoint<
  Value,
  Answer extends Shape,
  Params extends Shape | NoShape = NoShape,
  Query extends Shape | NoShape = NoShape,
  Body extends Shape | NoShape = NoShape,
>(
  definition: Definition<Params, Query, Body> &
    Omit<Single<Value, Answer>, 'kind'> & {
      readonly handle: (call: Call<Read<Params>, Read<Query>, Read<Body>>) => Outcome<Value>;
    },
): Endpoint {
  return { ...definition, kind: 'single' } as unknown as Endpoint;
}

/** A route that answers with a page of a list; its query holds `page` and `page_size`. */
export function listEndpoint<
  Item,
  Answer extends Shape,
  Query extends z.ZodType<{ page: number; page_size: number }>,
  Params extends Shape | NoShape = NoShape,
>(
  definition: Definition<Params, Query, NoShape> &
    Omit<List<Item, Answer>, 'kind'> & {
      readonly handle: (
        call: Call<Read<Params>, z.output<Query>, undefined>,
      ) => Outcome<Page<Item>>;
    },
): Endpoint {
  return { ...definition, kind: 'list' } as unknown as Endpoint;
}
