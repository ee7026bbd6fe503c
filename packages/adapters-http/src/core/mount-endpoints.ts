import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { ok, safeTry } from 'neverthrow';

import type { Feed, IdGenerator, KeptAnswer, Page } from '@kastoma/application/core';
import type { GuestTokens } from '@kastoma/application/ordering';
import type { Actor } from '@kastoma/domain/core';

import { answer, answerList, refuse, send, type Refusal } from './answers.ts';
import { authenticate, authorize, type AuthenticationPorts } from './authenticate.ts';
import { deprecationHeaders } from './deprecation.ts';
import type { Call, Endpoint, Following } from './endpoint.ts';
import { entityTag, hasSeen, unversionedTag } from './entity-tag.ts';
import { sendEventStream, type EventStreamAnswer } from './event-stream-answers.ts';
import { sendExport } from './export-answers.ts';
import { ExportsUnderWay } from './exports-under-way.ts';
import { sendFile, type FileAnswer } from './file-answers.ts';
import { readShownTokens } from './guest-tokens.ts';
import { locationOf } from './moved.ts';
import { paginate, paginateFeed } from './pagination.ts';
import { tell, type KnownError } from './problems.ts';
import { readRequest } from './read-request.ts';
import type { Rendering } from './rendering.ts';
import { admitRequest, type RequestLimits } from './request-limits.ts';
import { requestRefusal } from './request-problems.ts';
import { publicUrl, type RequestScope } from './request-scope.ts';
import { renderOnce } from './shared-rendering.ts';

export const API_PREFIX = '/api/v1';

export type CallDependencies = AuthenticationPorts & {
  readonly ids: IdGenerator;
  /** How many requests anybody may send; left out where nobody counts. */
  readonly requestLimits?: RequestLimits | undefined;
  /** Left out where guests have neither carts nor orders. */
  readonly guestTokens?: GuestTokens;
};

type App = OpenAPIHono<RequestScope>;

/** Puts the routes under the API's prefix; a known path with another method is 405. */
export function mountEndpoints(
  app: App,
  endpoints: readonly Endpoint[],
  dependencies: CallDependencies,
): void {
  const methods = new Map<string, string[]>();
  const exportsUnderWay = new ExportsUnderWay();
  for (const endpoint of endpoints) {
    const path = honoPath(endpoint.path);
    const answerIt = (context: Context<RequestScope>) =>
      answerCall(context, endpoint, dependencies, exportsUnderWay);
    app.on(endpoint.method.toUpperCase(), path, warningOf(endpoint, answerIt));
    methods.set(path, [...(methods.get(path) ?? []), endpoint.method.toUpperCase()]);
  }
  for (const [path, offered] of methods) {
    const allow = (offered.includes('GET') ? [...offered, 'HEAD'] : offered).join(', ');
    app.all(path, (context) =>
      send(
        context,
        refuse(
          requestRefusal('request.method_not_allowed', { headers: { Allow: allow } }),
          context.get('wantsProblemJson'),
        ),
      ),
    );
  }
}

type Answering = (context: Context<RequestScope>) => Promise<Response>;

/** Whatever is answered, clients of a route that will go are told so. */
function warningOf({ deprecated }: Endpoint, answerIt: Answering): Answering {
  if (deprecated === undefined) return answerIt;
  const headers = Object.entries(deprecationHeaders(deprecated, API_PREFIX));
  return async (context) => {
    const response = await answerIt(context);
    for (const [name, value] of headers) response.headers.append(name, value);
    return response;
  };
}

function honoPath(path: string): string {
  return `${API_PREFIX}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
}

async function answerCall(
  context: Context<RequestScope>,
  endpoint: Endpoint,
  dependencies: CallDependencies,
  exportsUnderWay: ExportsUnderWay,
): Promise<Response> {
  const given = (outcome: unknown): KeptAnswer => present(context, endpoint, outcome);
  const call = await safeTry<Call<unknown, unknown, unknown>, Refusal>(async function* () {
    const { permission, alsoFor } = endpoint;
    const { requestId, clientAddress } = context.var;
    const proof = { authorization: context.req.header('authorization'), clientAddress };
    const { requestLimits, clock } = dependencies;
    const caller = await authenticate(proof, permission, dependencies);
    if (requestLimits !== undefined) {
      const counted = caller.unwrapOr<Actor>({ kind: 'guest' });
      yield* await admitRequest(context, endpoint, counted, requestLimits, clock);
    }
    const actor = yield* caller;
    yield* authorize(actor, permission, alsoFor);
    const shown = readShownTokens(context, dependencies.guestTokens, clock);
    const asking = { actor, requestId, clientAddress, shown };
    return ok(yield* readRequest(context, endpoint, asking, given));
  });
  const wantsProblemJson = context.get('wantsProblemJson');
  if (call.isErr()) return send(context, refuse(call.error, wantsProblemJson));
  const { guestTokens } = dependencies;
  const revealed = (sent: KeptAnswer): KeptAnswer =>
    guestTokens === undefined ? sent : (endpoint.reveal?.(sent, call.value, guestTokens) ?? sent);
  const known = { ...call.value, ...followingOf(context, endpoint, dependencies) };
  const outcome = await endpoint.handle(known as Call<never, never, never> & Following);
  if (outcome.isOk()) {
    if (endpoint.kind === 'file') {
      const file = outcome.value as FileAnswer;
      return endpoint.holdsConnection === true
        ? sendExport(context, file, exportsUnderWay)
        : sendFile(context, file);
    }
    if (endpoint.kind === 'stream')
      return sendEventStream(context, outcome.value as EventStreamAnswer);
    return toResponse(context, endpoint, revealed(given(outcome.value)));
  }
  if (outcome.error.code === 'core.idempotent_replay') {
    const { answer: kept } = outcome.error;
    const headers = { ...kept.headers, 'Idempotency-Replayed': 'true' };
    return toResponse(context, endpoint, revealed({ ...kept, headers }));
  }
  return send(context, refuse(refusalOf(context, endpoint, outcome.error), wantsProblemJson));
}

/** A stream outlives the moment in which its caller was let in: the same is asked again. */
function followingOf(
  { req, var: { clientAddress } }: Context<RequestScope>,
  { kind, permission, alsoFor }: Endpoint,
  dependencies: CallDependencies,
): Following | null {
  if (kind !== 'stream') return null;
  const proof = { authorization: req.header('authorization'), clientAddress };
  return {
    lastEventId: req.header('last-event-id') ?? null,
    mayGoOn: async () =>
      authenticate(proof, permission, dependencies)
        .andThen((actor) => authorize(actor, permission, alsoFor))
        .match(
          () => true,
          () => false,
        ),
  };
}

function refusalOf(context: Context<RequestScope>, endpoint: Endpoint, error: KnownError): Refusal {
  const { status, problem, headers } = tell(error);
  const { req } = context;
  const location = locationOf(error, endpoint, { params: req.param(), url: req.url });
  const moved = location === null ? {} : { Location: `${API_PREFIX}${location}` };
  return { status, problems: [problem], headers: { ...headers, ...moved } };
}

function present(context: Context<RequestScope>, endpoint: Endpoint, outcome: unknown): KeptAnswer {
  if (endpoint.kind === 'list') {
    const part = outcome as Page<unknown> | Feed<unknown>;
    const url = publicUrl(context);
    return answerList(
      endpoint.message,
      renderOnce(endpoint, part, () => part.items.map(endpoint.present)),
      'next' in part ? paginateFeed(url, part) : paginate(url, part),
    );
  }
  if (endpoint.kind !== 'single') return NO_ENVELOPE;
  const message = endpoint.messageOf?.(outcome) ?? endpoint.message;
  const rendering = renderOnce(endpoint, outcome, () => endpoint.present(outcome));
  return answer(endpoint.status, message, rendering, tagOf(endpoint, outcome, rendering));
}

/** What has no version is known by what it shows. */
function tagOf(
  endpoint: Extract<Endpoint, { kind: 'single' }>,
  outcome: unknown,
  rendering: Rendering,
): string | null {
  const version = endpoint.versionOf?.(outcome) ?? null;
  if (version !== null) return entityTag(version, rendering.hash);
  const isAskedForAgain = endpoint.method === 'get' && endpoint.secret !== true;
  return isAskedForAgain ? unversionedTag(rendering.hash) : null;
}

/** A file or a stream is never kept for a repetition. */
const NO_ENVELOPE: KeptAnswer = { status: 200, headers: {}, body: '' };

function toResponse(
  context: Context<RequestScope>,
  endpoint: Endpoint,
  { status, headers, body }: KeptAnswer,
): Response {
  const handling = {
    'Cache-Control': endpoint.secret === true ? 'no-store' : 'private, no-cache',
    ...(endpoint.download === undefined
      ? {}
      : { 'Content-Disposition': `attachment; filename="${endpoint.download}"` }),
  };
  const tag = headers['ETag'];
  const isRead = endpoint.method === 'get';
  if (isRead && tag !== undefined && hasSeen(context.req.header('if-none-match'), tag)) {
    return send(context, { status: 304, headers: { ...handling, ETag: tag }, body: '' });
  }
  return send(context, { status, headers: { ...handling, ...headers }, body });
}
