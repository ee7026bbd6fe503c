import { createHash } from 'node:crypto';

import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { err, ok, safeTry, type Result } from 'neverthrow';

import type {
  CallContext,
  ExpectedVersion,
  IdempotencyClaim,
  KeptAnswer,
} from '@kastoma/application/core';
import { describeActor, type Actor } from '@kastoma/domain/core';
import { nameDevice } from '@kastoma/domain/identity';

import type { Refusal } from './answers.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Call, Endpoint } from './endpoint.ts';
import type { ShownTokens } from './guest-tokens.ts';
import { gatherParameters } from './query-parameters.ts';
import { readJsonBody } from './read-body.ts';
import { readForm } from './read-form.ts';
import { readRaw } from './read-raw.ts';
import { readUpload } from './read-upload.ts';
import { requestRefusal, schemaRefusal } from './request-problems.ts';
import { isStorable } from './storable-text.ts';

const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/;
const ENTITY_TAG = /^(?:W\/)?"v(\d{1,9})(?:-[\w-]*)?"$/;
const NO_QUERY = z.strictObject({}).transform(() => undefined);

export type Caller = {
  readonly actor: Actor;
  readonly requestId: string;
  readonly clientAddress: string;
  readonly shown: ShownTokens;
};

/** Reads a request against its route's definition; whatever does not fit is refused before a use case sees it. */
export function readRequest(
  context: Context,
  endpoint: Endpoint,
  caller: Caller,
  answerOf: (outcome: unknown) => KeptAnswer,
) {
  return safeTry<Call<unknown, unknown, unknown>, Refusal>(async function* () {
    const params = yield* readParams(context, endpoint);
    const query = yield* readQuery(context, endpoint);
    const expectedVersion = yield* readIfMatch(context, endpoint);
    const key =
      endpoint.idempotencyKey === undefined ? null : yield* readIdempotencyKey(context, endpoint);
    const given = yield* await readWhole(context, endpoint);
    const body = yield* readBody(endpoint, given);
    const { actor, requestId, clientAddress, shown } = caller;
    const device = nameDevice(context.req.header('user-agent') ?? '');
    const origin = { device, address: clientAddress };
    const callContext: CallContext = { actor, correlationId: requestId, origin };
    const scope = key === null ? null : scopeOf(actor, shown);
    const claim =
      key === null || scope === null
        ? {}
        : { idempotency: claimOf(context, endpoint, { scope, key }, given, answerOf) };
    const userId = actor.kind === 'user' ? actor.id : null;
    return ok({
      params,
      query,
      body,
      actor,
      userId,
      shown,
      context: { ...callContext, ...claim },
      expectedVersion,
      clientAddress,
    });
  });
}

/** A parameter of the path that cannot be: there is nothing under such an address. */
function readParams(context: Context, endpoint: Endpoint): Result<unknown, Refusal> {
  if (endpoint.params === undefined) return ok(undefined);
  const raw = context.req.param() as Record<string, string>;
  const parsed = endpoint.params.safeParse(raw);
  return Object.values(raw).every(isStorable) && parsed.success
    ? ok(parsed.data)
    : err(requestRefusal('request.not_found'));
}

/** Unknown parameters are refused by the query's own shape; a repeated one has no one value. */
function readQuery(context: Context, endpoint: Endpoint): Result<unknown, Refusal> {
  const given = [...new URL(context.req.url).searchParams];
  const unreadable = given.find((pair) => !pair.every(isStorable));
  if (unreadable !== undefined) {
    const [name] = unreadable;
    return err(requestRefusal('request.invalid_text', { path: name.replaceAll('\0', '') }));
  }
  return gatherParameters(given, endpoint.manifold ?? {})
    .mapErr(({ name }) => requestRefusal('request.repeated_parameter', { path: name }))
    .andThen((parameters) => parse(endpoint.query ?? NO_QUERY, parameters));
}

async function readWhole(
  context: Context,
  { body, form, raw, upload }: Endpoint,
): Promise<Result<unknown, Refusal>> {
  if (body === undefined) return ok(undefined);
  if (raw !== undefined) return readRaw(context, raw);
  if (upload !== undefined) return readUpload(context, upload);
  return form === undefined ? readJsonBody(context) : readForm(context, form);
}

function readBody(endpoint: Endpoint, given: unknown): Result<unknown, Refusal> {
  return endpoint.body === undefined ? ok(undefined) : parse(endpoint.body, given);
}

function parse(schema: z.ZodType, value: unknown): Result<unknown, Refusal> {
  const parsed = schema.safeParse(value, { reportInput: true });
  return parsed.success ? ok(parsed.data) : err(schemaRefusal(parsed.error));
}

/** RFC 9110, 13.1.1: `*` is any version; of a tag only the version counts. */
function readIfMatch(context: Context, { ifMatch }: Endpoint): Result<ExpectedVersion, Refusal> {
  const header = context.req.header('if-match');
  if (ifMatch === undefined || header?.trim() === '*') return ok(null);
  if (header === undefined) return ok(ifMatch === 'required' ? 'unstated' : null);
  const version = ENTITY_TAG.exec(header.trim())?.[1];
  return version === undefined
    ? err(
        requestRefusal('request.malformed_header', {
          path: 'If-Match',
          message: 'If-Match is an ETag that this API gave, or *.',
        }),
      )
    : ok(Number(version));
}

function readIdempotencyKey(context: Context, endpoint: Endpoint): Result<string | null, Refusal> {
  const header = context.req.header('idempotency-key');
  if (header === undefined) {
    return endpoint.idempotencyKey === 'required'
      ? err(requestRefusal('request.idempotency_key_required', { path: 'Idempotency-Key' }))
      : ok(null);
  }
  return VISIBLE_ASCII.test(header)
    ? ok(header)
    : err(
        requestRefusal('request.malformed_header', {
          path: 'Idempotency-Key',
          message: 'Idempotency-Key is 1 to 255 visible ASCII characters.',
        }),
      );
}

/**
 * Whose key it is. All guests are one actor, so a guest is known by the cart or the order whose token was shown; one
 * without has nothing to be told from others by, and nobody's answer is kept for them.
 */
function scopeOf(actor: Actor, { cart, order }: ShownTokens): string | null {
  if (actor.kind !== 'guest') return describeActor(actor);
  if (order !== null) return `guest:order:${order}`;
  return cart === null ? null : `guest:cart:${cart}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function claimOf(
  context: Context,
  { method, path }: Endpoint,
  { scope, key }: Pick<IdempotencyClaim, 'scope' | 'key'>,
  body: unknown,
  answerOf: (outcome: unknown) => KeptAnswer,
): IdempotencyClaim {
  const request = canonicalJson({ params: context.req.param(), query: context.req.query(), body });
  return {
    scope: `${scope} ${method} ${path}`,
    key,
    fingerprint: sha256(request),
    answerOf,
  };
}
