import { err, ok, Result } from 'neverthrow';

import type { Currency } from '../core/currency.value.ts';
import type { CategoryId, ProductId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { Tag } from '../core/tag.value.ts';
import { parseText, type FieldPath, type InvalidText } from '../core/text.value.ts';
import { toWireForm, type Json } from '../core/wire-form.ts';
import { parseAttributes, type Attributes, type InvalidAttributes } from './attributes.value.ts';
import type { CatalogEvent } from './product.events.ts';
import { parseSlug, slugOf, withSuffix, type InvalidSlug, type Slug } from './slug.value.ts';
import { parseTags, type InvalidTagCount } from './tags.value.ts';
import { parseVariant, type DraftVariant, type InvalidVariant, type Variant } from './variant.ts';

export const PRODUCT_STATUSES = ['draft', 'published', 'archived'] as const;
export type ProductStatus = (typeof PRODUCT_STATUSES)[number];

const MOST_VARIANTS = 200;
const MOST_IMAGES = 50;

/** A picture of a product: where it is served from, and what it shows for those who do not see it. */
export type ProductImage = { readonly url: string; readonly alt: string };

export type ProductState = {
  readonly id: ProductId;
  readonly name: string;
  readonly slug: Slug;
  readonly description: string;
  readonly categoryId: CategoryId | null;
  readonly attributes: Attributes;
  /** What promotions know it by: each once, sorted. */
  readonly tags: readonly Tag[];
  readonly status: ProductStatus;
  readonly variants: readonly [Variant, ...Variant[]];
  /** The first one is the primary one. */
  readonly images: readonly ProductImage[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
};

export type CreateProductInput = {
  readonly id: ProductId;
  readonly name: string;
  /** Left out, it is made of the name. */
  readonly slug?: string | undefined;
  readonly description: string;
  readonly categoryId: CategoryId | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Left out, none. */
  readonly tags?: readonly string[] | undefined;
  readonly status: ProductStatus;
  readonly variants: readonly DraftVariant[];
  readonly images: readonly ProductImage[];
  /** The store's currency: the one that prices are written in. */
  readonly currency: Currency;
  readonly at: Instant;
};

export type InvalidVariantCount = {
  readonly code: 'catalog.invalid_variant_count';
  readonly path: FieldPath;
  readonly maximum: number;
};
export type DuplicateSkuInProduct = {
  readonly code: 'catalog.duplicate_sku';
  readonly sku: string;
  readonly path: FieldPath;
};
export type WrongPriceCurrency = {
  readonly code: 'catalog.wrong_price_currency';
  readonly expected: string;
  readonly path: FieldPath;
};
export type InvalidImage = { readonly code: 'catalog.invalid_image'; readonly path: FieldPath };
export type InvalidProduct =
  | InvalidText
  | InvalidSlug
  | InvalidAttributes
  | InvalidTagCount
  | InvalidVariant
  | InvalidVariantCount
  | DuplicateSkuInProduct
  | WrongPriceCurrency
  | InvalidImage;

/** Something the shop sells, in one or more variants. */
export class Product {
  readonly state: ProductState;
  readonly version: number;
  readonly pending: readonly CatalogEvent[];

  private constructor(state: ProductState, version: number, pending: readonly CatalogEvent[]) {
    this.state = Object.freeze(state);
    this.version = version;
    this.pending = pending;
    Object.freeze(this);
  }

  /** With the version; the names in attributes are the merchant's and stay as they are. `parseProduct` reads it back. */
  toJSON(): Json {
    const { attributes, variants, ...others } = this.state;
    return toWireForm({
      version: this.version,
      ...others,
      attributes: asItIs(attributes),
      variants: variants.map((variant) => ({ ...variant, attributes: asItIs(variant.attributes) })),
    });
  }

  static create(input: CreateProductInput): Result<Product, InvalidProduct> {
    return parseText(input.name, { path: ['name'], maximumLength: 200 }).andThen((name) =>
      Result.combine([
        parseText(input.description, {
          path: ['description'],
          maximumLength: 20_000,
          mayBeEmpty: true,
          multiline: true,
        }),
        input.slug === undefined ? ok(slugOf(name, `product-${input.id}`)) : parseSlug(input.slug),
        parseAttributes(input.attributes),
        parseTags(input.tags ?? []),
        parseVariants(input),
        parseImages(input.images),
      ]).map(([description, slug, attributes, tags, variants, images]) =>
        Product.#created({
          id: input.id,
          name,
          slug,
          description,
          categoryId: input.categoryId,
          attributes,
          tags,
          status: input.status,
          variants,
          images,
          createdAt: input.at,
          updatedAt: input.at,
        }),
      ),
    );
  }

  /** For persistence only. */
  static restore(state: ProductState, version: number): Product {
    return new Product(state, version, []);
  }

  /** The same new product under a slug that nobody else has: for a name that another product bears, too. */
  withUniqueSlug(): Product {
    return Product.#created({ ...this.state, slug: withSuffix(this.state.slug, this.state.id) });
  }

  static #created(state: ProductState): Product {
    return new Product(state, 1, [
      {
        type: 'catalog.product_created',
        schemaVersion: 1,
        aggregateId: state.id,
        aggregateVersion: 1,
        occurredAt: state.createdAt,
        payload: {
          productId: state.id,
          slug: state.slug,
          status: state.status,
          variants: state.variants.map((variant) => ({ variantId: variant.id, sku: variant.sku })),
        },
      },
    ]);
  }
}

function asItIs(json: Json): { readonly toJSON: () => Json } {
  return { toJSON: () => json };
}

function parseVariants(
  input: CreateProductInput,
): Result<
  readonly [Variant, ...Variant[]],
  InvalidVariant | InvalidVariantCount | DuplicateSkuInProduct | WrongPriceCurrency
> {
  if (input.variants.length > MOST_VARIANTS) return wrongCount();
  const seen = new Set<string>();
  const variants: Variant[] = [];
  for (const [index, draft] of input.variants.entries()) {
    const path = ['variants', index];
    if (draft.price.currency !== input.currency) {
      return err({
        code: 'catalog.wrong_price_currency',
        expected: input.currency,
        path: [...path, 'price', 'currency'],
      });
    }
    const variant = parseVariant(draft, path);
    if (variant.isErr()) return err(variant.error);
    if (seen.has(variant.value.sku)) {
      return err({ code: 'catalog.duplicate_sku', sku: variant.value.sku, path: [...path, 'sku'] });
    }
    seen.add(variant.value.sku);
    variants.push(variant.value);
  }
  const [first, ...others] = variants;
  return first === undefined ? wrongCount() : ok([first, ...others]);
}

function wrongCount(): Result<never, InvalidVariantCount> {
  return err({ code: 'catalog.invalid_variant_count', path: ['variants'], maximum: MOST_VARIANTS });
}

function parseImages(
  images: readonly ProductImage[],
): Result<readonly ProductImage[], InvalidImage> {
  if (images.length > MOST_IMAGES) return err({ code: 'catalog.invalid_image', path: ['images'] });
  return Result.combine(images.map((image, index) => parseImage(image, ['images', index])));
}

function parseImage(image: ProductImage, path: FieldPath): Result<ProductImage, InvalidImage> {
  return Result.combine([
    parseText(image.url, { path, maximumLength: 2_000 }),
    parseText(image.alt, { path, maximumLength: 500, mayBeEmpty: true }),
  ])
    .map(([url, alt]) => ({ url, alt }))
    .mapErr(() => ({ code: 'catalog.invalid_image', path }));
}
