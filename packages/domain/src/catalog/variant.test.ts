import { describe, expect, test } from 'vitest';

import { parseCurrency } from '../core/currency.value.ts';
import type { VariantId } from '../core/ids.value.ts';
import { Money } from '../core/money.value.ts';
import { HIGHEST_PRICE_MINOR_UNITS, parseVariant, type DraftVariant } from './variant.ts';

const money = (minorUnits: bigint, code = 'USD') =>
  Money.of(minorUnits, parseCurrency(code)._unsafeUnwrap())._unsafeUnwrap();
const draft: DraftVariant = { id: 'variant' as VariantId, sku: ' TEA-1 ', price: money(1999n) };
const parse = (changes: Partial<DraftVariant>) =>
  parseVariant({ ...draft, ...changes }, ['variants', 3]);

describe('a variant', () => {
  test('needs no more than a SKU and a price', () => {
    expect(parse({})._unsafeUnwrap()).toEqual({
      id: 'variant',
      sku: 'TEA-1',
      name: null,
      price: money(1999n),
      compareAtPrice: null,
      minimumPrice: null,
      attributes: {},
      weightGrams: null,
      taxClass: 'standard',
    });
  });

  test('keeps all that is said of it', () => {
    const said = {
      name: ' Small ',
      compareAtPrice: money(2499n),
      minimumPrice: money(1500n),
      attributes: { size: 42 },
      weightGrams: 0,
      taxClass: 'reduced',
    };
    expect(parse(said)._unsafeUnwrap()).toMatchObject({ ...said, name: 'Small' });
  });

  test.each(['', '  '])('a name of %j is none', (text) => {
    expect(parse({ name: text, taxClass: text })._unsafeUnwrap()).toMatchObject({
      name: null,
      taxClass: 'standard',
    });
  });

  test('costs nothing at least, and not more than a full cart of it can cost', () => {
    expect(parse({ price: money(0n) }).isOk()).toBe(true);
    expect(parse({ price: money(HIGHEST_PRICE_MINOR_UNITS) }).isOk()).toBe(true);
    expect(parse({ price: money(-1n) })._unsafeUnwrapErr()).toEqual({
      code: 'catalog.invalid_price',
      path: ['variants', 3, 'price'],
      reason: 'negative',
    });
    expect(parse({ price: money(HIGHEST_PRICE_MINOR_UNITS + 1n) })._unsafeUnwrapErr()).toEqual({
      code: 'catalog.invalid_price',
      path: ['variants', 3, 'price'],
      reason: 'too_high',
    });
  });

  test.each([
    [money(-1n), 'negative'],
    [money(HIGHEST_PRICE_MINOR_UNITS + 1n), 'too_high'],
    [money(2499n, 'EUR'), 'other_currency'],
  ])('is not compared with %j: %s', (compareAtPrice, reason) => {
    expect(parse({ compareAtPrice })._unsafeUnwrapErr()).toEqual({
      code: 'catalog.invalid_price',
      path: ['variants', 3, 'compareAtPrice'],
      reason,
    });
  });

  test.each([
    [money(-1n), 'negative'],
    [money(2000n), 'above_price'],
    [money(HIGHEST_PRICE_MINOR_UNITS + 1n), 'too_high'],
    [money(1500n, 'EUR'), 'other_currency'],
  ])('has no minimum price of %j: %s', (minimumPrice, reason) => {
    expect(parse({ minimumPrice })._unsafeUnwrapErr()).toEqual({
      code: 'catalog.invalid_price',
      path: ['variants', 3, 'minimumPrice'],
      reason,
    });
  });

  test.each([0n, 1998n, 1999n])('of 19.99 may have a minimum price of %d cents', (minorUnits) => {
    const minimumPrice = money(minorUnits);
    expect(parse({ minimumPrice })._unsafeUnwrap().minimumPrice).toEqual(minimumPrice);
  });

  test.each([-1, 1.5, 10_000_001, Number.NaN])('does not weigh %d grams', (weightGrams) => {
    expect(parse({ weightGrams })._unsafeUnwrapErr()).toEqual({
      code: 'catalog.invalid_weight',
      path: ['variants', 3, 'weightGrams'],
    });
  });

  test('weighs ten tonnes at most', () => {
    expect(parse({ weightGrams: 10_000_000 })._unsafeUnwrap().weightGrams).toBe(10_000_000);
  });

  test.each([
    [{ sku: '' }, ['variants', 3, 'sku']],
    [{ name: 'x'.repeat(201) }, ['variants', 3, 'name']],
    [{ taxClass: 'x'.repeat(41) }, ['variants', 3, 'taxClass']],
    [{ attributes: { '': 1 } }, ['variants', 3, 'attributes', '']],
  ])('a defect of %j is refused where it stands', (changes, path) => {
    expect(parse(changes)._unsafeUnwrapErr().path).toEqual(path);
  });
});
