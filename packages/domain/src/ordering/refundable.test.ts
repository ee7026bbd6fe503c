import { describe, expect, test } from 'vitest';

import { parseCurrency } from '../core/currency.value.ts';
import { LARGEST_MINOR_UNITS, Money } from '../core/money.value.ts';
import type { FrozenUnits } from './frozen-price.value.ts';
import type { FrozenShares } from './refundable-shares.ts';
import { Refundable, type RefundRequest } from './refundable.value.ts';

describe('a refund of 3 units at 10.00, 10.00 and 10.01 with 2.00 of tax in each, and of 5.00 for shipping', () => {
  const usd = parseCurrency('USD')._unsafeUnwrap();
  const money = (minorUnits: bigint, currency = usd) =>
    Money.of(minorUnits, currency)._unsafeUnwrap();
  const units = [
    { quantity: 2, total: money(1_000n), tax: money(200n) },
    { quantity: 1, total: money(1_001n), tax: money(200n) },
  ];
  const shares: FrozenShares = {
    currency: usd,
    prices: 'inclusive',
    items: [{ id: 'tea', quantity: 3, units }],
    shipping: { total: money(500n), tax: money(83n) },
  };
  const refundableOf = (sold: FrozenShares) => Refundable.of(sold)._unsafeUnwrap();
  const whole = refundableOf(shares);
  const refusalOf = (request: RefundRequest) => whole.refund(request)._unsafeUnwrapErr();
  const oneOf = (request: RefundRequest) => whole.refund(request)._unsafeUnwrap();

  test('pays for the first two 20.00, and for the last one 10.01', () => {
    const { refund, left } = oneOf({ lines: [{ itemId: 'tea', quantity: 2 }] });
    expect(refund).toEqual({
      amount: money(2_000n),
      tax: money(400n),
      lines: [{ itemId: 'tea', quantity: 2, amount: money(2_000n), tax: money(400n) }],
      shipping: null,
    });
    const last = left.refund({ lines: [{ itemId: 'tea', quantity: 1 }] })._unsafeUnwrap();
    expect(last.refund.amount).toEqual(money(1_001n));
  });

  test('pays with the tax on top where prices exclude it', () => {
    const exclusive = refundableOf({ ...shares, prices: 'exclusive' });
    const { refund } = exclusive
      .refund({ lines: [{ itemId: 'tea', quantity: 1 }], shipping: 'all' })
      ._unsafeUnwrap();
    expect(refund).toMatchObject({ amount: money(1_783n), tax: money(283n) });
  });

  test('pays an amount with the tax in it, and less for each unit from then on', () => {
    const { refund, left } = oneOf({ amount: money(301n) });
    expect(refund.lines).toEqual([
      { itemId: 'tea', quantity: 0, amount: money(301n), tax: money(60n) },
    ]);
    const first = left.refund({ lines: [{ itemId: 'tea', quantity: 1 }] })._unsafeUnwrap();
    expect(first.refund).toMatchObject({ amount: money(900n), tax: money(180n) });
  });

  test('counts half a cent of tax in an amount as one, and none of it twice', () => {
    const cheap = [{ quantity: 1, total: money(2n), tax: money(1n) }];
    const { refund, left } = refundableOf({ ...shares, items: [{ id: 'tea', units: cheap }] })
      .refund({ amount: money(1n) })
      ._unsafeUnwrap();
    expect(refund).toMatchObject({ amount: money(1n), tax: money(1n) });
    expect(left.rest.lines).toMatchObject([{ quantity: 1, amount: money(1n), tax: money(0n) }]);
  });

  test('pays units, an amount for the others and shipping in one', () => {
    const { refund, left } = oneOf({
      lines: [{ itemId: 'tea', quantity: 2 }],
      amount: money(1n),
      shipping: money(100n),
    });
    expect(refund).toEqual({
      amount: money(2_101n),
      tax: money(417n),
      lines: [{ itemId: 'tea', quantity: 2, amount: money(2_001n), tax: money(400n) }],
      shipping: { amount: money(100n), tax: money(17n) },
    });
    expect(left.rest).toMatchObject({ amount: money(1_400n), tax: money(266n) });
  });

  test('never pays more than is left, and says how much that is', () => {
    const requested = money(3_002n);
    expect(refusalOf({ amount: requested })).toEqual({
      code: 'ordering.refund_exceeds_left',
      path: ['amount'],
      requested,
      left: money(3_001n),
    });
    expect(oneOf({ amount: money(3_001n) }).left.rest.lines).toMatchObject([{ quantity: 3 }]);
    expect(
      refusalOf({ lines: [{ itemId: 'tea', quantity: 2 }], amount: money(1_002n) }),
    ).toMatchObject({ path: ['amount'], left: money(1_001n) });
    expect(refusalOf({ shipping: money(501n) })).toMatchObject({
      code: 'ordering.refund_exceeds_left',
      path: ['shipping'],
      left: money(500n),
    });
  });

  test('of nothing is none', () => {
    const nothing = { code: 'ordering.refund_of_nothing' };
    for (const request of [{}, { lines: [] }, { amount: money(0n) }, { shipping: money(0n) }])
      expect(refusalOf(request)).toEqual(nothing);
    const { left } = oneOf({ lines: [{ itemId: 'tea', quantity: 3 }], shipping: 'all' });
    expect(left.refund({ shipping: 'all' })._unsafeUnwrapErr()).toEqual(nothing);
    expect(left.rest).toEqual({ amount: money(0n), tax: money(0n), lines: [], shipping: null });
    const unshipped = refundableOf({ ...shares, shipping: null });
    expect(unshipped.refund({ shipping: 'all' })._unsafeUnwrapErr()).toEqual(nothing);
  });

  test('of units that cost nothing takes them back, and pays nothing', () => {
    const free = refundableOf({
      ...shares,
      items: [{ id: 'gift', units: [{ quantity: 2, total: money(0n), tax: money(0n) }] }],
    });
    const lines = [{ itemId: 'gift', quantity: 1 }];
    const { refund, left } = free.refund({ lines })._unsafeUnwrap();
    expect(refund).toMatchObject({ amount: money(0n), lines: [{ quantity: 1 }] });
    const again = left.refund({ lines })._unsafeUnwrap();
    expect(again.left.refund({ lines })._unsafeUnwrapErr().code).toBe('ordering.too_many_units');
  });

  test('takes nothing from the customer', () => {
    const belowZero = (path: string) => ({ code: 'ordering.refund_below_zero', path: [path] });
    expect(refusalOf({ amount: money(-1n) })).toEqual(belowZero('amount'));
    expect(refusalOf({ shipping: money(-1n), amount: money(2n) })).toEqual(belowZero('shipping'));
  });

  test('is in the currency that was paid in', () => {
    const actual = parseCurrency('EUR')._unsafeUnwrap();
    const other = { code: 'core.currency_mismatch', expected: usd, actual };
    expect(refusalOf({ amount: money(1n, actual) })).toEqual({ ...other, path: ['amount'] });
    expect(refusalOf({ shipping: money(1n, actual) })).toEqual({ ...other, path: ['shipping'] });
  });

  test('is of units that were bought and not paid back yet', () => {
    const refusalOfLines = (...lines: readonly (readonly [string, number])[]) =>
      refusalOf({ lines: lines.map(([itemId, quantity]) => ({ itemId, quantity })) });
    expect(refusalOfLines(['tea', 4])).toEqual({
      code: 'ordering.too_many_units',
      path: ['lines', 0, 'quantity'],
      itemId: 'tea',
      requested: 4,
      left: 3,
    });
    expect(refusalOfLines(['cup', 1])).toEqual({
      code: 'ordering.order_item_not_found',
      path: ['lines', 0, 'itemId'],
      itemId: 'cup',
    });
    expect(refusalOfLines(['tea', 1], ['tea', 1])).toEqual({
      code: 'ordering.order_item_repeated',
      path: ['lines', 1, 'itemId'],
      itemId: 'tea',
    });
    for (const quantity of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(refusalOfLines(['tea', quantity])).toEqual({
        code: 'ordering.invalid_units',
        path: ['lines', 0, 'quantity'],
      });
  });

  test('read back that pays more than there is leaves nothing that can be', () => {
    const { refund } = oneOf({ lines: [{ itemId: 'tea', quantity: 2 }], shipping: 'all' });
    const once = whole.less(refund);
    expect(once?.rest.amount).toEqual(money(1_001n));
    expect(once?.less(refund)).toBeNull();
    const [line] = refund.lines;
    expect(line).toBeDefined();
    const changed = (change: object) =>
      whole.less({ ...refund, lines: line === undefined ? [] : [{ ...line, ...change }] });
    expect(changed({ itemId: 'cup' })).toBeNull();
    for (const quantity of [4, -1, 0.5, Number.NaN]) expect(changed({ quantity })).toBeNull();
    const euro = Money.zero(parseCurrency('EUR')._unsafeUnwrap());
    expect(changed({ tax: euro })).toBeNull();
    expect(whole.less({ ...refund, shipping: { amount: euro, tax: euro } })).toBeNull();
    expect(changed({ amount: money(1_999n) })).toBeNull();
    expect(changed({ amount: money(3_002n) })).toBeNull();
    expect(changed({ tax: money(601n) })).toBeNull();
    expect(changed({})).not.toBeNull();
  });

  test('is made of shares that one sale can have', () => {
    const reasonOf = (changes: Partial<FrozenShares>) =>
      Refundable.of({ ...shares, ...changes })._unsafeUnwrapErr();
    const item = (change: Partial<FrozenUnits>) => ({
      items: [{ id: 'tea', units: units.slice(0, 1).map((run) => ({ ...run, ...change })) }],
    });
    const code = 'ordering.invalid_shares';
    expect(reasonOf({ currency: parseCurrency('EUR')._unsafeUnwrap() })).toEqual({
      code,
      reason: 'currency',
      path: ['items', 0, 'units', 0, 'total'],
    });
    expect(reasonOf({ shipping: { total: money(5n), tax: money(-1n) } })).toEqual({
      code,
      reason: 'sign',
      path: ['items', 0, 'units', 0, 'total'],
    });
    expect(reasonOf({ items: [...shares.items, ...shares.items] })).toEqual({
      code,
      reason: 'repeated',
      path: ['items', 1, 'id'],
    });
    for (const quantity of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
      expect(reasonOf(item({ quantity }))).toMatchObject({ reason: 'quantity' });
    const most = { quantity: Number.MAX_SAFE_INTEGER, total: money(0n), tax: money(0n) };
    expect(reasonOf({ items: [{ id: 'tea', units: [most, most] }] })).toMatchObject({
      reason: 'quantity',
    });
    expect(reasonOf({ items: [{ id: 'tea', quantity: 4, units }] })).toMatchObject({
      reason: 'quantity',
    });
    const half = money(2n ** 62n);
    expect(reasonOf(item({ total: half }))).toEqual({ code, reason: 'too_large', path: [] });
    expect(reasonOf(item({ tax: half }))).toMatchObject({ reason: 'too_large' });
    const both = { quantity: 1, total: half, tax: half };
    expect(Refundable.of({ ...shares, ...item(both), shipping: null }).isOk()).toBe(true);
    const largest = { ...both, tax: money(2n ** 62n - 1n) };
    const largestOf = { ...shares, ...item(largest), shipping: null, prices: 'exclusive' as const };
    expect(refundableOf(largestOf).rest.amount).toEqual(money(LARGEST_MINOR_UNITS));
    expect(reasonOf({ ...item(both), shipping: null, prices: 'exclusive' })).toMatchObject({
      reason: 'too_large',
    });
  });

  test('costs no more for a million units than for one', () => {
    const many = refundableOf({
      ...shares,
      items: [{ id: 'tea', units: [{ quantity: 1_000_000, total: money(999n), tax: money(1n) }] }],
    });
    const { left } = many
      .refund({ lines: [{ itemId: 'tea', quantity: 1 }], amount: money(123_456n) })
      ._unsafeUnwrap();
    const all = left.refund({ lines: [{ itemId: 'tea', quantity: 999_999 }] })._unsafeUnwrap();
    expect(all.refund.amount).toEqual(money(999_000_000n - 999n - 123_456n));
  });

  test('leaves what there was before as it was', () => {
    const before = whole.rest;
    oneOf({ amount: money(1n) });
    expect(whole.rest).toEqual(before);
    expect(Object.isFrozen(whole)).toBe(true);
  });
});
