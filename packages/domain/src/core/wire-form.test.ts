import { expect, test } from 'vitest';

import { toWireForm, wireName } from './wire-form.ts';

test.each([
  ['minimumSubtotal', 'minimum_subtotal'],
  ['maximumUnitsPerVariant', 'maximum_units_per_variant'],
  ['isActive', 'active'],
  ['isFirstOrder', 'first_order'],
  ['id', 'id'],
  ['issuer', 'issuer'],
  ['thisOne', 'this_one'],
])('the field %s travels as %s', (field, name) => {
  expect(wireName(field)).toBe(name);
});

test('what is undefined is left out, and what JSON has no word for is null', () => {
  expect(
    toWireForm({
      left: undefined,
      startsAt: null,
      list: [undefined, Number.POSITIVE_INFINITY, 2n ** 70n, Symbol('x')],
    }),
  ).toStrictEqual({
    starts_at: null,
    list: [null, null, '1180591620717411303424', null],
  });
});

test('a moment that RFC 3339 cannot write becomes a text that nobody takes for one, and not for none', () => {
  expect(toWireForm({ at: Number.NaN, endsAt: 8.64e15 })).toStrictEqual({
    at: 'NaN',
    ends_at: '8640000000000000',
  });
});

test('only what is named as a time is written as one', () => {
  expect(toWireForm({ at: 0, endsAt: 1, flat: 2, format: 3 })).toStrictEqual({
    at: '1970-01-01T00:00:00.000Z',
    ends_at: '1970-01-01T00:00:00.001Z',
    flat: 2,
    format: 3,
  });
});

test('text and flags are what they are, and money and rates what they say themselves', () => {
  const price = { toJSON: () => 'twenty', amount: 20n };
  const odd = { toJSON: 'no function', isOpen: false };
  expect(toWireForm({ name: 'tea', isActive: true, price, odd })).toStrictEqual({
    name: 'tea',
    active: true,
    price: 'twenty',
    odd: { to_j_s_o_n: 'no function', open: false },
  });
});
