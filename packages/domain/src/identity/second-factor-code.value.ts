import type { OneTimePassword } from './one-time-password.value.ts';

/** 16 characters of `RECOVERY_ALPHABET`: 80 bits, which nobody guesses, not even with the hash in hand. */
export type RecoveryCode = string & { readonly __brand: 'RecoveryCode' };

/** Crockford's base32: no letter that is taken for a digit, and no U. */
export const RECOVERY_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const RECOVERY_CODE_LENGTH = 16;

/** What is typed where a code is asked for. */
export type SecondFactorCode =
  | { readonly kind: 'password'; readonly password: OneTimePassword }
  | { readonly kind: 'recovery'; readonly code: RecoveryCode };

/** Beyond it nobody typed a code. */
export const LONGEST_TYPED_CODE = 64;

const PASSWORD = /^[0-9]{6}$/;
const RECOVERY_CODE = new RegExp(`^[${RECOVERY_ALPHABET}]{${RECOVERY_CODE_LENGTH}}$`);

/** Reads a code as people type it: with spaces or hyphens, in either case, O for 0, I and L for 1. Null where it is none. */
export function readSecondFactorCode(typed: string): SecondFactorCode | null {
  if (typed.length > LONGEST_TYPED_CODE) return null;
  const text = typed.replaceAll(/[\s-]/g, '');
  if (PASSWORD.test(text)) return { kind: 'password', password: text as OneTimePassword };
  const code = text.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return RECOVERY_CODE.test(code) ? { kind: 'recovery', code: code as RecoveryCode } : null;
}

/** In groups of four, as it is shown: `7K3M-Q9TX-2VBN-0HRD`. */
export function formatRecoveryCode(code: RecoveryCode): string {
  return code.replaceAll(/.{4}(?=.)/g, '$&-');
}
