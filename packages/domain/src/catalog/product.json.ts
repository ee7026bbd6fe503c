import type { Result } from 'neverthrow';

import {
  parseId,
  type CategoryId,
  type ImageId,
  type ProductId,
  type VariantId,
} from '../core/ids.value.ts';
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
import { parseBarcode } from './barcode.value.ts';
import type { Dimensions } from './dimensions.value.ts';
import type { InvalidProduct } from './product-content.ts';
import {
  PICTURE_FORMATS,
  type ImageDetails,
  type ProductImage,
  type Rendition,
} from './product-images.value.ts';
import type { OptionChoice, ProductOption } from './product-options.value.ts';
import type { Seo } from './product-seo.value.ts';
import { PRODUCT_STATUSES } from './product-status.value.ts';
import { Product } from './product.aggregate.ts';
import type { ProductState } from './product.state.ts';
import { parseRelated, type InvalidRelated } from './related-products.value.ts';
import { parseSku } from './sku.value.ts';
import { parseSlug } from './slug.value.ts';
import type { VariantPrice } from './variant-price.ts';
import { draftOf, type Variant } from './variant.ts';

const readAttributes: JsonReader<Attributes> = (json, path) =>
  typeof json === 'object' && json !== null && !Array.isArray(json)
    ? parseAttributes({ ...json }, path).orElse((error) => malformedJson(error.path, 'malformed'))
    : malformedJson(path, json === undefined ? 'missing' : 'wrong_type');

const priceReaders = {
  price: readMoney,
  compareAtPrice: nullOr(readMoney),
  minimumPrice: nullOr(readMoney),
};

const readVariant = objectOf<Variant>({
  id: textThat((text) => parseId<VariantId>(text)),
  sku: textThat((text) => parseSku(text)),
  name: nullOr(readText),
  ...priceReaders,
  prices: listOf(objectOf<VariantPrice>(priceReaders)),
  cost: nullOr(readMoney),
  options: listOf(objectOf<OptionChoice>({ name: readText, value: readText })),
  barcode: nullOr(textThat((text) => parseBarcode(text))),
  attributes: readAttributes,
  weightGrams: nullOr(readWholeNumber),
  dimensions: nullOr(
    objectOf<Dimensions>({
      length: readWholeNumber,
      width: readWholeNumber,
      height: readWholeNumber,
    }),
  ),
  taxClass: readText,
});

const readImage = objectOf<ProductImage>({
  id: textThat((text) => parseId<ImageId>(text)),
  url: readText,
  alt: readText,
  details: nullOr(
    objectOf<ImageDetails>({
      width: readWholeNumber,
      height: readWholeNumber,
      checksum: readText,
      renditions: listOf(
        objectOf<Rendition>({
          url: readText,
          format: oneOf(PICTURE_FORMATS),
          width: readWholeNumber,
          height: readWholeNumber,
        }),
      ),
    }),
  ),
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
  seo: objectOf<Seo>({ title: nullOr(readText), description: nullOr(readText) }),
  options: listOf(objectOf<ProductOption>({ name: readText, values: listOf(readText) })),
  status: oneOf(PRODUCT_STATUSES),
  relatedIds: listOf(textThat((text) => parseId<ProductId>(text))),
  publishedAt: nullOr(readInstant),
  variants: listOf(readVariant),
  images: listOf(readImage),
  createdAt: readInstant,
  updatedAt: readInstant,
  deletedAt: nullOr(readInstant),
});

/** Reads a product from any value; one that could not be created is refused for the same reason. */
export function parseProduct(
  json: unknown,
): Result<Product, MalformedJson | InvalidProduct | InvalidRelated> {
  return readProduct(json, []).andThen(({ version, ...stored }) => {
    const [first] = stored.variants;
    if (first === undefined) return malformedJson(['variants'], 'malformed');
    const { id, createdAt, updatedAt, publishedAt, deletedAt } = stored;
    return Product.create({
      ...stored,
      variants: stored.variants.map(draftOf),
      currency: first.price.currency,
      at: createdAt,
    }).andThen(({ state }) =>
      parseRelated(stored.relatedIds, id, ['related_ids']).map((relatedIds) =>
        Product.restore({ ...state, relatedIds, updatedAt, publishedAt, deletedAt }, version),
      ),
    );
  });
}
