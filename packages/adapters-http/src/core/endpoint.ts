import type { z } from '@hono/zod-openapi';
import type { Result, ResultAsync } from 'neverthrow';

import type {
  CallContext,
  ExpectedVersion,
  IdempotencyOutcome,
  Page,
} from '@kastoma/application/core';
import type { Actor, UserId } from '@kastoma/domain/core';
import type { GuestPermission, Permission } from '@kastoma/domain/identity';

import type { KnownError } from './problems.ts';

/** What a handler gets: the request, read and checked. */
export type Call<Params, Query, Body, Right extends Permission = Permission> = {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly actor: Actor;
  /** Whoever is signed in: somebody, where no guest holds the right that the route takes. */
  readonly userId: Right extends GuestPermission ? UserId | null : UserId;
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
type QueryShape = z.ZodObject;
type Read<S extends Shape | NoShape> = S extends Shape ? z.output<S> : undefined;

type Definition<
  Params extends Shape | NoShape,
  Query extends QueryShape | NoShape,
  Body extends Shape | NoShape,
  Right extends Permission,
> = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`, with parameters in braces. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** The right that it takes; a route without one does not compile. */
  readonly permission: Right;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Whether an `Idempotency-Key` is taken, or even required. Left out, the header is ignored. */
  readonly idempotencyKey?: 'accepted' | 'required';
  /** Whether `If-Match` is honoured, or even required. */
  readonly ifMatch?: 'accepted' | 'required';
  /** Answers that hold a secret are never stored by anybody on the way. */
  readonly secret?: boolean;
  /** The name of the file as which a browser keeps the answer. */
  readonly download?: string;
};

type Single<Value, Answer extends Shape> = {
  readonly kind: 'single';
  readonly status: 200 | 201 | 202;
  readonly message: string;
  /** What is said instead where it depends on what came out. */
  readonly messageOf?: (value: Value) => string;
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
export type Endpoint = Definition<
  Shape | NoShape,
  QueryShape | NoShape,
  Shape | NoShape,
  Permission
> &
  (Single<unknown, Shape> | List<unknown, Shape>) & {
    readonly handle: (call: Call<never, never, never>) => Outcome<unknown>;
  };

/** A route that answers with one thing. */
export function endpoint<
  Value,
  Answer extends Shape,
  Right extends Permission,
  Params extends Shape | NoShape = NoShape,
  Query extends QueryShape | NoShape = NoShape,
  Body extends Shape | NoShape = NoShape,
>(
  definition: Definition<Params, Query, Body, Right> &
    Omit<Single<Value, Answer>, 'kind'> & {
      readonly handle: (call: Call<Read<Params>, Read<Query>, Read<Body>, Right>) => Outcome<Value>;
    },
): Endpoint {
  return { ...withStrictQuery(definition), kind: 'single' } as unknown as Endpoint;
}

/** A route that answers with a page of a list; its query holds `page` and `page_size`. */
export function listEndpoint<
  Item,
  Answer extends Shape,
  Right extends Permission,
  Query extends QueryShape & z.ZodType<{ page: number; page_size: number }>,
  Params extends Shape | NoShape = NoShape,
>(
  definition: Definition<Params, Query, NoShape, Right> &
    Omit<List<Item, Answer>, 'kind'> & {
      readonly handle: (
        call: Call<Read<Params>, z.output<Query>, undefined, Right>,
      ) => Outcome<Page<Item>>;
    },
): Endpoint {
  return { ...withStrictQuery(definition), kind: 'list' } as unknown as Endpoint;
}

/** Ignored, an unknown parameter would let a client believe that it filtered. */
function withStrictQuery<D extends { readonly query?: QueryShape | NoShape }>(definition: D): D {
  const { query } = definition;
  return query === undefined ? definition : { ...definition, query: query.strict() };
}
