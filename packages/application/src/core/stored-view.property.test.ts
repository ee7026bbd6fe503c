import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Money, type Currency } from '@kastoma/domain/core';

import { dollars } from '../testing/builders/money.builder.ts';
import { readView, writeView } from './stored-view.ts';

const money = fc
  .bigInt(-(2n ** 62n), 2n ** 62n)
  .map((minorUnits) => Money.of(minorUnits, 'USD' as Currency)._unsafeUnwrap());
const name = fc.oneof(
  fc.string(),
  fc.constantFrom('$money', '$whole', '$plain', '$', '__proto__', 'constructor'),
);
const { view } = fc.letrec((tie) => ({
  view: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.string(),
    fc.integer(),
    fc.bigInt(),
    money,
    fc.array(tie('view'), { maxLength: 4 }),
    fc
      .array(fc.tuple(name, tie('view')), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries) as unknown),
  ),
}));

describe('a view that is stored as text', () => {
  it('is read back as what it was, whatever names its data has', () => {
    fc.assert(
      fc.property(view, (one) => {
        expect(readView(writeView(one))._unsafeUnwrap()).toEqual(one);
      }),
      { numRuns: 200 },
    );
  });

  it('has amounts of money in it that can be reckoned with', () => {
    const read = readView(writeView({ price: dollars('19.99') }))._unsafeUnwrap();
    expect((read as { price: Money }).price.toJSON()).toEqual({ amount: '19.99', currency: 'USD' });
  });

  it.each([
    '',
    '{',
    '{"$money":["x","USD"]}',
    '{"$money":1}',
    '{"$money":["99999999999999999999","USD"]}',
    '{"$whole":"1.5"}',
  ])('is nothing where the text %j is none of ours', (text) => {
    expect(readView(text).isErr()).toBe(true);
  });
});
