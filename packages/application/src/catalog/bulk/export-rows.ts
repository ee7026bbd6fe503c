import type { Product, Variant, VariantPrice } from '@kastoma/domain/catalog';
import type { Money, VariantId } from '@kastoma/domain/core';

import { barred } from './barred-list.ts';
import { neutralised } from './csv-formulas.ts';
import { JSON_COLUMNS, PRODUCT_COLUMNS, type ProductColumn } from './import-columns.ts';

/** A product as it is exported: with the slug of its category, and what is on hand of each variant. */
export type ExportedProduct = {
  readonly product: Product;
  readonly categorySlug: string | null;
  /** Left out where nobody counts. */
  readonly onHand: ReadonlyMap<VariantId, number>;
};

type Row = { readonly [Column in ProductColumn]: string };

/** One line a variant; what an import takes back as it was. */
export function csvOf(exported: ExportedProduct): string {
  return rowsOf(exported)
    .map((row) => csvLine(PRODUCT_COLUMNS.map((column) => row[column])))
    .join('');
}

export function ndjsonOf(exported: ExportedProduct): string {
  return rowsOf(exported)
    .map((row) => `${JSON.stringify(asJson(row, exported.product.state.tags))}\n`)
    .join('');
}

function rowsOf({ product, categorySlug, onHand }: ExportedProduct): readonly Row[] {
  const { state } = product;
  const own = {
    product_id: state.id,
    product_slug: state.slug,
    name: state.name,
    description: state.description,
    category: categorySlug ?? '',
    status: state.status,
    tags: barred(state.tags),
    attributes: JSON.stringify(state.attributes),
    seo_title: state.seo.title ?? '',
    seo_description: state.seo.description ?? '',
  };
  return state.variants.map((variant) => ({
    ...own,
    ...variantCells(variant),
    ...optionCells(variant),
    stock: numberOf(onHand.get(variant.id) ?? null),
  }));
}

function variantCells(variant: Variant) {
  const { price, compareAtPrice, minimumPrice, cost, dimensions } = variant;
  return {
    sku: variant.sku,
    variant_name: variant.name ?? '',
    price: price.toDecimal(),
    compare_at_price: amountOf(compareAtPrice),
    minimum_price: amountOf(minimumPrice),
    cost: amountOf(cost),
    currency: price.currency,
    prices: JSON.stringify(variant.prices.map(priceJson)),
    barcode: variant.barcode ?? '',
    weight_grams: numberOf(variant.weightGrams),
    length_mm: numberOf(dimensions?.length ?? null),
    width_mm: numberOf(dimensions?.width ?? null),
    height_mm: numberOf(dimensions?.height ?? null),
    tax_class: variant.taxClass,
    variant_attributes: JSON.stringify(variant.attributes),
  };
}

function optionCells({ options }: Variant) {
  const name = (place: number) => options[place]?.name ?? '';
  const value = (place: number) => options[place]?.value ?? '';
  return {
    option1_name: name(0),
    option1_value: value(0),
    option2_name: name(1),
    option2_value: value(1),
    option3_name: name(2),
    option3_value: value(2),
    option4_name: name(3),
    option4_value: value(3),
    option5_name: name(4),
    option5_value: value(4),
  };
}

function priceJson({ price, compareAtPrice, minimumPrice }: VariantPrice) {
  return {
    currency: price.currency,
    price: price.toDecimal(),
    ...(compareAtPrice === null ? {} : { compare_at_price: compareAtPrice.toDecimal() }),
    ...(minimumPrice === null ? {} : { minimum_price: minimumPrice.toDecimal() }),
  };
}

/** Empty cells are null, and JSON stands as what it is. */
function asJson(row: Row, tags: readonly string[]) {
  const entries = PRODUCT_COLUMNS.map((column): [ProductColumn, unknown] => {
    const cell = row[column];
    if (column === 'tags') return [column, tags];
    if (cell === '') return [column, null];
    return [column, JSON_COLUMNS.has(column) ? (JSON.parse(cell) as unknown) : cell];
  });
  return Object.fromEntries(entries);
}

function amountOf(money: Money | null): string {
  return money === null ? '' : money.toDecimal();
}

function numberOf(number: number | null): string {
  return number === null ? '' : String(number);
}

/** A line of RFC 4180 in which nothing is a formula. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

const MUST_BE_QUOTED = /[",;\t\r\n]|^\s|\s$/;

function quoted(cell: string): string {
  const safe = neutralised(cell);
  return MUST_BE_QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The first line of an exported CSV file. */
export const CSV_HEADER = csvLine(PRODUCT_COLUMNS);
