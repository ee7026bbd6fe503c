import { describe, expect, it } from 'vitest';

import type { CategoryId, Currency, Instant, ProductId, VariantId } from '@kastoma/domain/core';
import { LARGEST_STOCK } from '@kastoma/domain/inventory';

import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { aCategory } from '../builders/category.builder.ts';
import { dollars, USD } from '../builders/money.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCategory, givenProduct, givenVariant } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';
import { revise } from './stock-queries.contract.ts';

const NO_FACTS = {
  categoryIds: [],
  tags: [],
  taxClass: 'standard',
  weightGrams: null,
  minimumUnitPrice: null,
};

export function offersContract(open: OpenShop): void {
  describe('offers', () => {
    const shop = shopOfSuite(open);

    it('say of a product what each variant costs and how many can be had', async () => {
      const wishes = {
        name: 'Chair',
        variants: [
          { name: 'Oak', price: '120.00', sku: 'C-OAK' },
          { price: '80.00', sku: 'C-ANY' },
        ],
      };
      const { id, variants } = (await givenProduct(shop(), wishes, 5)).state;
      const [oak, any] = variants;
      await reserve(oak.id, 2);
      const first = {
        productId: id,
        variantId: oak.id,
        sku: 'C-OAK',
        name: 'Chair – Oak',
        unitPrice: dollars('120.00'),
        published: true,
        availableUnits: 3,
        ...NO_FACTS,
      };
      const second = {
        productId: id,
        variantId: any?.id,
        sku: 'C-ANY',
        name: 'Chair',
        unitPrice: dollars('80.00'),
        published: true,
        availableUnits: 5,
        ...NO_FACTS,
      };
      expect(await shop().offers.ofProduct(id, USD)).toEqual([first, second]);
      expect(await shop().offers.ofVariants([oak.id], USD)).toEqual([first]);
    });

    it('carry what promotions, tax and shipping ask of a variant', async () => {
      const categoryId = (await givenCategory(shop())).state.id;
      const variants = [
        { price: '9.00', minimumPrice: '7.50', weightGrams: 320, taxClass: 'reduced' },
        { price: '8.00', minimumPrice: '0.00', weightGrams: 0 },
        { price: '7.00' },
      ];
      const wishes = { categoryId, tags: ['Tea', 'green'], variants };
      const { id } = (await givenProduct(shop(), wishes)).state;
      const product = { categoryIds: [categoryId], tags: ['green', 'tea'], taxClass: 'standard' };
      expect(await shop().offers.ofProduct(id, USD)).toMatchObject([
        {
          ...product,
          taxClass: 'reduced',
          weightGrams: 320,
          minimumUnitPrice: dollars('7.50'),
        },
        { ...product, weightGrams: 0, minimumUnitPrice: dollars('0.00') },
        { ...product, weightGrams: null, minimumUnitPrice: null },
      ]);
    });

    it('name the category of the product and all above it, from the nearest up', async () => {
      const path = await givenPath(6);
      const beside = await givenCategory(shop(), aCategory({ parentId: path[4] as CategoryId }));
      const deep = await givenVariant(shop(), 1, { categoryId: path[0] as CategoryId });
      const high = await givenVariant(shop(), 1, { categoryId: path[4] as CategoryId });
      const side = await givenVariant(shop(), 1, { categoryId: beside.state.id });
      const none = await givenVariant(shop(), 1);
      const wanted = [deep, high, side, none].map(({ variantId }) => variantId);
      const offers = await shop().offers.ofVariants(wanted, USD);
      const namedOf = ({ variantId }: { variantId: VariantId }) =>
        offers.find((offer) => offer.variantId === variantId)?.categoryIds;
      expect(namedOf(deep)).toEqual(path);
      expect(namedOf(high)).toEqual(path.slice(4));
      expect(namedOf(side)).toEqual([beside.state.id, ...path.slice(4)]);
      expect(namedOf(none)).toEqual([]);
    });

    it('are made of variants of several products, each once', async () => {
      const [a, b] = [await givenVariant(shop()), await givenVariant(shop())];
      const wanted = [b.variantId, a.variantId, b.variantId, builderIds.next<VariantId>()];
      const offers = await shop().offers.ofVariants(wanted, USD);
      expect(offers.map(({ variantId }) => variantId).toSorted()).toEqual([
        a.variantId,
        b.variantId,
      ]);
      expect(await shop().offers.ofVariants([], USD)).toEqual([]);
    });

    it('of what is not published say so', async () => {
      for (const status of ['draft', 'archived'] as const) {
        const { productId, variantId } = await givenVariant(shop(), 1, { status });
        expect(await shop().offers.ofVariants([variantId], USD)).toMatchObject([
          { productId, published: false, availableUnits: 1 },
        ]);
      }
    });

    it('are in one currency: without a price in it there is none', async () => {
      const { productId, variantId } = await givenVariant(shop(), 1);
      const euro = 'EUR' as Currency;
      expect(await shop().offers.ofVariants([variantId], euro)).toEqual([]);
      expect(await shop().offers.ofProduct(productId, euro)).toEqual([]);
      expect(await shop().offers.ofProduct(builderIds.next<ProductId>(), USD)).toEqual([]);
    });

    it('follow how the merchant keeps the account, and so does what the catalogue shows', async () => {
      const { productId, variantId } = await givenVariant(shop(), 0);
      const seen = async () => {
        const [offer] = await shop().offers.ofVariants([variantId], USD);
        const product = await shop().productQueries.find(productId, 'shoppers');
        return [offer?.availableUnits, product._unsafeUnwrap().inStock];
      };
      expect(await seen()).toEqual([0, false]);
      await revise(shop(), variantId, { tracking: { mode: 'backorder', limit: 7 } });
      expect(await seen()).toEqual([7, true]);
      await reserve(variantId, 7);
      expect(await seen()).toEqual([0, false]);
      await revise(shop(), variantId, { tracking: { mode: 'backorder', limit: null } });
      expect(await seen()).toEqual([LARGEST_STOCK - 7, true]);
      await revise(shop(), variantId, { tracking: { mode: 'not_tracked' } });
      expect(await seen()).toEqual([LARGEST_STOCK, true]);
    });

    it('take into account what the same work reserved', async () => {
      const { variantId } = await givenVariant(shop(), 4);
      const run = await shop().ordering.run(SHOP, async ({ offers, stock }) => {
        const lines = [{ variantId, quantity: 4 }];
        const reserved = await stock.reserve(builderIds.next(), lines, BUILT_AT as Instant);
        expect(await offers.ofVariants([variantId], USD)).toMatchObject([{ availableUnits: 0 }]);
        return reserved;
      });
      expect(run.isOk()).toBe(true);
    });

    /** So many categories, each below the next. */
    async function givenPath(length: number): Promise<readonly CategoryId[]> {
      const path: CategoryId[] = [];
      for (let level = 0; level < length; level += 1) {
        const above = path[0] === undefined ? {} : { parentId: path[0] };
        path.unshift((await givenCategory(shop(), aCategory(above))).state.id);
      }
      return path;
    }

    async function reserve(variantId: VariantId, quantity: number): Promise<void> {
      const cause = { reference: 'x', actor: 'system', reason: '', at: BUILT_AT as Instant };
      const run = await shop().inventory.run(SHOP, ({ ledger }) =>
        ledger.reserve([{ variantId, quantity }], cause),
      );
      expect(run.isOk()).toBe(true);
    }
  });
}
