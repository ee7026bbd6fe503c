/** Every column that a file may have, in the order in which an export writes them. */
export const PRODUCT_COLUMNS = [
  'product_id',
  'product_slug',
  'name',
  'description',
  'category',
  'status',
  'tags',
  'attributes',
  'seo_title',
  'seo_description',
  'sku',
  'variant_name',
  'option1_name',
  'option1_value',
  'option2_name',
  'option2_value',
  'option3_name',
  'option3_value',
  'option4_name',
  'option4_value',
  'option5_name',
  'option5_value',
  'price',
  'compare_at_price',
  'minimum_price',
  'cost',
  'currency',
  'prices',
  'stock',
  'barcode',
  'weight_grams',
  'length_mm',
  'width_mm',
  'height_mm',
  'tax_class',
  'variant_attributes',
] as const;
export type ProductColumn = (typeof PRODUCT_COLUMNS)[number];

/** The columns that hold JSON. */
export const JSON_COLUMNS: ReadonlySet<string> = new Set<ProductColumn>([
  'attributes',
  'prices',
  'variant_attributes',
]);

const KNOWN: ReadonlySet<string> = new Set(PRODUCT_COLUMNS);

export function isProductColumn(name: string): name is ProductColumn {
  return KNOWN.has(name);
}

/** A row as it stands in a file: a column that is left out says nothing, an empty cell says that there is nothing. */
export type ImportCells = { readonly [Column in ProductColumn]?: string };
