import { err, ok, okAsync, type Result, type ResultAsync } from 'neverthrow';

import type { Clock } from '@kastoma/application/core';
import type { AccessTokens } from '@kastoma/application/identity';
import type { Actor } from '@kastoma/domain/core';
import { isAllowed, type Permission } from '@kastoma/domain/identity';

import type { Refusal } from './answers.ts';
import { tell } from './problems.ts';
import { requestRefusal } from './request-problems.ts';

const BEARER = /^Bearer ([\w.~+/-]+=*)$/i;

/**
 * Who calls: a guest without the header; with it, whoever the token names. A bad token is
 * refused, never a guest. Only those who come for new tokens are not asked for the old one.
 */
export function authenticate(
  authorization: string | undefined,
  permission: Permission,
  { accessTokens, clock }: { readonly accessTokens: AccessTokens; readonly clock: Clock },
): ResultAsync<Actor, Refusal> {
  if (authorization === undefined || permission === 'account.open')
    return okAsync({ kind: 'guest' });
  const token = BEARER.exec(authorization)?.[1] ?? '';
  return accessTokens
    .verify(token, clock.now())
    .map(({ userId, role, sessionId }): Actor => ({ kind: 'user', id: userId, role, sessionId }))
    .mapErr((error) => {
      const { status, problem, headers } = tell(error);
      return { status, problems: [problem] as const, headers };
    });
}

/** The right that a route names, against the one table of roles. */
export function authorize(actor: Actor, permission: Permission): Result<Actor, Refusal> {
  if (isAllowed(actor, permission)) return ok(actor);
  return actor.kind === 'guest'
    ? err(requestRefusal('request.not_signed_in', { headers: { 'WWW-Authenticate': 'Bearer' } }))
    : err(requestRefusal('request.not_allowed'));
}
