import type { AccessRevocation } from '../../identity/access-repository.port.ts';
import type { RevokedAccess } from '../../identity/revoked-access.port.ts';

/** Remembers what was taken back, and forgets nothing. */
export class RecordedRevocations implements RevokedAccess {
  readonly added: AccessRevocation[] = [];

  async add(revocation: AccessRevocation): Promise<void> {
    this.added.push(revocation);
  }

  async has(): Promise<boolean> {
    return false;
  }
}
