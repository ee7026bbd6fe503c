import fc from 'fast-check';

import type { Currency } from '../core/currency.value.ts';
import { LARGEST_MINOR_UNITS, Money } from '../core/money.value.ts';
import { anyCurrency } from './currency.arbitrary.ts';

type MinorUnits = { readonly min?: bigint; readonly max?: bigint };

/** An amount of the currency; without limits any that there is, negative ones and both bounds included. */
export function anyMoneyIn(
  currency: Currency,
  { min = -LARGEST_MINOR_UNITS, max = LARGEST_MINOR_UNITS }: MinorUnits = {},
): fc.Arbitrary<Money> {
  return fc
    .bigInt({ min, max })
    .map((minorUnits) => Money.of(minorUnits, currency)._unsafeUnwrap());
}

/** An amount of any currency. */
export function anyMoney(limits: MinorUnits = {}): fc.Arbitrary<Money> {
  return anyCurrency().chain((currency) => anyMoneyIn(currency, limits));
}
