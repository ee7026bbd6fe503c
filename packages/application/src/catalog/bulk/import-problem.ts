import type {
  AttributeMismatch,
  IllegalStatusChange,
  InvalidProduct,
  ProductNotFound,
  SkuTaken,
  SlugTaken,
  UnknownCategory,
} from '@kastoma/domain/catalog';
import type { FieldPath } from '@kastoma/domain/core';

import type { StockRefusal } from '../acl/inventory-stock-take.ts';

/** A row that could not be read at all, or that is no row of this file. */
export type UnreadableRow = {
  readonly code: 'catalog.import_unreadable_row';
  readonly reason:
    | 'not_json'
    | 'not_an_object'
    | 'not_text'
    | 'too_long'
    | 'too_many_cells'
    | 'too_few_cells';
};
export type UnknownImportField = {
  readonly code: 'catalog.import_unknown_field';
  readonly field: string;
};
export type MissingImportValue = { readonly code: 'catalog.import_missing_value' };
export type InvalidImportValue = {
  readonly code: 'catalog.import_invalid_value';
  readonly expected: 'amount' | 'currency' | 'id' | 'json' | 'status' | 'text' | 'whole_number';
};
/** Two rows of one file have the same SKU: the first one holds. */
export type RepeatedImportSku = {
  readonly code: 'catalog.import_repeated_sku';
  readonly firstLine: number;
};
/** It says something else of the product than the product's first row. */
export type ContradictingRow = {
  readonly code: 'catalog.import_contradiction';
  readonly firstLine: number;
};

/** What may be wrong with a row. */
export type ImportRowError =
  | AttributeMismatch
  | ContradictingRow
  | IllegalStatusChange
  | InvalidImportValue
  | InvalidProduct
  | MissingImportValue
  | ProductNotFound
  | RepeatedImportSku
  | SkuTaken
  | SlugTaken
  | StockRefusal
  | UnknownCategory
  | UnknownImportField
  | UnreadableRow;

/** What was wrong, and where: one entry of a report. */
export type ImportProblem = {
  readonly line: number;
  readonly sku: string | null;
  /** Null where it is the row as a whole. */
  readonly column: string | null;
  readonly error: ImportRowError;
};

const COLUMNS: Readonly<Record<string, string>> = {
  attributes: 'attributes',
  barcode: 'barcode',
  categoryId: 'category',
  compareAtPrice: 'compare_at_price',
  cost: 'cost',
  description: 'description',
  minimumPrice: 'minimum_price',
  name: 'name',
  onHand: 'stock',
  options: 'option1_name',
  price: 'price',
  prices: 'prices',
  sku: 'sku',
  slug: 'product_slug',
  stock: 'stock',
  tags: 'tags',
  taxClass: 'tax_class',
  weightGrams: 'weight_grams',
  'dimensions.height': 'height_mm',
  'dimensions.length': 'length_mm',
  'dimensions.width': 'width_mm',
  'seo.description': 'seo_description',
  'seo.title': 'seo_title',
};
const VARIANT_COLUMNS: Readonly<Record<string, string>> = {
  attributes: 'variant_attributes',
  name: 'variant_name',
};

/** The column in which a value stood that the domain refused, and the variant that it stood for. */
export function placeOf(path: FieldPath): {
  readonly variant: number | null;
  readonly column: string | null;
} {
  const [first, index] = path;
  const isOfVariant = first === 'variants' && typeof index === 'number';
  const [field, part] = isOfVariant ? path.slice(2) : path;
  const columns = isOfVariant ? { ...COLUMNS, ...VARIANT_COLUMNS } : COLUMNS;
  const column = columns[`${field}.${part}`] ?? columns[String(field)] ?? null;
  return { variant: isOfVariant ? index : null, column };
}
