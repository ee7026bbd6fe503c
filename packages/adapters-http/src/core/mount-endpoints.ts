import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { ok, safeTry } from 'neverthrow';

import type { Clock, IdGenerator, KeptAnswer, Page } from '@kastoma/application/core';
import type { AccessTokens } from '@kastoma/application/identity';
import type { Actor } from '@kastoma/domain/core';

import { answer, answerList, refuse, send, type Refusal } from './answers.ts';
import { authenticate, authorize } from './authenticate.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { hasSeen } from './entity-tag.ts';
import { paginate } from './pagination.ts';
import { tell, type KnownError } from './problems.ts';
import { readRequest } from './read-request.ts';
import { admitRequest, type RequestLimits } from './request-limits.ts';
import { requestRefusal } from './request-problems.ts';
import { publicUrl, type RequestScope } from './request-scope.ts';

export const API_PREFIX = '/api/v1';

export type CallDependencies = {
  readonly accessTokens: AccessTokens;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  /** How many requests anybody may send; left out where nobody counts. */
  readonly requestLimits?: RequestLimits | undefined;
};

type App = OpenAPIHono<RequestScope>;

/** Puts the routes under the API's prefix; a known path with another method is 405. */
export function mountEndpoints(
  app: App,
  endpoints: readonly Endpoint[],
  dependencies: CallDependencies,
): void {
  const methods = new Map<string, string[]>();
  for (const endpoint of endpoints) {
    const path = honoPath(endpoint.path);
    app.on(endpoint.method.toUpperCase(), path, (context) =>
      answerCall(context, endpoint, dependencies),
    );
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

function honoPath(path: string): string {
  return `${API_PREFIX}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
}

async function answerCall(
  context: Context<RequestScope>,
  endpoint: Endpoint,
  dependencies: CallDependencies,
): Promise<Response> {
  const given = (outcome: unknown): KeptAnswer => present(context, endpoint, outcome);
  const call = await safeTry<Call<unknown, unknown, unknown>, Refusal>(async function* () {
    const { permission } = endpoint;
    const authorization = context.req.header('authorization');
    const { requestLimits, clock } = dependencies;
    const caller = await authenticate(authorization, permission, dependencies);
    if (requestLimits !== undefined) {
      const counted = caller.unwrapOr<Actor>({ kind: 'guest' });
      yield* await admitRequest(context, endpoint, counted, requestLimits, clock);
    }
    const actor = yield* caller;
    yield* authorize(actor, permission);
    const { requestId, clientAddress } = context.var;
    return ok(yield* readRequest(context, endpoint, { actor, requestId, clientAddress }, given));
  });
  const wantsProblemJson = context.get('wantsProblemJson');
  if (call.isErr()) return send(context, refuse(call.error, wantsProblemJson));
  const outcome = await endpoint.handle(call.value as Call<never, never, never>);
  if (outcome.isOk()) return toResponse(context, endpoint, given(outcome.value));
  if (outcome.error.code === 'core.idempotent_replay') {
    const { answer: kept } = outcome.error;
    return toResponse(context, endpoint, {
      ...kept,
      headers: { ...kept.headers, 'Idempotency-Replayed': 'true' },
    });
  }
  return send(context, refuse(refusalOf(outcome.error), wantsProblemJson));
}

function refusalOf(error: KnownError): Refusal {
  const { status, problem, headers } = tell(error);
  return { status, problems: [problem], headers };
}

function present(context: Context<RequestScope>, endpoint: Endpoint, outcome: unknown): KeptAnswer {
  if (endpoint.kind === 'list') {
    const page = outcome as Page<unknown>;
    return answerList(
      endpoint.message,
      page.items.map(endpoint.present),
      paginate(publicUrl(context), page),
    );
  }
  const version = endpoint.versionOf?.(outcome) ?? null;
  const message = endpoint.messageOf?.(outcome) ?? endpoint.message;
  return answer(endpoint.status, message, endpoint.present(outcome), { version });
}

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
