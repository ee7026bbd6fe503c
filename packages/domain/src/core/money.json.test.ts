import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { anyMoney } from '../testing/money.arbitrary.ts';
import { parseMoney } from './money.json.ts';

describe('money from outside', () => {
  test('that was written as JSON and read again is the same money', () => {
    fc.assert(
      fc.property(anyMoney(), (money) => {
        expect(parseMoney(JSON.parse(JSON.stringify(money)))._unsafeUnwrap()).toStrictEqual(money);
      }),
    );
  });

  test.each([
    [undefined, [], 'missing'],
    [null, [], 'wrong_type'],
    ['19.99', [], 'wrong_type'],
    [['19.99', 'USD'], [], 'wrong_type'],
    [{ currency: 'USD' }, ['amount'], 'missing'],
    [{ amount: 19.99, currency: 'USD' }, ['amount'], 'wrong_type'],
    [{ amount: '19.9', currency: 'USD' }, ['amount'], 'malformed'],
    [{ amount: '9'.repeat(30), currency: 'JPY' }, ['amount'], 'malformed'],
    [{ amount: '19.99', currency: 'usd' }, ['currency'], 'malformed'],
    [{ amount: '19.99', currency: 'USD', exact: true }, ['exact'], 'unknown_field'],
  ])('is refused when it is %j', (json, path, reason) => {
    expect(parseMoney(json)._unsafeUnwrapErr()).toStrictEqual({
      code: 'core.malformed_json',
      path,
      reason,
    });
  });

  test('may be anything, and is then refused', () => {
    fc.assert(
      fc.property(fc.anything(), (json) => {
        expect(parseMoney(json).isErr()).toBe(true);
      }),
    );
  });
});
