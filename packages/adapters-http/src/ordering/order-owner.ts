import { defect, type Actor, type UserId } from '@kastoma/domain/core';
import { isAllowed, type Permission } from '@kastoma/domain/identity';

/** Whose orders somebody may reach; null where the right opens everybody's. */
export function ownerFor(actor: Actor, right: Permission): UserId | null {
  if (isAllowed(actor, right)) return null;
  return actor.kind === 'user' ? actor.id : defect('Nobody without an account has orders.');
}
