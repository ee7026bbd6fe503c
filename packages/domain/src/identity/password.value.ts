import { err, ok, type Result } from 'neverthrow';

/** A new password that keeps the rules, in NFKC: what is hashed, never what is stored. */
export type Password = string & { readonly __brand: 'Password' };

/** A password's hash in the PHC string format. */
export type PasswordHash = string & { readonly __brand: 'PasswordHash' };

export const SHORTEST_PASSWORD = 8;
export const LONGEST_PASSWORD = 128;

export type WeakPassword = {
  readonly code: 'identity.weak_password';
  readonly reason: 'too_short' | 'too_long' | 'not_unicode';
};

/** The one form in which a password is hashed and compared, whatever keyboard typed it. */
export function normalizePassword(text: string): string {
  return text.toWellFormed().normalize('NFKC');
}

/** Length counts characters (Unicode code points) of any script; there are no composition rules. */
export function parsePassword(text: string): Result<Password, WeakPassword> {
  const refuse = (reason: WeakPassword['reason']) =>
    err({ code: 'identity.weak_password' as const, reason });
  if (!text.isWellFormed()) return refuse('not_unicode');
  if (text.length > LONGEST_PASSWORD * 4) return refuse('too_long');
  const normal = normalizePassword(text);
  const length = [...normal].length;
  if (length < SHORTEST_PASSWORD) return refuse('too_short');
  return length > LONGEST_PASSWORD ? refuse('too_long') : ok(normal as Password);
}
