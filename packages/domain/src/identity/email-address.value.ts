import { err, ok, type Result } from 'neverthrow';

/** An e-mail address in its normal form: NFKC, lower case, so that two spellings of one box are one account. */
export type EmailAddress = string & { readonly __brand: 'EmailAddress' };

export type InvalidEmailAddress = { readonly code: 'identity.invalid_email' };

/** RFC 5321: 64 before the @, 254 in all. */
const LONGEST_LOCAL_PART = 64;
const LONGEST_ADDRESS = 254;
const SHAPE =
  /^[^\s@"(),:;<>[\]\\\p{Cc}\p{Cf}]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?\.)+\p{L}(?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?$/u;

/**
 * Reads an address as people type it. Quoted local parts, comments and address
 * literals of RFC 5322 are refused: nobody shops with them, and they are how
 * headers are forged.
 */
export function parseEmailAddress(text: string): Result<EmailAddress, InvalidEmailAddress> {
  const invalid = err({ code: 'identity.invalid_email' as const });
  if (!text.isWellFormed() || text.length > LONGEST_ADDRESS * 2) return invalid;
  // Twice: a small letter may have a composed form that its capital lacks (H with a line below).
  const normal = text.trim().normalize('NFKC').toLowerCase().normalize('NFKC');
  if (normal.length > LONGEST_ADDRESS || normal.indexOf('@') > LONGEST_LOCAL_PART) return invalid;
  const dotsStandAlone =
    !normal.includes('..') && !normal.startsWith('.') && !normal.includes('.@');
  return dotsStandAlone && SHAPE.test(normal) ? ok(normal as EmailAddress) : invalid;
}
