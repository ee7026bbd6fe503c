import type { Result } from 'neverthrow';

import { parseId, type CategoryId, type ProductId, type VariantId } from '../core/ids.value.ts';
import {
  listOf,
  malformedJson,
  nullOr,
  objectOf,
  oneOf,
  readText,
  readWholeNumber,
  textThat,
  type JsonReader,
  type MalformedJson,
} from '../core/json-reader.ts';
import { parseTag } from '../core/tag.value.ts';
import { readInstant, readMoney, readVersion } from '../core/value-readers.ts';
import { parseAttributes, type Attributes } from './attributes.value.ts';
import {
  Product,
  PRODUCT_STATUSES,
  type InvalidProduct,
  type ProductImage,
  type ProductState,
} from './product.aggregate.ts';
import { parseSku } from './sku.value.ts';
import { parseSlug } from './slug.value.ts';
import type { DraftVariant, Variant } from './variant.ts';

const readAttributes: JsonReader<Attributes> = (json, path) =>
  typeof json === 'object' && json !== null && !Array.isArray(json)
    ? parseAttributes({ ...json }, path).orElse((error) => malformedJson(error.path, 'malformed'))
    : malformedJson(path, json === undefined ? 'missing' : 'wrong_type');

const readVariant = objectOf<Variant>({
  id: textThat((text) => parseId<VariantId>(text)),
  sku: textThat((text) => parseSku(text)),
  name: nullOr(readText),
  price: readMoney,
  compareAtPrice: nullOr(readMoney),
  minimumPrice: nullOr(readMoney),
  attributes: readAttributes,
  weightGrams: nullOr(readWholeNumber),
  taxClass: readText,
});

type StoredProduct = Omit<ProductState, 'variants'> & {
  readonly version: number;
  readonly variants: readonly Variant[];
};

const readProduct = objectOf<StoredProduct>({
  version: readVersion,
  id: textThat((text) => parseId<ProductId>(text)),
  name: readText,
  slug: textThat((text) => parseSlug(text)),
  description: readText,
  categoryId: nullOr(textThat((text) => parseId<CategoryId>(text))),
  attributes: readAttributes,
  tags: listOf(textThat((text) => parseTag(text))),
  status: oneOf(PRODUCT_STATUSES),
  variants: listOf(readVariant),
  images: listOf(objectOf<ProductImage>({ url: readText, alt: readText })),
  createdAt: readInstant,
  updatedAt: readInstant,
});

/** Reads a product from any value; one that could not be created is refused for the same reason. */
export function parseProduct(json: unknown): Result<Product, MalformedJson | InvalidProduct> {
  return readProduct(json, []).andThen(({ version, createdAt, updatedAt, ...product }) => {
    const [first] = product.variants;
    return first === undefined
      ? malformedJson(['variants'], 'malformed')
      : Product.create({
          ...product,
          variants: product.variants.map(draftOf),
          currency: first.price.currency,
          at: createdAt,
        }).map(({ state }) => Product.restore({ ...state, updatedAt }, version));
  });
}

function draftOf({
  name,
  compareAtPrice,
  minimumPrice,
  weightGrams,
  ...variant
}: Variant): DraftVariant {
  return {
    ...variant,
    name: name ?? undefined,
    compareAtPrice: compareAtPrice ?? undefined,
    minimumPrice: minimumPrice ?? undefined,
    weightGrams: weightGrams ?? undefined,
  };
}
