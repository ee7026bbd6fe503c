import { err, ok, type Result } from 'neverthrow';

import type { FieldPath } from '../core/text.value.ts';
import type { PasswordStrength } from './password-strength.ts';

/** A text that may be a password, in NFKC. Whether it is a good one for somebody, `choosePassword` says. */
export type Password = string & { readonly __brand: 'Password' };

/** A password's hash in the PHC string format. */
export type PasswordHash = string & { readonly __brand: 'PasswordHash' };

export const SHORTEST_PASSWORD = 8;
export const LONGEST_PASSWORD = 128;

export type WeakPassword = {
  readonly code: 'identity.weak_password';
  readonly path: FieldPath;
  readonly reason:
    | 'too_short'
    | 'too_long'
    | 'not_unicode'
    | 'known'
    | 'predictable'
    | 'contains_email'
    | 'contains_name';
  /** Null where the text is no password at all. */
  readonly strength: PasswordStrength | null;
};

/** No spelling of an accepted password takes more UTF-16 units: composing makes a text at most four times shorter. */
const LONGEST_SPELLING = LONGEST_PASSWORD * 4;

/**
 * The one form in which a password is hashed and compared, whatever keyboard typed it.
 * What is too long to be anybody's is left as it is: sorting its marks could take long, and it matches nothing.
 */
export function normalizePassword(text: string): string {
  const wellFormed = text.toWellFormed();
  return text.length > LONGEST_SPELLING ? wellFormed : wellFormed.normalize('NFKC');
}

/** Length counts characters (Unicode code points) of any script; there are no composition rules. */
export function parsePassword(text: string): Result<Password, WeakPassword> {
  const refuse = (reason: WeakPassword['reason']) =>
    err({ code: 'identity.weak_password' as const, path: [], reason, strength: null });
  if (!text.isWellFormed()) return refuse('not_unicode');
  if (text.length > LONGEST_SPELLING) return refuse('too_long');
  const normal = normalizePassword(text);
  const length = [...normal].length;
  if (length < SHORTEST_PASSWORD) return refuse('too_short');
  return length > LONGEST_PASSWORD ? refuse('too_long') : ok(normal as Password);
}
