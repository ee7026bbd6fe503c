import type { Role, SessionId, UserId } from '@kastoma/domain/core';

import type { AccessClaims } from '../../identity/access-tokens.port.ts';
import { builderIds } from './builder-ids.ts';

/** What an access token says of somebody who has just signed in. */
export function anAccess(userId: UserId, role: Role = 'customer'): AccessClaims {
  return { userId, role, sessionId: builderIds.next<SessionId>(), tokenVersion: 1 };
}
