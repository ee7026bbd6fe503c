import { errAsync } from 'neverthrow';

import { systemContext } from '@kastoma/application/core';
import { parseId, type CategoryId, type Currency } from '@kastoma/domain/core';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { CATALOGUE } from './catalogue/catalogue.ts';
import type { SeedProduct, SeedShelf, SeedVariant } from './catalogue/shelf.ts';
import { storePrice } from './catalogue/store-price.ts';

const CONTEXT = systemContext('first-start');

/** Plants what is missing of the catalogue, so that a try that was cut short is carried on by the next one. */
export async function plantCatalogue(wiring: Wiring): Promise<void> {
  const planted = new Map<string, CategoryId>();
  for (const shelf of CATALOGUE) {
    const categoryId = await plantCategory(wiring, shelf, planted);
    planted.set(shelf.slug, categoryId);
    for (const product of shelf.products) await plantProduct(wiring, product, categoryId);
  }
}

async function plantCategory(
  wiring: Wiring,
  { slug, name, description, parent }: SeedShelf,
  planted: ReadonlyMap<string, CategoryId>,
): Promise<CategoryId> {
  const parentId = parent === null ? null : planted.get(parent);
  if (parentId === undefined) throw new Error(`The category ${slug} stands before its parent.`);
  const category = await wiring
    .get(TOKENS.createCategory)
    .execute({ name, slug, parentId, description }, CONTEXT)
    .orElse((error) =>
      error.code === 'catalog.slug_taken'
        ? wiring.get(TOKENS.categoryQueries).find(slug)
        : errAsync(error),
    )
    .andThen(({ id }) => parseId<CategoryId>(id));
  if (category.isErr()) {
    throw new Error(`The category ${slug} could not be planted: ${category.error.code}`);
  }
  return category.value;
}

/** A product comes with all its SKUs or not at all: one that is taken says that it is there. */
async function plantProduct(
  wiring: Wiring,
  { name, description, picture, attributes, tags, status, variants }: SeedProduct,
  categoryId: CategoryId,
): Promise<void> {
  const { currency } = wiring.get(TOKENS.settings);
  const product = await wiring.get(TOKENS.createProduct).execute(
    {
      name,
      description,
      categoryId,
      attributes,
      tags,
      status,
      images: [{ url: `/media/seed/${picture.name}.svg`, alt: picture.alt }],
      variants: variants.map((variant) => priced(variant, currency)),
    },
    CONTEXT,
  );
  if (product.isErr() && product.error.code !== 'catalog.sku_taken') {
    throw new Error(`The product ${name} could not be planted: ${product.error.code}`);
  }
}

function priced({ price, compareAtPrice, ...variant }: SeedVariant, currency: Currency) {
  return {
    ...variant,
    price: storePrice(price, currency),
    compareAtPrice: compareAtPrice === undefined ? undefined : storePrice(compareAtPrice, currency),
  };
}
