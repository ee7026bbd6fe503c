import fc from 'fast-check';
import { expect, test } from 'vitest';

import { isInstant } from '../core/instant.value.ts';
import { anyPricingInput } from '../testing/pricing-input.arbitrary.ts';
import { parsePricingInput, pricingInputToJson } from './pricing-input.json.ts';

const DAY = 86_400_000;

/** With promotions whose windows RFC 3339 can write. */
const anyInput = () =>
  anyPricingInput().filter(({ at }) => isInstant(at - DAY) && isInstant(at + DAY));

test('what was written as JSON and read again is the same input, to the last field', () => {
  fc.assert(
    fc.property(anyInput(), (input) => {
      const text = JSON.stringify(pricingInputToJson(input));
      const again = parsePricingInput(JSON.parse(text))._unsafeUnwrap();
      expect(again).toEqual(input);
      expect(pricingInputToJson(again)).toStrictEqual(JSON.parse(text));
    }),
  );
});

test('anything else is refused and is never an accident', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.jsonValue()), (json) => {
      expect(parsePricingInput(json).isErr()).toBe(true);
    }),
  );
});

test('anything may stand in the place of a field', () => {
  const fields = [
    'currency',
    'at',
    'lines',
    'promotions',
    'coupons',
    'codes',
    'uses',
    'customer',
    'destination',
    'tax',
    'shipping',
    'combining',
    'rounding',
    '__proto__',
  ];
  fc.assert(
    fc.property(anyInput(), fc.constantFrom(...fields), fc.anything(), (input, field, anything) => {
      const json = { ...(pricingInputToJson(input) as object), [field]: anything };
      const parsed = parsePricingInput(json);
      expect(parsed.isOk() || parsed.error.path[0] === field).toBe(true);
    }),
  );
});
