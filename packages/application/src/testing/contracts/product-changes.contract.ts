import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Product } from '@kastoma/domain/catalog';
import type { Instant, ProductId, VariantId } from '@kastoma/domain/core';

import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { dollars, money } from '../builders/money.builder.ts';
import { aProduct } from '../builders/product.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCategory, givenProduct } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const later = (BUILT_AT + 60_000) as Instant;
const conflict = err({ code: 'core.concurrent_update' });
const notFound = err({ code: 'catalog.product_not_found' });
const EVERYTHING = {
  seo: { title: 'For engines', description: 'And more' },
  options: [
    { name: 'Size', values: ['S', 'M'] },
    { name: 'Colour', values: ['red'] },
  ],
};
const choice = (size: string) => [
  { name: 'Size', value: size },
  { name: 'Colour', value: 'red' },
];

export function productChangesContract(open: OpenShop): void {
  describe('a product that is changed', () => {
    const shop = shopOfSuite(open);
    const find = (idOrSlug: string) =>
      shop().catalog.run(SHOP, ({ products }) => products.find(idOrSlug));
    const save = (product: Product) =>
      shop().catalog.run(SHOP, ({ products }) => products.save(product));
    const given = async (...wishes: Parameters<typeof aProduct>) =>
      (await find((await givenProduct(shop(), ...wishes)).state.id))._unsafeUnwrap();
    const changed = async (product: Product, change: (product: Product) => unknown) => {
      const next = (change(product) as ReturnType<Product['publish']>)._unsafeUnwrap();
      (await save(next))._unsafeUnwrap();
      return next;
    };
    const seen = (name: string) => shop().productQueries.find(name, 'shoppers');

    it('comes back with all that was ever said of it', async () => {
      const categoryId = (await givenCategory(shop())).state.id;
      const related = await given();
      const product = await given({
        ...EVERYTHING,
        categoryId,
        tags: ['a'],
        attributes: { deep: { list: [1, null] } },
        variants: [
          {
            options: choice('S'),
            barcode: '4006381333931',
            dimensions: { length: 1, width: 20, height: 300 },
            cost: '3.00',
            compareAtPrice: '25.00',
            minimumPrice: '10.00',
            prices: [
              { price: money('900', 'JPY') },
              { price: money('18.00', 'EUR'), compareAtPrice: money('20.00', 'EUR') },
            ],
          },
          { options: choice('M'), price: '9999999999.99', weightGrams: 7, taxClass: 'reduced' },
        ],
      });
      const next = await changed(product, (one) => one.relateTo([related.state.id], later));
      const found = (await find(product.state.id))._unsafeUnwrap();
      expect([found.state, found.version, found.pending]).toEqual([next.state, 2, []]);
      expect(found.state.variants[0].prices.map(({ price }) => price.currency)).toEqual([
        'EUR',
        'JPY',
      ]);
      expect((await find(product.state.slug.toString()))._unsafeUnwrap().state).toEqual(next.state);
      expect((await find(product.state.id.toUpperCase())).isOk()).toBe(true);
    });

    it('is saved under its next version, and tells of it', async () => {
      const product = await given();
      const next = await changed(product, (one) =>
        one.change(
          { name: 'New', description: 'Better', tags: ['b', 'a'], seo: { title: 'T' } },
          later,
        ),
      );
      const found = (await find(product.state.id))._unsafeUnwrap();
      expect([found.state, found.version]).toEqual([next.state, 2]);
      expect(await shop().eventsOf(product.state.id)).toMatchObject([
        { type: 'catalog.product_created' },
        {
          type: 'catalog.product_changed',
          aggregateVersion: 2,
          payload: { fields: ['name', 'description', 'tags', 'seo'], previousSlug: null },
        },
      ]);
    });

    it('is not saved over what somebody else saved in between', async () => {
      const product = await given();
      const [mine, theirs] = ['Mine', 'Theirs'].map((name) =>
        product.change({ name }, later)._unsafeUnwrap(),
      ) as [Product, Product];
      expect((await save(mine)).isOk()).toBe(true);
      expect(await save(theirs)).toEqual(conflict);
      expect((await find(product.state.id))._unsafeUnwrap().state.name).toBe('Mine');
      expect(await save(aProduct().archive(later)._unsafeUnwrap())).toEqual(conflict);
    });

    it('is held by whoever works on it: no change of eight is lost', async () => {
      const { state } = await given();
      const runs = await times(8, (index) =>
        shop().catalog.run(SHOP, ({ products }) =>
          products
            .find(state.id)
            .andThen((product) =>
              product.addVariant(
                {
                  id: builderIds.next<VariantId>(),
                  sku: `HELD-${index}`,
                  price: dollars('1.00'),
                },
                later,
              ),
            )
            .andThen((product) => products.save(product)),
        ),
      );
      expect(runs.every((run) => run.isOk())).toBe(true);
      const found = (await find(state.id))._unsafeUnwrap();
      expect([found.version, found.state.variants.length]).toEqual([9, 9]);
    });

    it('is found under the slugs that it had, until another product has them', async () => {
      const product = await given({ slug: 'first-name' });
      const second = await changed(product, (one) => one.change({ slug: 'second-name' }, later));
      const stored = (await find(second.state.id))._unsafeUnwrap();
      await changed(stored, (one) => one.change({ slug: 'third-name' }, later));
      for (const old of ['first-name', 'second-name'])
        expect(await seen(old)).toEqual(err({ code: 'catalog.product_moved', slug: 'third-name' }));
      expect(await find('first-name')).toEqual(notFound);

      const other = await given({ slug: 'first-name' });
      expect((await seen('first-name'))._unsafeUnwrap().id).toBe(other.state.id);
      await changed(other, (one) => one.delete(later));
      expect(await seen('first-name')).toEqual(notFound);

      const third = (await find('third-name'))._unsafeUnwrap();
      const back = await changed(third, (one) => one.change({ slug: 'second-name' }, later));
      expect((await seen('second-name'))._unsafeUnwrap().id).toBe(product.state.id);
      const draft = (await find(back.state.id))._unsafeUnwrap();
      await changed(draft, (one) => one.enter('draft', later));
      expect(await seen('third-name')).toEqual(notFound);
      expect((await shop().productQueries.find('third-name', 'staff'))._unsafeUnwrapErr()).toEqual({
        code: 'catalog.product_moved',
        slug: 'second-name',
      });
    });

    it('takes no slug and no SKU that others have, and is then as it was', async () => {
      const other = await given({ variants: [{}, {}] });
      const product = await given({ variants: [{}, {}] });
      const [first, second] = product.state.variants;
      const refusals = [
        product.change({ slug: other.state.slug }, later),
        product.changeVariant(second?.id as VariantId, { sku: other.state.variants[0].sku }, later),
        product.addVariant(
          {
            id: builderIds.next(),
            sku: other.state.variants[1]?.sku ?? '',
            price: dollars('1.00'),
          },
          later,
        ),
      ];
      const runs = [];
      for (const refusal of refusals) runs.push(await save(refusal._unsafeUnwrap()));
      expect(runs).toEqual([
        err({ code: 'catalog.slug_taken', slug: other.state.slug }),
        err({
          code: 'catalog.sku_taken',
          skus: [other.state.variants[0].sku],
          path: ['variants', 1, 'sku'],
        }),
        err({
          code: 'catalog.sku_taken',
          skus: [other.state.variants[1]?.sku],
          path: ['variants', 2, 'sku'],
        }),
      ]);
      const found = (await find(product.state.id))._unsafeUnwrap();
      expect([found.version, found.state.variants.map(({ sku }) => sku)]).toEqual([
        1,
        [first.sku, second?.sku],
      ]);
      expect(await shop().eventsOf(product.state.id)).toHaveLength(1);
    });

    it('gives a slug or a SKU to one of eight that want it at once', async () => {
      const rivals: Product[] = [];
      for (let index = 0; index < 8; index += 1) rivals.push(await given());
      const race = async (change: (one: Product) => ReturnType<Product['changeVariant']>) => {
        const runs = await times(8, (index) =>
          save(change(rivals[index] as Product)._unsafeUnwrap()),
        );
        const codes = runs.filter((run) => run.isErr()).map((run) => run._unsafeUnwrapErr().code);
        return [runs.filter((run) => run.isOk()).length, new Set(codes)];
      };
      expect(
        await race((one) => one.changeVariant(one.state.variants[0].id, { sku: 'WANTED' }, later)),
      ).toEqual([1, new Set(['catalog.sku_taken'])]);
      for (const [index, { state }] of rivals.entries())
        rivals[index] = (await find(state.id))._unsafeUnwrap();
      expect(await race((one) => one.change({ slug: 'wanted-by-eight' }, later))).toEqual([
        1,
        new Set(['catalog.slug_taken']),
      ]);
    });

    it('swaps SKUs and options of its variants, sorts them anew, drops and adds some, all at once', async () => {
      const product = await given({
        ...EVERYTHING,
        variants: [
          { sku: 'SWAP-1', options: choice('S') },
          { sku: 'SWAP-2', options: choice('M') },
        ],
      });
      const [one, two] = product.state.variants;
      const draft = { price: dollars('2.00') };
      const swapped = await changed(product, (before) =>
        before.change(
          {
            options: [{ name: 'Size', values: ['S', 'M', 'L'] }],
            variants: [
              {
                ...draft,
                id: two?.id as VariantId,
                sku: 'SWAP-1',
                options: [{ name: 'Size', value: 'S' }],
              },
              {
                ...draft,
                id: builderIds.next(),
                sku: 'SWAP-3',
                options: [{ name: 'Size', value: 'L' }],
              },
              { ...draft, id: one.id, sku: 'SWAP-2', options: [{ name: 'Size', value: 'M' }] },
            ],
          },
          later,
        ),
      );
      const found = (await find(product.state.id))._unsafeUnwrap();
      expect(found.state).toEqual(swapped.state);
      expect(found.state.variants.map(({ sku }) => sku)).toEqual(['SWAP-1', 'SWAP-3', 'SWAP-2']);

      const fewer = await changed(found, (before) => before.removeVariant(one.id, later));
      expect((await find(product.state.id))._unsafeUnwrap().state).toEqual(fewer.state);
      expect((await givenProduct(shop(), { variants: [{ sku: 'SWAP-2' }] })).state.id).toBeTruthy();
    });

    it('is for sale in the currencies of its prices, and in no other', async () => {
      const product = await given({ variants: [{ prices: [{ price: money('8.00', 'EUR') }] }] });
      const { id } = product.state.variants[0];
      const offers = async (currency: string) =>
        (await shop().offers.ofVariants([id], money('1.00', currency).currency)).map(
          ({ unitPrice }) => unitPrice,
        );
      expect(await offers('EUR')).toEqual([money('8.00', 'EUR')]);
      await changed(product, (one) =>
        one.changeVariant(id, { prices: [{ price: money('7.00', 'GBP') }] }, later),
      );
      expect(await offers('EUR')).toEqual([]);
      expect(await offers('GBP')).toEqual([money('7.00', 'GBP')]);
      expect(await offers('USD')).toEqual([dollars('19.99')]);
    });

    it('is nowhere to be seen once deleted; carts see what they hold as no longer sold', async () => {
      const product = await given({ variants: [{ sku: 'GONE-1' }, { sku: 'GONE-2' }] });
      const neighbour = await given();
      await changed(neighbour, (one) => one.relateTo([product.state.id], later));
      const [one, two] = product.state.variants.map(({ id }) => id) as [VariantId, VariantId];
      const usd = dollars('1.00').currency;
      const published = async () =>
        (await shop().offers.ofVariants([one, two], usd)).map((offer) => offer.published);
      const smaller = await changed(product, (before) => before.removeVariant(one, later));
      expect(new Set(await published())).toEqual(new Set([false, true]));
      expect((await seen(neighbour.state.id))._unsafeUnwrap().related).toHaveLength(1);

      const stored = (await find(smaller.state.id))._unsafeUnwrap();
      await changed(stored, (before) => before.delete(later));
      expect(await published()).toEqual([false, false]);
      expect(await find(product.state.id)).toEqual(notFound);
      expect(await shop().productQueries.find(product.state.id, 'staff')).toEqual(notFound);
      expect(await shop().productQueries.find(product.state.slug, 'staff')).toEqual(notFound);
      expect((await seen(neighbour.state.id))._unsafeUnwrap().related).toEqual([]);
      const { slug } = product.state;
      const heir = await givenProduct(shop(), { slug, variants: [{ sku: 'GONE-2' }] });
      expect((await seen(slug))._unsafeUnwrap().id).toBe(heir.state.id);
      expect((await shop().eventsOf(product.state.id)).at(-1)).toMatchObject({
        type: 'catalog.product_deleted',
        payload: { variantIds: [two] },
      });
    });

    it('shows what goes with it page by page, in its order, to those who may see it', async () => {
      const [a, b, hidden] = [await given(), await given(), await given({ status: 'draft' })];
      const product = await given();
      const ids = [b, hidden, a].map(({ state }) => state.id);
      await changed(product, (one) => one.relateTo(ids, later));
      const related = async (audience: 'shoppers' | 'staff', page: number) => {
        const { items, count } = await shop().productQueries.related(product.state.id, audience, {
          page,
          pageSize: 2,
        });
        return [count, ...items.map(({ id }) => id)];
      };
      expect(await related('staff', 1)).toEqual([3, b.state.id, hidden.state.id]);
      expect(await related('staff', 2)).toEqual([3, a.state.id]);
      expect(await related('shoppers', 1)).toEqual([2, b.state.id, a.state.id]);
      const view = (await seen(product.state.id))._unsafeUnwrap();
      expect(view.related.map(({ id }) => id)).toEqual([b.state.id, a.state.id]);
      const unknown = builderIds.next<ProductId>();
      const missing = await shop().catalog.run(SHOP, ({ products }) =>
        products.missingAmong([a.state.id, unknown]),
      );
      expect(missing._unsafeUnwrap()).toEqual([unknown]);
    });
  });
}
