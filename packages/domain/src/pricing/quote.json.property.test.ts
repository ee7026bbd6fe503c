import fc from 'fast-check';
import { expect, test } from 'vitest';

import { isInstant } from '../core/instant.value.ts';
import { anyPricingInput } from '../testing/pricing-input.arbitrary.ts';
import { price } from './price.ts';
import { parseQuote } from './quote.json.ts';
import { canonicalQuote, quoteHash } from './quote.value.ts';

const DAY = 86_400_000;

/** Of a cart whose promotions have windows that RFC 3339 can write. */
const anyQuote = () =>
  anyPricingInput()
    .filter(({ at }) => isInstant(at - DAY) && isInstant(at + DAY))
    .map((input) => price(input))
    .filter((quote) => quote.isOk())
    .map((quote) => quote.value);

test('a quote that was written as JSON and read again is the same quote', () => {
  fc.assert(
    fc.property(anyQuote(), (quote) => {
      const text = JSON.stringify(quote.toJSON());
      const again = parseQuote(JSON.parse(text))._unsafeUnwrap();
      expect(again).toEqual(quote);
      expect(again.toJSON()).toStrictEqual(JSON.parse(text));
      expect(canonicalQuote(again)).toBe(canonicalQuote(quote));
      expect(quoteHash(again)).toBe(quoteHash(quote));
    }),
  );
});

test('a quote that was read prices to itself again', () => {
  fc.assert(
    fc.property(anyQuote(), (quote) => {
      const again = parseQuote(JSON.parse(JSON.stringify(quote.toJSON())))._unsafeUnwrap();
      expect(price(again.input)._unsafeUnwrap()).toEqual(quote);
    }),
  );
});

test('no amount of the money can be changed by a minor unit without a contradiction', () => {
  fc.assert(
    fc.property(anyQuote(), fc.nat(), fc.boolean(), (quote, choice, isMore) => {
      const json: unknown = JSON.parse(JSON.stringify(quote.toJSON()));
      const amounts = amountsOf(json);
      const chosen = amounts[choice % amounts.length];
      if (chosen === undefined) return;
      chosen.amount = withOneUnitMore(chosen.amount, isMore ? 1n : -1n);
      expect(parseQuote(json)._unsafeUnwrapErr()).toMatchObject({
        code: 'pricing.malformed_quote',
      });
    }),
  );
});

type Amount = { amount: string; readonly currency: string };

/** Every amount that the hash covers, the promotions' and the units' ones. */
function amountsOf(json: unknown): readonly Amount[] {
  if (typeof json !== 'object' || json === null) return [];
  if ('amount' in json && typeof json.amount === 'string') return [json as Amount];
  return Object.entries(json).flatMap(([name, value]: [string, unknown]) =>
    ['input', 'explanation', 'rejected'].includes(name) ? [] : amountsOf(value),
  );
}

function withOneUnitMore(amount: string, one: bigint): string {
  const digits = amount.includes('.') ? amount.length - amount.indexOf('.') - 1 : 0;
  const units = BigInt(amount.replace('.', '')) + one;
  const magnitude = (units < 0n ? -units : units).toString().padStart(digits + 1, '0');
  const whole = magnitude.slice(0, magnitude.length - digits);
  const unsigned = digits === 0 ? whole : `${whole}.${magnitude.slice(-digits)}`;
  return units < 0n ? `-${unsigned}` : unsigned;
}
