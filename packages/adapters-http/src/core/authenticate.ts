import { err, ok, okAsync, type Result, type ResultAsync } from 'neverthrow';

import type { Clock } from '@kastoma/application/core';
import type { AccessTokens, ApiKeyAccess, InvalidAccessToken } from '@kastoma/application/identity';
import type { Actor } from '@kastoma/domain/core';
import {
  API_KEY_MARK,
  awaitsSecondFactor,
  isAllowed,
  type Permission,
  type TooManyAttempts,
} from '@kastoma/domain/identity';

import type { Refusal } from './answers.ts';
import { tell, type KnownError } from './problems.ts';
import { requestRefusal } from './request-problems.ts';

const BEARER = /^Bearer ([\w.~+/-]+=*)$/i;

export type AuthenticationPorts = {
  readonly accessTokens: AccessTokens;
  readonly apiKeyAccess: Pick<ApiKeyAccess, 'verify'>;
  readonly clock: Clock;
};

type Shown = {
  readonly authorization: string | undefined;
  /** Whoever makes keys up is held to a limit of its network. */
  readonly clientAddress: string;
};

/**
 * Who calls: a guest without the header; with it, whoever the token names, or the service
 * whose API key it is. A bad one is refused, whichever it was, and never a guest. Only those
 * who come for new tokens are not asked for the old one.
 */
export function authenticate(
  { authorization, clientAddress }: Shown,
  permission: Permission,
  { accessTokens, apiKeyAccess, clock }: AuthenticationPorts,
): ResultAsync<Actor, Refusal> {
  if (authorization === undefined || permission === 'account.open')
    return okAsync({ kind: 'guest' });
  const token = BEARER.exec(authorization)?.[1] ?? '';
  const now = clock.now();
  const caller: ResultAsync<Actor, InvalidAccessToken | TooManyAttempts> = token.startsWith(
    API_KEY_MARK,
  )
    ? apiKeyAccess.verify(token, now, clientAddress)
    : accessTokens.verify(token, now).map(({ userId, role, sessionId, ...duty }): Actor => ({
        kind: 'user',
        id: userId,
        role,
        sessionId,
        ...(duty.lacksSecondFactor === true ? { lacksSecondFactor: true } : {}),
      }));
  return caller.mapErr(refusalOf);
}

/** The right that a route names, or the one that opens it as well, against the one table of holders. */
export function authorize(
  actor: Actor,
  permission: Permission,
  alsoFor: Permission = permission,
): Result<Actor, Refusal> {
  if (isAllowed(actor, permission) || isAllowed(actor, alsoFor)) return ok(actor);
  if (awaitsSecondFactor(actor, permission))
    return err(refusalOf({ code: 'identity.second_factor_enrolment_required' }));
  return actor.kind === 'guest'
    ? err(requestRefusal('request.not_signed_in', { headers: { 'WWW-Authenticate': 'Bearer' } }))
    : err(requestRefusal('request.not_allowed'));
}

function refusalOf(error: KnownError): Refusal {
  const { status, problem, headers } = tell(error);
  return { status, problems: [problem], headers };
}
