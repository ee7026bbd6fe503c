import { err } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { Product } from '@kastoma/domain/catalog';
import type { CategoryId, ProductId, VariantId } from '@kastoma/domain/core';

import { builderIds } from '../testing/builders/builder-ids.ts';
import { dollars } from '../testing/builders/money.builder.ts';
import { SHOP, underKey } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCategory, givenProduct } from '../testing/stocked-shop.ts';
import { AddVariant } from './add-variant.use-case.ts';
import { ChangeProductStatus } from './change-product-status.use-case.ts';
import { ChangeProduct, type ChangeProductCommand } from './change-product.use-case.ts';
import { ChangeVariant } from './change-variant.use-case.ts';
import { DeleteProduct } from './delete-product.use-case.ts';
import { RelateProducts } from './relate-products.use-case.ts';
import { RemoveVariant } from './remove-variant.use-case.ts';

let shop: ShopPorts;
let dependencies: ConstructorParameters<typeof AddVariant>[0];
let product: Product;

beforeEach(async () => {
  shop = inMemoryShop();
  dependencies = { unitOfWork: shop.catalog, ids: shop.ids, clock: shop.clock };
  product = await givenProduct(shop, { variants: [{ sku: 'A' }, { sku: 'B' }] }, 3);
});

const latest = () => ({ idOrSlug: product.state.id, expectedVersion: null });
const change = (changes: ChangeProductCommand['changes'], expectedVersion: number | null = null) =>
  new ChangeProduct(dependencies).execute(
    { idOrSlug: product.state.slug, changes, expectedVersion },
    SHOP,
  );
const stateOf = async () =>
  (await shop.productQueries.find(product.state.id, 'staff'))._unsafeUnwrap();
const unitsOf = async (id: string) =>
  (await shop.stockQueries.find(id as VariantId))._unsafeUnwrap().onHand;

describe('changing a product', () => {
  it('is for those who know what stands', async () => {
    expect((await change({ name: 'First' }, 1))._unsafeUnwrap()).toMatchObject({
      name: 'First',
      version: 2,
    });
    expect(await change({ name: 'Second' }, 1)).toEqual(
      err({ code: 'core.stale_version', currentVersion: 2 }),
    );
    expect((await stateOf()).name).toBe('First');
  });

  it('that changes nothing, saves nothing', async () => {
    const { name } = product.state;
    expect((await change({ name, status: 'published' }))._unsafeUnwrap().version).toBe(1);
    expect(await shop.eventsOf(product.state.id)).toHaveLength(1);
  });

  it('knows its variants by id or SKU, and opens the stock of new ones', async () => {
    const [a, b] = product.state.variants;
    const price = dollars('5.00');
    const view = (
      await change({
        variants: [
          { sku: 'C', price },
          { sku: ' B ', price },
          { id: a.id, sku: 'A2', price },
        ],
      })
    )._unsafeUnwrap();
    const [c] = view.variants;
    expect(view.variants.map(({ id, sku }) => [id, sku])).toEqual([
      [c?.id, 'C'],
      [b?.id, 'B'],
      [a.id, 'A2'],
    ]);
    expect(await Promise.all([c?.id ?? '', b?.id ?? '', a.id].map(unitsOf))).toEqual([0, 3, 3]);
  });

  it('refuses ids that are nobody’s, and one that is stated twice', async () => {
    const [a] = product.state.variants;
    const price = dollars('5.00');
    const stated = async (...ids: readonly VariantId[]) =>
      (
        await change({ variants: ids.map((id, index) => ({ id, sku: `X-${index}`, price })) })
      )._unsafeUnwrapErr();
    const unknown = { code: 'catalog.unknown_variant', path: ['variants', 1, 'id'] };
    expect(await stated(a.id, builderIds.next<VariantId>())).toEqual(unknown);
    expect(await stated(a.id, a.id)).toEqual(unknown);
  });

  it('takes a SKU that moved to another of its variants for a new one', async () => {
    const [a, b] = product.state.variants;
    const price = dollars('5.00');
    const view = (
      await change({
        variants: [
          { id: a.id, sku: 'B', price },
          { sku: 'A', price },
        ],
      })
    )._unsafeUnwrap();
    const [first, second] = view.variants.map(({ id }) => id);
    expect(first).toBe(a.id);
    expect([a.id as string, b?.id as string]).not.toContain(second);
  });

  it('moves it to no category that is not there', async () => {
    const shelf = await givenCategory(shop);
    const moved = await change({ categoryId: shelf.state.id });
    expect(moved._unsafeUnwrap().category?.id).toBe(shelf.state.id);
    expect(await change({ categoryId: builderIds.next<CategoryId>() })).toEqual(
      err({ code: 'catalog.unknown_category', path: ['categoryId'] }),
    );
    expect((await change({ categoryId: null }))._unsafeUnwrap().category).toBeNull();
  });

  it('and its status happen together, or not at all', async () => {
    const archived = (await change({ name: 'Old', status: 'archived' }))._unsafeUnwrap();
    expect(archived).toMatchObject({ name: 'Old', status: 'archived', version: 3 });
    const other = await givenProduct(shop);
    const refused = await change({ slug: other.state.slug, status: 'draft' });
    expect(refused._unsafeUnwrapErr().code).toBe('catalog.slug_taken');
    expect((await stateOf()).status).toBe('archived');
  });

  it('of its status alone goes where its life leads', async () => {
    const enter = (status: 'draft' | 'published') =>
      new ChangeProductStatus(dependencies).execute({ ...latest(), status }, SHOP);
    expect((await enter('draft'))._unsafeUnwrap().status).toBe('draft');
    expect((await enter('published'))._unsafeUnwrap().publishedAt).toBe(shop.clock.now());
    expect((await enter('published'))._unsafeUnwrapErr()).toMatchObject({
      code: 'catalog.illegal_status_change',
      from: 'published',
    });
  });
});

describe('the variants of a product', () => {
  const add = (sku: string, stock?: number, context = SHOP) =>
    new AddVariant(dependencies).execute(
      { ...latest(), variant: { sku, price: dollars('2.00') }, stock },
      context,
    );

  it('grow by one with its first units, once under one key', async () => {
    const context = underKey(SHOP, 'a variant', {
      answerOf: () => ({ status: 201, headers: {}, body: 'C' }),
    });
    const { variant, version } = (await add('C', 4, context))._unsafeUnwrap();
    expect([variant.sku, variant.inStock, version]).toEqual(['C', true, 2]);
    expect(await unitsOf(variant.id)).toBe(4);
    expect((await add('C', 4, context))._unsafeUnwrapErr().code).toBe('core.idempotent_replay');
  });

  it('are refused at their own fields, and nothing is stored', async () => {
    await givenProduct(shop, { variants: [{ sku: 'TAKEN' }] });
    expect((await add('TAKEN'))._unsafeUnwrapErr()).toMatchObject({
      code: 'catalog.sku_taken',
      path: ['sku'],
    });
    expect((await add('A'))._unsafeUnwrapErr()).toMatchObject({ path: ['sku'] });
    expect((await add('C', -1))._unsafeUnwrapErr()).toMatchObject({ path: ['stock'] });
    const [a] = product.state.variants;
    const changed = await new ChangeVariant(dependencies).execute(
      { ...latest(), variantId: a.id, changes: { sku: 'TAKEN' } },
      SHOP,
    );
    expect(changed._unsafeUnwrapErr()).toMatchObject({ path: ['sku'] });
    expect((await stateOf()).variants.map(({ sku }) => sku)).toEqual(['A', 'B']);
  });

  it('change by themselves, and go but for the last', async () => {
    const [a, b] = product.state.variants;
    const changed = await new ChangeVariant(dependencies).execute(
      { ...latest(), variantId: a.id, changes: { price: dollars('3.00') } },
      SHOP,
    );
    expect(changed._unsafeUnwrap()).toMatchObject({
      variant: { price: dollars('3.00') },
      version: 2,
    });
    const remove = (id?: VariantId) =>
      new RemoveVariant(dependencies).execute({ ...latest(), variantId: id as VariantId }, SHOP);
    expect((await remove(a.id)).isOk()).toBe(true);
    expect((await remove(a.id))._unsafeUnwrapErr().code).toBe('catalog.variant_not_found');
    expect((await remove(b?.id))._unsafeUnwrapErr().code).toBe('catalog.last_variant');
    expect(await unitsOf(a.id)).toBe(3);
  });
});

describe('what goes with a product', () => {
  type Wish =
    | { kind: 'set'; productIds: readonly ProductId[] }
    | { kind: 'add' | 'remove'; productId: ProductId };
  const relate = (wish: Wish) =>
    new RelateProducts(dependencies).execute({ ...latest(), ...wish }, SHOP);

  it('is set, extended and shortened', async () => {
    const [a, b] = [(await givenProduct(shop)).state.id, (await givenProduct(shop)).state.id];
    expect((await relate({ kind: 'set', productIds: [a] })).isOk()).toBe(true);
    const both = (await relate({ kind: 'add', productId: b }))._unsafeUnwrap();
    expect(both.related.map(({ id }) => id)).toEqual([a, b]);
    const one = (await relate({ kind: 'remove', productId: a }))._unsafeUnwrap();
    expect(one.related.map(({ id }) => id)).toEqual([b]);
    expect((await relate({ kind: 'remove', productId: a }))._unsafeUnwrapErr().code).toBe(
      'catalog.product_not_found',
    );
    expect((await relate({ kind: 'add', productId: b }))._unsafeUnwrapErr()).toMatchObject({
      reason: 'twice',
      path: ['productId'],
    });
  });

  it('exists', async () => {
    const { id } = (await givenProduct(shop)).state;
    const nobody = builderIds.next<ProductId>();
    expect((await relate({ kind: 'set', productIds: [id, nobody] }))._unsafeUnwrapErr()).toEqual({
      code: 'catalog.unknown_related',
      path: ['productIds', 1],
    });
    expect((await relate({ kind: 'add', productId: nobody }))._unsafeUnwrapErr()).toEqual({
      code: 'catalog.unknown_related',
      path: ['productId'],
    });
  });
});

describe('deleting a product', () => {
  it('is for those who know what stands, and happens once', async () => {
    const remove = (expectedVersion: number | 'unstated') =>
      new DeleteProduct(dependencies).execute(
        { idOrSlug: product.state.id, expectedVersion },
        SHOP,
      );
    expect((await remove('unstated'))._unsafeUnwrapErr().code).toBe('core.version_required');
    expect((await remove(9))._unsafeUnwrapErr().code).toBe('core.stale_version');
    expect((await remove(1)).isOk()).toBe(true);
    expect((await remove(1))._unsafeUnwrapErr().code).toBe('catalog.product_not_found');
  });
});
