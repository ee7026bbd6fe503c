import { err, ok } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import { Product } from '@kastoma/domain/catalog';
import type { CategoryId, Instant } from '@kastoma/domain/core';

import { builderIds } from '../testing/builders/builder-ids.ts';
import { aCategory } from '../testing/builders/category.builder.ts';
import { dollars } from '../testing/builders/money.builder.ts';
import { aProduct, type ProductWishes } from '../testing/builders/product.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCategory } from '../testing/stocked-shop.ts';
import { CreateProduct } from './create-product.use-case.ts';
import { checkShelf } from './product-shelf.ts';

let shop: ShopPorts;
let chairs: CategoryId;

beforeEach(async () => {
  shop = inMemoryShop();
  const furniture = aCategory()
    .defineAttributes(
      [{ name: 'material', type: 'choice', choices: ['oak', 'ash'], required: true }],
      0 as Instant,
    )
    ._unsafeUnwrap();
  const { id } = (await givenCategory(shop, furniture)).state;
  chairs = (await givenCategory(shop, aCategory({ parentId: id }))).state.id;
});

function check(wishes: ProductWishes) {
  return shop.catalog.run(SHOP, ({ categories }) => checkShelf(categories, aProduct(wishes)));
}

describe('a product that is put into a category', () => {
  it('fits when it is what the category and those above it say', async () => {
    expect(await check({ categoryId: chairs, attributes: { material: 'oak' } })).toEqual(ok());
  });

  it('does not fit when it is something else, and the place is named', async () => {
    const wrong = check({ categoryId: chairs, attributes: { material: 'steel' } });
    expect((await wrong)._unsafeUnwrapErr()).toMatchObject({
      code: 'catalog.attribute_mismatch',
      path: ['attributes', 'material'],
      reason: 'not_a_choice',
      choices: ['oak', 'ash'],
    });
    expect((await check({ categoryId: chairs }))._unsafeUnwrapErr()).toMatchObject({
      reason: 'missing',
    });
  });

  it('is described freely where it stands in none', async () => {
    expect(await check({ attributes: { material: 7 } })).toEqual(ok());
  });

  it('does not stand in one that is not there', async () => {
    expect(await check({ categoryId: builderIds.next<CategoryId>() })).toEqual(
      err({ code: 'catalog.unknown_category', path: ['categoryId'] }),
    );
  });

  it('that was there before its category said so may change, until it is described anew', async () => {
    const before = aProduct({ categoryId: chairs });
    const measured = (changes: Partial<typeof before.state>) =>
      shop.catalog.run(SHOP, ({ categories }) =>
        checkShelf(categories, Product.restore({ ...before.state, ...changes }, 2), before),
      );
    expect(await measured({ name: 'Other', status: 'archived' })).toEqual(ok());
    const [variant] = before.state.variants;
    const redescribed = [
      { attributes: { material: 'steel' } },
      { variants: [{ ...variant, attributes: { material: 'steel' } }] as const },
      { variants: [variant, variant] as const },
      { categoryId: (await givenCategory(shop, aCategory())).state.id, attributes: {} },
    ];
    const outcomes = await Promise.all(redescribed.map(measured));
    expect(outcomes.map((outcome) => outcome.isOk())).toEqual([false, false, false, true]);
  });

  it('is not created when it does not fit', async () => {
    const { catalog: unitOfWork, settings, ids, clock } = shop;
    const created = new CreateProduct({ unitOfWork, settings, ids, clock }).execute(
      {
        name: 'Chair',
        slug: 'chair',
        description: '',
        categoryId: chairs,
        attributes: { material: true },
        status: 'draft',
        images: [],
        variants: [{ sku: 'CHAIR', price: dollars('10.00') }],
      },
      SHOP,
    );
    expect((await created)._unsafeUnwrapErr()).toMatchObject({
      code: 'catalog.attribute_mismatch',
      reason: 'wrong_type',
    });
    expect((await shop.productQueries.find('chair', 'staff')).isErr()).toBe(true);
  });
});
