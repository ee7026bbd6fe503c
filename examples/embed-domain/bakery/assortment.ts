import { Product } from '@kastoma/domain/catalog';
import { Money, parseCurrency, type Instant } from '@kastoma/domain/core';

import { newId } from './ids.ts';
import { must } from './must.ts';

export const EUR = must(parseCurrency('EUR'));

export function euro(amount: string): Money {
  return must(Money.parse({ amount, currency: EUR }));
}

/** What we bake. Food is taxed at the reduced rate, a mug is not food. */
export function assortment(at: Instant): readonly [bread: Product, roll: Product, mug: Product] {
  return [
    bake({ name: 'Rye bread', sku: 'RYE-1000', price: '4.90', taxClass: 'reduced' }, at),
    bake({ name: 'Cinnamon roll', sku: 'ROLL-CIN', price: '2.35', taxClass: 'reduced' }, at),
    bake({ name: 'Mug', sku: 'MUG-1', price: '12.00', taxClass: 'standard' }, at),
  ];
}

type Recipe = {
  readonly name: string;
  readonly sku: string;
  readonly price: string;
  readonly taxClass: string;
};

function bake({ name, sku, price, taxClass }: Recipe, at: Instant): Product {
  return must(
    Product.create({
      id: newId(),
      name,
      description: '',
      categoryId: null,
      attributes: {},
      tags: taxClass === 'reduced' ? ['baked'] : [],
      status: 'published',
      variants: [{ id: newId(), sku, price: euro(price), taxClass }],
      images: [],
      currency: EUR,
      at,
    }),
  );
}
