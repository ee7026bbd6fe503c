import type { CategoryId, ProductId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { Tag } from '../core/tag.value.ts';
import type { Attributes } from './attributes.value.ts';
import type { ProductImage } from './product-images.value.ts';
import type { ProductOption } from './product-options.value.ts';
import type { Seo } from './product-seo.value.ts';
import type { ProductStatus } from './product-status.value.ts';
import type { Slug } from './slug.value.ts';
import type { Variant } from './variant.ts';

/** What staff write of a product. */
export type ProductContent = {
  readonly name: string;
  readonly slug: Slug;
  readonly description: string;
  readonly categoryId: CategoryId | null;
  readonly attributes: Attributes;
  /** What promotions know it by: each once, sorted. */
  readonly tags: readonly Tag[];
  readonly seo: Seo;
  /** The axes along which the variants differ; none where they bear names alone. */
  readonly options: readonly ProductOption[];
  readonly variants: readonly [Variant, ...Variant[]];
  /** The first one is the primary one. */
  readonly images: readonly ProductImage[];
};

export type ProductState = ProductContent & {
  readonly id: ProductId;
  readonly status: ProductStatus;
  /** Products to look at next, the best first. */
  readonly relatedIds: readonly ProductId[];
  /** When shoppers could see it first, or again; stays when it is taken off the shelves. */
  readonly publishedAt: Instant | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly deletedAt: Instant | null;
};
