import { errAsync, ok } from 'neverthrow';

import type { ProductBatch } from '@kastoma/application/catalog';
import { systemContext } from '@kastoma/application/core';
import { parseId, type CategoryId } from '@kastoma/domain/core';

import type { OpenedCatalogue } from '../../commands/opened-catalogue.ts';
import { seededProduct, type SeededShelf } from './seeded-product.ts';
import { DEPARTMENTS } from './seeded-words.ts';

const PRODUCTS_AT_ONCE = 1_000;
const BATCHES_AT_ONCE = 2;
const CONTEXT = systemContext('seed-catalogue');

type Catalogue = Pick<
  OpenedCatalogue,
  'settings' | 'unitOfWork' | 'createCategory' | 'categoryQueries'
>;

/** Plants the first so many products of a seed; those that stand already are left alone. */
export async function plantLargeCatalogue(
  catalogue: Catalogue,
  { products, seed }: { readonly products: number; readonly seed: number },
  planted: (count: number) => void,
): Promise<void> {
  const shelves = await plantShelves(catalogue);
  let next = 0;
  let done = 0;
  const work = async () => {
    while (next < products) {
      const from = next;
      next = Math.min(products, from + PRODUCTS_AT_ONCE);
      const count = next - from;
      await plantSome(catalogue, seed, { from, count }, shelves);
      done += count;
      planted(done);
    }
  };
  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, work));
}

async function plantSome(
  { unitOfWork, settings }: Catalogue,
  seed: number,
  { from, count }: { readonly from: number; readonly count: number },
  shelves: readonly [SeededShelf, ...SeededShelf[]],
): Promise<void> {
  const some = Array.from({ length: count }, (_, index) =>
    seededProduct(seed, from + index, shelves, settings.currency),
  );
  const saved = await unitOfWork.run(CONTEXT, async ({ shelf }) => {
    const taken = new Set(await shelf.takenSlugs(some.map(({ product }) => product.state.slug)));
    const missing = some.filter(({ product }) => !taken.has(product.state.slug));
    const batch: ProductBatch = {
      products: missing.map(({ product }) => ({ before: null, product })),
      stock: missing.flatMap(({ stock }) => stock.map((moved) => ({ before: null, moved }))),
    };
    return shelf.save(batch, 'for_good');
  });
  if (saved.isErr()) throw new Error(`Products could not be planted: ${saved.error.code}`);
}

async function plantShelves(
  catalogue: Catalogue,
): Promise<readonly [SeededShelf, ...SeededShelf[]]> {
  const shelves: SeededShelf[] = [];
  for (const { name, kinds } of DEPARTMENTS) {
    const parentId = await plantCategory(catalogue, name, `all-${name.toLowerCase()}`, null);
    for (const kind of kinds) {
      const slug = `${name}-${kind.name}`.toLowerCase();
      shelves.push({ kind, categoryId: await plantCategory(catalogue, kind.name, slug, parentId) });
    }
  }
  const [first, ...others] = shelves;
  if (first === undefined) throw new Error('There are no words.');
  return [first, ...others];
}

async function plantCategory(
  { createCategory, categoryQueries }: Catalogue,
  name: string,
  slug: string,
  parentId: CategoryId | null,
): Promise<CategoryId> {
  const category = await createCategory
    .execute({ name, slug, parentId, description: '' }, CONTEXT)
    .orElse((error) =>
      error.code === 'catalog.slug_taken' ? categoryQueries.find(slug) : errAsync(error),
    )
    .andThen(({ id }) => parseId<CategoryId>(id))
    .andThen((id) => ok(id));
  if (category.isErr()) throw new Error(`No category ${slug}: ${category.error.code}`);
  return category.value;
}
