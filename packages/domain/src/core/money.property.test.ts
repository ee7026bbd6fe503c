import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { anyCurrency } from '../testing/currency.arbitrary.ts';
import { anyMoney, anyMoneyIn } from '../testing/money.arbitrary.ts';
import { ALL_CURRENCIES, minorUnitDigits } from './currency.value.ts';
import { LARGEST_MINOR_UNITS, Money } from './money.value.ts';
import { LARGEST_QUANTITY, type Quantity } from './quantity.value.ts';

const anyQuantity = fc
  .integer({ min: 1, max: LARGEST_QUANTITY })
  .map((quantity) => quantity as Quantity);
const anyPair = anyCurrency().chain((currency) =>
  fc.tuple(anyMoneyIn(currency), anyMoneyIn(currency)),
);
const fits = (minorUnits: bigint) =>
  minorUnits <= LARGEST_MINOR_UNITS && minorUnits >= -LARGEST_MINOR_UNITS;

describe('money as it travels', () => {
  test.each(ALL_CURRENCIES)('every amount in %s is read back as it was written', (currency) => {
    fc.assert(
      fc.property(anyMoneyIn(currency), (money) => {
        expect(Money.parse(money.toJSON())._unsafeUnwrap()).toEqual(money);
      }),
      { numRuns: 20 },
    );
  });

  test('what is written has exactly the digits of its currency', () => {
    fc.assert(
      fc.property(anyMoney(), (money) => {
        const [, fraction = ''] = money.toDecimal().split('.');
        expect(fraction).toHaveLength(minorUnitDigits(money.currency));
      }),
    );
  });

  test('an amount has one spelling: whatever is read is written back to the letter', () => {
    const anyAmountLike = fc.stringMatching(/^[-+]?[0-9]{0,4}\.?[0-9]{0,4}(e[0-9])?$/);
    fc.assert(
      fc.property(anyCurrency(), anyAmountLike, (currency, amount) => {
        const written = Money.parse({ amount, currency }).map((money) => money.toDecimal());
        expect(written.unwrapOr(amount)).toBe(amount);
      }),
      { numRuns: 1_000 },
    );
  });

  test('one digit more or less than the currency has is never read', () => {
    fc.assert(
      fc.property(anyMoney(), (money) => {
        const { amount, currency } = money.toJSON();
        const longer = amount.includes('.') ? `${amount}0` : `${amount}.0`;
        expect(Money.parse({ amount: longer, currency }).isErr()).toBe(true);
        fc.pre(amount.includes('.'));
        expect(Money.parse({ amount: amount.slice(0, -1), currency }).isErr()).toBe(true);
      }),
    );
  });
});

describe('sums', () => {
  test('adding loses no unit, or says that the sum is out of bounds', () => {
    fc.assert(
      fc.property(anyPair, ([a, b]) => {
        const exact = a.minorUnits + b.minorUnits;
        const sum = a.plus(b);
        expect(sum.isOk()).toBe(fits(exact));
        expect(sum.map((money) => money.minorUnits).unwrapOr(exact)).toBe(exact);
      }),
    );
  });

  test('what was added can be taken away again', () => {
    fc.assert(
      fc.property(anyPair, ([a, b]) => {
        const sum = a.plus(b);
        fc.pre(sum.isOk());
        expect(sum.andThen((money) => money.minus(b))._unsafeUnwrap()).toEqual(a);
      }),
    );
  });

  test('it does not matter which of two amounts is added to the other', () => {
    fc.assert(
      fc.property(anyPair, ([a, b]) => {
        expect(a.plus(b)).toEqual(b.plus(a));
      }),
    );
  });

  test('nothing is the difference of an amount and itself', () => {
    fc.assert(
      fc.property(anyMoney(), (money) => {
        expect(money.minus(money)._unsafeUnwrap()).toEqual(Money.zero(money.currency));
      }),
    );
  });

  test('several units cost exactly as much as each of them together', () => {
    fc.assert(
      fc.property(anyMoney(), anyQuantity, (money, quantity) => {
        const exact = money.minorUnits * BigInt(quantity);
        const product = money.times(quantity);
        expect(product.isOk()).toBe(fits(exact));
        expect(product.map((amount) => amount.minorUnits).unwrapOr(exact)).toBe(exact);
      }),
    );
  });

  test('two currencies never mix', () => {
    fc.assert(
      fc.property(anyMoney(), anyMoney(), (a, b) => {
        fc.pre(a.currency !== b.currency);
        const mismatch = {
          code: 'core.currency_mismatch',
          expected: a.currency,
          actual: b.currency,
        };
        expect(a.plus(b)._unsafeUnwrapErr()).toEqual(mismatch);
        expect(a.minus(b)._unsafeUnwrapErr()).toEqual(mismatch);
        expect(a.equals(b)).toBe(false);
      }),
    );
  });
});
