import fc from 'fast-check';

import { sometimes } from './cart-facts.ts';
import type { PolicyChoice } from './policy.ts';

/** A coupon whose promotion is not known yet. */
export type CouponDraft = { readonly code: string; readonly usesLeft?: number | undefined };

/** A code as a shop keeps it: any case, every character that a code may hold. The number makes it unique. */
export function anyCouponDraft({ without = [] }: PolicyChoice = {}): fc.Arbitrary<
  (number: number) => CouponDraft
> {
  return fc
    .record({
      stem: fc.constantFrom('TEA', 'tea', 'Half-Off', 'X_9.A'),
      usesLeft: sometimes(fc.nat({ max: 2 }), {
        isWanted: !without.includes('limits'),
        nilWeight: 5,
      }),
    })
    .map(({ stem, usesLeft }) => (number: number) => ({ code: `${stem}${number}`, usesLeft }));
}

/** A code as a customer types it. Lower case and upper case alone are reached from each other by folding. */
export function anyTyping(): fc.Arbitrary<(code: string) => string> {
  return fc.constantFrom(
    (code: string) => code,
    (code: string) => code.toLowerCase(),
    (code: string) => code.toUpperCase(),
    (code: string) => ` ${code}\t`,
    (code: string) => `\n${code.toLowerCase()}  `,
  );
}
