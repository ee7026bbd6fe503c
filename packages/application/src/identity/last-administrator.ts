import { err, ok, type Result } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import type { LastAdministrator, User } from '@kastoma/domain/identity';

/** Refuses what would leave nobody who can let others in; the administrators are held meanwhile. */
export function keepAnAdministrator(
  heldAdmins: readonly UserId[],
  changed: User,
): Result<void, LastAdministrator> {
  const isLast = heldAdmins.length === 1 && heldAdmins[0] === changed.state.id;
  const staysOne = changed.isActive && changed.state.role === 'admin';
  return isLast && !staysOne ? err({ code: 'identity.last_administrator' }) : ok();
}
