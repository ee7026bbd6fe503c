import { err, ok, type Result } from 'neverthrow';

import type { MalformedCouponCode } from './pricing.errors.ts';

const LONGEST_COUPON_CODE = 64;
const FOLDED = /^[A-Z0-9][A-Z0-9._-]*$/;

/** A coupon's code in the form in which codes are compared: trimmed, upper case. */
export type CouponCode = string & { readonly __brand: 'CouponCode' };

/**
 * Reads what a customer wrote: letters A to Z in either case, digits, `.`, `_` and `-`, up to 64 of them.
 * Other alphabets are refused, since codes are read out, printed and typed, and many letters look alike.
 */
export function parseCouponCode(text: string): Result<CouponCode, MalformedCouponCode> {
  const folded = text.length > LONGEST_COUPON_CODE * 2 ? '' : text.trim();
  return folded.length <= LONGEST_COUPON_CODE && FOLDED.test(folded.replaceAll(/[a-z]+/g, upper))
    ? ok(folded.replaceAll(/[a-z]+/g, upper) as CouponCode)
    : err({ code: 'pricing.malformed_coupon_code', maximumLength: LONGEST_COUPON_CODE });
}

/** Of ASCII alone: `toUpperCase` makes SS of ß and I of the dotless ı. */
function upper(letters: string): string {
  return letters.toUpperCase();
}
