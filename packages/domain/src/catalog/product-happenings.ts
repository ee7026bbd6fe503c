import type { ProductStatus } from './product-status.value.ts';
import type { ProductEvent } from './product.events.ts';
import type { ProductState } from './product.state.ts';
import type { Variant } from './variant.ts';

/** What an event tells, without when and which version. */
export type ProductHappening<Event = ProductEvent> = Event extends ProductEvent
  ? Pick<Event, 'type' | 'payload'>
  : never;

const PRICE_FIELDS = ['price', 'compareAtPrice', 'minimumPrice', 'prices', 'cost'] as const;
const VARIANT_FIELDS = [
  'sku',
  'name',
  'options',
  'barcode',
  'attributes',
  'weightGrams',
  'dimensions',
  'taxClass',
] as const;
const PRODUCT_FIELDS = [
  'name',
  'slug',
  'description',
  'categoryId',
  'attributes',
  'tags',
  'seo',
  'options',
  'images',
  'relatedIds',
] as const;

export function created({ id, slug, status, variants }: ProductState): ProductHappening {
  const told = variants.map((variant) => ({ variantId: variant.id, sku: variant.sku }));
  return {
    type: 'catalog.product_created',
    payload: { productId: id, slug, status, variants: told },
  };
}

export function entered({ id, slug }: ProductState, status: ProductStatus): ProductHappening {
  const payload = { productId: id, slug };
  if (status === 'published') return { type: 'catalog.product_published', payload };
  return status === 'archived'
    ? { type: 'catalog.product_archived', payload }
    : { type: 'catalog.product_unpublished', payload };
}

export function deleted({ id, slug, variants }: ProductState): ProductHappening {
  const variantIds = variants.map((variant) => variant.id);
  return { type: 'catalog.product_deleted', payload: { productId: id, slug, variantIds } };
}

/** All that is another, in the order in which it is told; nothing where nothing is. */
export function changesBetween(
  before: ProductState,
  after: ProductState,
): readonly ProductHappening[] {
  return [...ownChanges(before, after), ...variantChanges(before, after)];
}

function ownChanges(before: ProductState, after: ProductState): readonly ProductHappening[] {
  const kept = new Set(after.variants.map(({ id }) => id));
  const orderBefore = before.variants.map(({ id }) => id).filter((id) => kept.has(id));
  const known = new Set(before.variants.map(({ id }) => id));
  const orderAfter = after.variants.map(({ id }) => id).filter((id) => known.has(id));
  const fields: readonly string[] = [
    ...differing(PRODUCT_FIELDS, before, after),
    ...(isSame(orderBefore, orderAfter) ? [] : ['variants']),
  ];
  if (fields.length === 0) return [];
  const { id: productId, slug } = after;
  const previousSlug = before.slug === slug ? null : before.slug;
  return [{ type: 'catalog.product_changed', payload: { productId, slug, previousSlug, fields } }];
}

function variantChanges(before: ProductState, after: ProductState): readonly ProductHappening[] {
  const productId = after.id;
  const factsOf = ({ id, sku }: Variant) => ({ productId, variantId: id, sku });
  const beforeById = new Map(before.variants.map((variant) => [variant.id, variant]));
  const idsAfter = new Set(after.variants.map(({ id }) => id));
  const removed = before.variants
    .filter(({ id }) => !idsAfter.has(id))
    .map((variant): ProductHappening => ({
      type: 'catalog.variant_removed',
      payload: factsOf(variant),
    }));
  const others = after.variants.flatMap((variant): readonly ProductHappening[] => {
    const old = beforeById.get(variant.id);
    if (old === undefined) return [{ type: 'catalog.variant_added', payload: factsOf(variant) }];
    const fields = differing(VARIANT_FIELDS, old, variant);
    return fields.length === 0
      ? []
      : [{ type: 'catalog.variant_changed', payload: { ...factsOf(variant), fields } }];
  });
  const variantIds = after.variants
    .filter((variant) => {
      const old = beforeById.get(variant.id);
      return old !== undefined && differing(PRICE_FIELDS, old, variant).length > 0;
    })
    .map(({ id }) => id);
  const repriced: readonly ProductHappening[] =
    variantIds.length === 0
      ? []
      : [{ type: 'catalog.price_changed', payload: { productId, variantIds } }];
  return [...removed, ...others, ...repriced];
}

function differing<Whole, Field extends keyof Whole & string>(
  fields: readonly Field[],
  before: Whole,
  after: Whole,
): readonly Field[] {
  return fields.filter((field) => !isSame(before[field], after[field]));
}

/** As JSON, in which all of it can be written. */
function isSame(before: unknown, after: unknown): boolean {
  return before === after || JSON.stringify(before) === JSON.stringify(after);
}
