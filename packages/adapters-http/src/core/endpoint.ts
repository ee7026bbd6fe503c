import type { z } from '@hono/zod-openapi';
import type { Result, ResultAsync } from 'neverthrow';

import type {
  CallContext,
  ExpectedVersion,
  Feed,
  IdempotencyOutcome,
  KeptAnswer,
  Page,
} from '@kastoma/application/core';
import type { GuestTokens } from '@kastoma/application/ordering';
import type { Actor, UserId } from '@kastoma/domain/core';
import type { GuestPermission, Permission, Scope } from '@kastoma/domain/identity';

import type { Deprecation } from './deprecation.ts';
import type { EventStreamAnswer } from './event-stream-answers.ts';
import type { FileAnswer } from './file-answers.ts';
import type { GUEST_TOKEN_HEADERS, ShownTokens } from './guest-tokens.ts';
import type { KnownError } from './problems.ts';
import type { ManifoldParameters } from './query-parameters.ts';
import type { FormRules } from './read-form.ts';
import type { RawRules } from './read-raw.ts';
import type { UploadRules } from './read-upload.ts';

/** What a handler gets: the request, read and checked. */
export type Call<Params, Query, Body, Right extends Permission = Permission> = {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly actor: Actor;
  /** Whoever is signed in: somebody, where neither guests nor services hold the right that the route takes. */
  readonly userId: Right extends GuestPermission | Scope ? UserId | null : UserId;
  /** What the request's tokens open, whoever has shown them. */
  readonly shown: ShownTokens;
  readonly context: CallContext;
  /** The version that `If-Match` names. */
  readonly expectedVersion: ExpectedVersion;
  readonly clientAddress: string;
};

/** What somebody who follows a stream says besides. */
export type Following = {
  /** What was seen last, as `Last-Event-ID` says it. */
  readonly lastEventId: string | null;
  /** Whether the token or key is good still, and the right still held. */
  readonly mayGoOn: () => Promise<boolean>;
};

export type Revealing = Pick<Call<never, never, never>, 'actor' | 'shown'>;

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
  /** Another right that opens it, for services that have nothing of their own here. */
  readonly alsoFor?: Right;
  readonly params?: Params;
  readonly query?: Query;
  /** Which parameters of the query may be there more than once; others are refused then. */
  readonly manifold?: ManifoldParameters;
  readonly body?: Body;
  /** Set where the body is a form with a file, and no JSON. */
  readonly form?: FormRules;
  /** Set where the body is taken as the bytes that come, whatever they mean. */
  readonly raw?: RawRules;
  /** Set where the body is a file that is read while it arrives. */
  readonly upload?: UploadRules;
  /** Whether an `Idempotency-Key` is taken, or even required. Left out, the header is ignored. */
  readonly idempotencyKey?: 'accepted' | 'required';
  /** Whether `If-Match` is honoured, or even required. */
  readonly ifMatch?: 'accepted' | 'required';
  /** The token by which guests are known here. */
  readonly guestToken?: keyof typeof GUEST_TOKEN_HEADERS;
  /** Puts a guest's new token into an answer as it is sent, the first one or a repetition: it is kept nowhere. */
  readonly reveal?: (sent: KeptAnswer, call: Revealing, tokens: GuestTokens) => KeptAnswer;
  /** Answers that hold a secret are never stored by anybody on the way. */
  readonly secret?: boolean;
  /** The name of the file as which a browser keeps the answer. */
  readonly download?: string;
  /** Set where it will go: its clients are told, and when. */
  readonly deprecated?: Deprecation;
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

type File = {
  readonly kind: 'file';
  readonly message: string;
  /** The media types that it may have. */
  readonly types: readonly string[];
  /** Set where it holds a connection to the database while it is read: there is room for a few of those. */
  readonly holdsConnection?: boolean;
};

type Stream = {
  readonly kind: 'stream';
  readonly message: string;
};

/** One route with all that it needs, its types forgotten: what is mounted and documented. */
export type Endpoint = Definition<
  Shape | NoShape,
  QueryShape | NoShape,
  Shape | NoShape,
  Permission
> &
  (Single<unknown, Shape> | List<unknown, Shape> | File | Stream) & {
    readonly handle: (call: Call<never, never, never> & Following) => Outcome<unknown>;
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

/** A route that answers with a part of a list: a page by its number, or what comes after a cursor. */
export function listEndpoint<
  Item,
  Answer extends Shape,
  Right extends Permission,
  Query extends QueryShape & z.ZodType<{ page_size: number }>,
  Params extends Shape | NoShape = NoShape,
>(
  definition: Definition<Params, Query, NoShape, Right> &
    Omit<List<Item, Answer>, 'kind'> & {
      readonly handle: (
        call: Call<Read<Params>, z.output<Query>, undefined, Right>,
      ) => Outcome<Page<Item> | Feed<Item>>;
    },
): Endpoint {
  return { ...withStrictQuery(definition), kind: 'list' } as unknown as Endpoint;
}

/** A route that answers with a file, which stands outside the envelope. */
export function fileEndpoint<
  Right extends Permission,
  Params extends Shape | NoShape = NoShape,
  Query extends QueryShape | NoShape = NoShape,
>(
  definition: Definition<Params, Query, NoShape, Right> &
    Omit<File, 'kind'> & {
      readonly handle: (
        call: Call<Read<Params>, Read<Query>, undefined, Right>,
      ) => Outcome<FileAnswer>;
    },
): Endpoint {
  return { ...withStrictQuery(definition), kind: 'file' } as unknown as Endpoint;
}

/** A route that goes on answering: server-sent events, outside the envelope. */
export function streamEndpoint<Right extends Permission>(
  definition: Definition<NoShape, NoShape, NoShape, Right> &
    Omit<Stream, 'kind'> & {
      readonly handle: (
        call: Call<undefined, undefined, undefined, Right> & Following,
      ) => Outcome<EventStreamAnswer>;
    },
): Endpoint {
  return { ...definition, kind: 'stream' } as unknown as Endpoint;
}

/** Ignored, an unknown parameter would let a client believe that it filtered. */
function withStrictQuery<D extends { readonly query?: QueryShape | NoShape }>(definition: D): D {
  const { query } = definition;
  return query === undefined ? definition : { ...definition, query: query.strict() };
}
