/** An amount of money: a whole number of pennies. No float ever touches it. */
export type Pennies = bigint;

export type PriceReading =
  | { readonly kind: 'pennies'; readonly pennies: Pennies }
  | { readonly kind: 'fraction_of_a_penny' }
  | { readonly kind: 'malformed' };

const DECIMAL = /^(-?)(\d{1,12})(?:\.(\d{1,20}))?$/;

/** Reads decimal text as it stands in the file (`2.55`, `2.1`, `18`) and in the shop's answers. */
export function readPrice(text: string): PriceReading {
  const match = DECIMAL.exec(text);
  if (match === null) return { kind: 'malformed' };
  const [, sign = '', whole = '', fraction = ''] = match;
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > 2) return { kind: 'fraction_of_a_penny' };
  const magnitude = BigInt(whole + significant.padEnd(2, '0'));
  return { kind: 'pennies', pennies: sign === '-' ? -magnitude : magnitude };
}

/** `2.55`, `-0.05`: what the shop takes as an amount of GBP. */
export function toDecimal(pennies: Pennies): string {
  const magnitude = (pennies < 0n ? -pennies : pennies).toString().padStart(3, '0');
  return `${pennies < 0n ? '-' : ''}${magnitude.slice(0, -2)}.${magnitude.slice(-2)}`;
}
