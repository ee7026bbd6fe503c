import fc from 'fast-check';

import { ALL_CURRENCIES, minorUnitDigits, type Currency } from '../core/currency.value.ts';

/** Each number of minor-unit digits as often as the others: chance alone would hardly meet CLF. */
export function anyCurrency(): fc.Arbitrary<Currency> {
  const byDigits = [0, 2, 3, 4].map((digits) =>
    ALL_CURRENCIES.filter((currency) => minorUnitDigits(currency) === digits),
  );
  return fc.oneof(...byDigits.map((currencies) => fc.constantFrom(...currencies)));
}
