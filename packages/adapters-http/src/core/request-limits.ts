import type { Context } from 'hono';
import { err, ok, type Result } from 'neverthrow';

import type { Clock, RateLimit, RateLimiter, RateLimitVerdict } from '@kastoma/application/core';
import { networkOf } from '@kastoma/application/identity';
import { describeActor, type Actor } from '@kastoma/domain/core';

import type { Refusal } from './answers.ts';
import type { Endpoint } from './endpoint.ts';
import { requestRefusal } from './request-problems.ts';
import type { RequestScope } from './request-scope.ts';

/** What requests cost, roughly: each class has a limit of its own. */
type RouteClass = 'auth' | 'write' | 'read' | 'search';

export type RequestLimits = {
  readonly limiter: RateLimiter;
  readonly limits: Readonly<Record<RouteClass, RateLimit>>;
};

/**
 * Takes one request from whoever asks: the account of those who are signed in, else the
 * network. The answer says how many are left (draft-ietf-httpapi-ratelimit-headers-10).
 */
export async function admitRequest(
  context: Context<RequestScope>,
  endpoint: Endpoint,
  actor: Actor,
  { limiter, limits }: RequestLimits,
  clock: Clock,
): Promise<Result<void, Refusal>> {
  const name = routeClassOf(context, endpoint);
  const limit = limits[name];
  const who =
    actor.kind === 'guest' ? networkOf(context.get('clientAddress')) : describeActor(actor);
  const verdict = await limiter.take(`request:${name}:${who}`, limit, clock.now());
  const headers = context.get('answerHeaders');
  headers['RateLimit-Policy'] = `"${name}";q=${limit.attempts};w=${limit.windowSeconds}`;
  headers['RateLimit'] = stateOf(name, verdict);
  if (verdict.allowed) return ok();
  const seconds = String(verdict.retryAfterSeconds);
  return err(requestRefusal('request.too_many_requests', { headers: { 'Retry-After': seconds } }));
}

function routeClassOf({ req }: Context, { method, path }: Endpoint): RouteClass {
  if (path.startsWith('/auth/')) return 'auth';
  // A provider tells much at once, and each of its messages is refused or known at little cost.
  if (path.startsWith('/payments/webhooks/')) return 'read';
  if (method !== 'get') return 'write';
  return req.query('search') === undefined ? 'read' : 'search';
}

/** `t` is when there will be room for more. */
function stateOf(name: RouteClass, verdict: RateLimitVerdict): string {
  return verdict.allowed
    ? `"${name}";r=${verdict.remaining};t=${verdict.roomAfterSeconds}`
    : `"${name}";r=0;t=${verdict.retryAfterSeconds}`;
}
