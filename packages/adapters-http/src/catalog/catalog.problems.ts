import type { InvalidOpeningStock } from '@kastoma/application/catalog';
import type { InvalidPrice, InvalidProduct, SkuTaken, SlugTaken } from '@kastoma/domain/catalog';
import type { InvalidText } from '@kastoma/domain/core';

import type { ProblemMap } from '../core/problem-map.ts';
import { CATEGORY_PROBLEMS, type CategoryError } from './categories.problems.ts';
import { IMAGE_PROBLEMS, type ImageError } from './images.problems.ts';
import { IMPORT_PROBLEMS, type ImportError } from './imports.problems.ts';
import { PRODUCT_PROBLEMS, type ProductError } from './products.problems.ts';
import { REVIEW_PROBLEMS, type ReviewError } from './reviews.problems.ts';
import { WISHLIST_PROBLEMS, type WishlistError } from './wishlists.problems.ts';

export type CatalogError =
  | CategoryError
  | ImageError
  | ImportError
  | Exclude<InvalidProduct, InvalidText>
  | InvalidOpeningStock
  | ProductError
  | ReviewError
  | SkuTaken
  | SlugTaken
  | WishlistError;

const PRICE_REASONS = {
  negative: 'A price is not negative.',
  too_high: 'The price is too high.',
  other_currency: 'It must be in the currency of the price.',
  above_price: 'A minimum price is not above the price.',
  duplicate_currency: 'There is a price in this currency already.',
  too_many: 'These are too many prices.',
} as const satisfies Record<InvalidPrice['reason'], string>;

export const CATALOG_PROBLEMS: ProblemMap<CatalogError> = {
  ...CATEGORY_PROBLEMS,
  ...IMAGE_PROBLEMS,
  ...IMPORT_PROBLEMS,
  ...PRODUCT_PROBLEMS,
  ...REVIEW_PROBLEMS,
  ...WISHLIST_PROBLEMS,
  'catalog.duplicate_sku': {
    status: 422,
    describe: ({ sku }) => `Two variants of the product have the SKU ${sku}.`,
  },
  'catalog.invalid_attributes': {
    status: 422,
    describe: () =>
      'Attributes are plain JSON: at most 5 levels, 500 values, and texts of 5,000 characters.',
    detail: ({ reason }) => ({ reason }),
  },
  'catalog.invalid_image': {
    status: 422,
    describe: () => 'It is not a picture that a product can have.',
  },
  'catalog.invalid_opening_stock': {
    status: 422,
    describe: ({ maximum }) => `Stock is a whole number from 0 to ${maximum}.`,
  },
  'catalog.invalid_price': {
    status: 422,
    describe: ({ reason }) => PRICE_REASONS[reason],
    detail: ({ reason }) => ({ reason }),
  },
  'catalog.invalid_sku': {
    status: 422,
    describe: () => 'A SKU has 1 to 64 printable characters and no blanks at its ends.',
  },
  'catalog.invalid_slug': {
    status: 422,
    describe: () =>
      'A slug is made of lower-case letters and digits, joined by single hyphens, and is no UUID.',
  },
  'catalog.invalid_tag_count': {
    status: 422,
    describe: ({ maximum }) => `A product has at most ${maximum} tags.`,
  },
  'catalog.invalid_variant_count': {
    status: 422,
    describe: ({ maximum }) => `A product has 1 to ${maximum} variants.`,
  },
  'catalog.invalid_weight': { status: 422, describe: () => 'A weight is a whole number of grams.' },
  'catalog.sku_taken': {
    status: 409,
    describe: ({ skus }) => `Another product has the SKU ${skus.join(', ')}.`,
    detail: ({ skus }) => ({ skus }),
  },
  'catalog.slug_taken': {
    status: 409,
    describe: ({ slug }) => `The slug ${slug} is taken.`,
    field: 'slug',
  },
  'catalog.wrong_price_currency': {
    status: 422,
    describe: ({ expected }) => `Prices of this shop are in ${expected}.`,
    detail: ({ expected }) => ({ currency: expected }),
  },
};
