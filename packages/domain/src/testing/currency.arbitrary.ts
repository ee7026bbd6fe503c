import fc from 'fast-check';

import {
  ALL_CURRENCIES,
  minorUnitDigits,
  parseCurrency,
  type Currency,
} from '../core/currency.value.ts';

/** Each number of minor-unit digits as often as the others: chance alone would hardly meet CLF. */
export function anyCurrency(): fc.Arbitrary<Currency> {
  const byDigits = [0, 2, 3, 4].map((digits) =>
    ALL_CURRENCIES.filter((currency) => minorUnitDigits(currency) === digits),
  );
  return fc.oneof(...byDigits.map((currencies) => fc.constantFrom(...currencies)));
}

const dollars = parseCurrency('USD')._unsafeUnwrap();
const yen = parseCurrency('JPY')._unsafeUnwrap();

/** A currency that is not the given one, and always the same. */
export function otherThan(currency: Currency): Currency {
  return currency === yen ? dollars : yen;
}
