import { describe, expect, test } from 'vitest';

import { parseCurrency } from '../core/currency.value.ts';
import type { VariantId } from '../core/ids.value.ts';
import { Money } from '../core/money.value.ts';
import { HIGHEST_PRICE_MINOR_UNITS } from './variant-price.ts';
import { parseVariant, priceIn, type DraftVariant } from './variant.ts';

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
      prices: [],
      cost: null,
      options: [],
      barcode: null,
      attributes: {},
      weightGrams: null,
      dimensions: null,
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

  test('costs something else in other currencies, one price each, by the code of the currency', () => {
    const abroad = [{ price: money(1800n, 'JPY') }, { price: money(1700n, 'EUR') }];
    expect(parse({ prices: abroad })._unsafeUnwrap().prices).toEqual([
      { price: money(1700n, 'EUR'), compareAtPrice: null, minimumPrice: null },
      { price: money(1800n, 'JPY'), compareAtPrice: null, minimumPrice: null },
    ]);
    const refusal = (prices: DraftVariant['prices']) => {
      const error = parse({ prices })._unsafeUnwrapErr();
      return 'reason' in error && [error.reason, error.path.slice(2).join('.')];
    };
    const euro = { price: money(1n, 'EUR') };
    expect(refusal([{ price: money(1n) }])).toEqual([
      'duplicate_currency',
      'prices.0.price.currency',
    ]);
    expect(refusal([euro, euro])).toEqual(['duplicate_currency', 'prices.1.price.currency']);
    expect(refusal([{ ...euro, minimumPrice: money(2n, 'EUR') }])).toEqual([
      'above_price',
      'prices.0.minimumPrice',
    ]);
    expect(refusal([{ ...euro, compareAtPrice: money(2n) }])).toEqual([
      'other_currency',
      'prices.0.compareAtPrice',
    ]);
    expect(refusal([{ price: money(-1n, 'EUR') }])).toEqual(['negative', 'prices.0.price']);
    expect(refusal(Array.from({ length: 51 }, () => euro))).toEqual(['too_many', 'prices']);
  });

  test('may have cost the merchant more than it is sold for, in the currency of the store', () => {
    expect(parse({ cost: money(5000n) })._unsafeUnwrap().cost).toEqual(money(5000n));
    expect(parse({ cost: money(1n, 'EUR') })._unsafeUnwrapErr()).toMatchObject({
      reason: 'other_currency',
      path: ['variants', 3, 'cost'],
    });
  });

  test.each([0, -1, 1.5, 100_001, Number.NaN])('is not %d millimetres high', (height) => {
    expect(parse({ dimensions: { length: 1, width: 1, height } })._unsafeUnwrapErr()).toEqual({
      code: 'catalog.invalid_dimensions',
      path: ['variants', 3, 'dimensions', 'height'],
      maximum: 100_000,
    });
  });

  test('has a price in each currency that it has one in, and none in others', () => {
    const variant = parse({ prices: [{ price: money(1700n, 'EUR') }] })._unsafeUnwrap();
    const priceOf = (code: string) => priceIn(variant, parseCurrency(code)._unsafeUnwrap())?.price;
    expect([priceOf('USD'), priceOf('EUR'), priceOf('GBP')]).toEqual([
      money(1999n),
      money(1700n, 'EUR'),
      undefined,
    ]);
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
