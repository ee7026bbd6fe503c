import type { KnownPasswords } from '../../identity/known-passwords.port.ts';

/** One is known: "password1". */
export class FewKnownPasswords implements KnownPasswords {
  has(folded: string): boolean {
    return folded === 'password1';
  }
}
