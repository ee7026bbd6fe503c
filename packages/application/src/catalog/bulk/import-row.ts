import { err, ok, Result } from 'neverthrow';

import {
  parseSku,
  PRODUCT_STATUSES,
  type ContentDraft,
  type OptionChoice,
  type ProductStatus,
  type SeoDraft,
  type Sku,
  type VariantChanges,
} from '@kastoma/domain/catalog';
import { Money, parseCurrency, parseId, type Currency, type ProductId } from '@kastoma/domain/core';

import { fromBarred } from './barred-list.ts';
import type { ImportCells, ProductColumn } from './import-columns.ts';
import type { ImportProblem, ImportRowError, InvalidImportValue } from './import-problem.ts';

/** What a row says of its product; what is left out is not said. An empty category is none. */
export type ProductStatement = Partial<
  Pick<ContentDraft, 'name' | 'description' | 'attributes' | 'tags'>
> & {
  readonly seo?: SeoDraft;
  /** A category's slug or id. */
  readonly category?: string | null;
  readonly status?: ProductStatus;
};

/** One row of a file: a variant, its product, its prices and its stock. */
export type ImportRow = {
  readonly line: number;
  readonly sku: Sku;
  readonly productId: ProductId | null;
  readonly productSlug: string | null;
  readonly product: ProductStatement;
  readonly variant: VariantChanges;
  /** Counted, at the default location; null where nobody counted. */
  readonly stock: number | null;
};

type Cell = { readonly column: ProductColumn; readonly text: string };
type Misread = { readonly column: ProductColumn | null; readonly error: ImportRowError };
type ReadCell<Value> = (cell: Cell) => Result<Value, Misread>;

const LONGEST_JSON = 100_000;
const OPTION_PLACES = [1, 2, 3, 4, 5] as const;
const WHOLE_NUMBER = /^-?\d{1,12}$/;

/** Reads the cells of a row; whether they fit the product, the product knows. */
export function readImportRow(
  cells: ImportCells,
  line: number,
  storeCurrency: Currency,
): Result<ImportRow, ImportProblem> {
  const given = (cells.sku ?? '').trim();
  return readRow(cells, line, storeCurrency).mapErr(({ column, error }) => ({
    line,
    sku: given === '' ? null : given.slice(0, 64),
    column,
    error,
  }));
}

function readRow(
  cells: ImportCells,
  line: number,
  storeCurrency: Currency,
): Result<ImportRow, Misread> {
  const given = cells.sku ?? '';
  if (given.trim() === '') return missing('sku');
  return readCurrency(cells.currency, storeCurrency).andThen((currency) => {
    return Result.combine([
      parseSku(given).mapErr((error): Misread => ({ column: 'sku', error })),
      optional(cells, 'product_id', readId),
      readProduct(cells),
      readVariant(cells, moneyIn(currency)),
      optional(cells, 'stock', readWholeNumber),
    ]).map(([sku, productId, product, variant, stock]) => ({
      line,
      sku,
      productId: productId ?? null,
      productSlug: blankToNull(cells.product_slug) ?? null,
      product,
      variant,
      stock: stock ?? null,
    }));
  });
}

function readProduct(cells: ImportCells): Result<ProductStatement, Misread> {
  return Result.combine([
    optional(cells, 'attributes', readObject),
    optional(cells, 'status', readStatus),
  ]).map(([attributes, status]) => {
    const seo = {
      ...stated('title', blankToNull(cells.seo_title)),
      ...stated('description', blankToNull(cells.seo_description)),
    };
    const name = cells.name?.trim();
    return {
      ...stated('name', name === '' ? undefined : name),
      ...stated('description', cells.description),
      ...stated('category', blankToNull(cells.category)),
      ...stated('tags', cells.tags === undefined ? undefined : fromBarred(cells.tags)),
      ...stated('attributes', attributes === null ? {} : attributes),
      ...stated('seo', Object.keys(seo).length === 0 ? undefined : seo),
      ...stated('status', status ?? undefined),
    };
  });
}

function readVariant(cells: ImportCells, money: ReadCell<Money>): Result<VariantChanges, Misread> {
  return Result.combine([
    optional(cells, 'price', money),
    optional(cells, 'compare_at_price', money),
    optional(cells, 'minimum_price', money),
    optional(cells, 'cost', money),
    optional(cells, 'prices', readPrices),
    optional(cells, 'variant_attributes', readObject),
    optional(cells, 'weight_grams', readWholeNumber),
    readDimensions(cells),
    readOptions(cells),
  ]).map(([price, compareAt, minimum, cost, prices, attributes, weight, dimensions, options]) => ({
    ...stated('price', price ?? undefined),
    ...stated('compareAtPrice', compareAt),
    ...stated('minimumPrice', minimum),
    ...stated('cost', cost),
    ...stated('prices', prices === null ? [] : prices),
    ...stated('name', blankToNull(cells.variant_name)),
    ...stated('barcode', blankToNull(cells.barcode)),
    ...stated('taxClass', blankToNull(cells.tax_class)),
    ...stated('attributes', attributes === null ? {} : attributes),
    ...stated('weightGrams', weight),
    ...stated('dimensions', dimensions),
    ...stated('options', options),
  }));
}

function readDimensions(cells: ImportCells) {
  return Result.combine([
    optional(cells, 'length_mm', readWholeNumber),
    optional(cells, 'width_mm', readWholeNumber),
    optional(cells, 'height_mm', readWholeNumber),
  ]).andThen(([length, width, height]) => {
    const sides = [length, width, height];
    if (sides.every((side) => side === undefined)) return ok(undefined);
    if (sides.every((side) => side === undefined || side === null)) return ok(null);
    if (length === undefined || length === null) return missing('length_mm');
    if (width === undefined || width === null) return missing('width_mm');
    if (height === undefined || height === null) return missing('height_mm');
    return ok({ length, width, height });
  });
}

function readOptions(cells: ImportCells): Result<readonly OptionChoice[] | undefined, Misread> {
  const choices: OptionChoice[] = [];
  let isSaid = false;
  for (const place of OPTION_PLACES) {
    const name = cells[`option${place}_name`];
    const value = cells[`option${place}_value`];
    isSaid ||= name !== undefined || value !== undefined;
    const isNamed = name !== undefined && name.trim() !== '';
    const isChosen = value !== undefined && value.trim() !== '';
    if (!isNamed && !isChosen) continue;
    if (!isNamed) return missing(`option${place}_name`);
    if (!isChosen) return missing(`option${place}_value`);
    choices.push({ name: plain(name), value: plain(value) });
  }
  return ok(isSaid ? choices : undefined);
}

/** As the domain writes them, so that equal ones are found to be equal. */
function plain(text: string): string {
  return text.length > 1_000 ? text : text.trim().normalize('NFC');
}

const readPrices: ReadCell<NonNullable<VariantChanges['prices']>> = (cell) => {
  const json = jsonOf(cell.text);
  if (!Array.isArray(json)) return invalid(cell.column, 'json');
  return Result.combine(json.map((price: unknown) => readPrice(cell.column, price)));
};

function readPrice(column: ProductColumn, json: unknown) {
  if (typeof json !== 'object' || json === null) return invalid(column, 'json');
  const { currency, price, compare_at_price, minimum_price, ...others } = json as Readonly<
    Record<string, unknown>
  >;
  if (Object.keys(others).length > 0 || typeof currency !== 'string')
    return invalid(column, 'json');
  return readCurrency(currency, null).andThen((parsed) => {
    const amount = (value: unknown) =>
      value === undefined || value === null
        ? ok(undefined)
        : typeof value === 'string'
          ? moneyIn(parsed)({ column, text: value })
          : invalid(column, 'amount');
    return Result.combine([amount(price), amount(compare_at_price), amount(minimum_price)]).andThen(
      ([own, compareAtPrice, minimumPrice]) =>
        own === undefined
          ? invalid(column, 'amount')
          : ok({ price: own, compareAtPrice, minimumPrice }),
    );
  });
}

function readCurrency(
  text: string | undefined,
  otherwise: Currency | null,
): Result<Currency, Misread> {
  const given = (text ?? '').trim();
  if (given === '' && otherwise !== null) return ok(otherwise);
  return parseCurrency(given).mapErr(() => misread('currency', 'currency'));
}

function moneyIn(currency: Currency): ReadCell<Money> {
  return ({ column, text }) =>
    Money.parse({ amount: text.trim(), currency }).mapErr(() => misread(column, 'amount'));
}

const readWholeNumber: ReadCell<number> = ({ column, text }) =>
  WHOLE_NUMBER.test(text.trim()) ? ok(Number(text)) : invalid(column, 'whole_number');

const readId: ReadCell<ProductId> = ({ column, text }) =>
  parseId<ProductId>(text.trim()).mapErr(() => misread(column, 'id'));

const readStatus: ReadCell<ProductStatus> = ({ column, text }) => {
  const status = PRODUCT_STATUSES.find((known) => known === text.trim());
  return status === undefined ? invalid(column, 'status') : ok(status);
};

const readObject: ReadCell<Readonly<Record<string, unknown>>> = ({ column, text }) => {
  const json = jsonOf(text);
  return typeof json === 'object' && json !== null && !Array.isArray(json)
    ? ok(json as Readonly<Record<string, unknown>>)
    : invalid(column, 'json');
};

const parseJson = Result.fromThrowable((text: string): unknown => JSON.parse(text));

function jsonOf(text: string): unknown {
  return text.length > LONGEST_JSON ? undefined : parseJson(text).unwrapOr(undefined);
}

/** Undefined where the column is not there, null where the cell is empty. */
function optional<Value>(
  cells: ImportCells,
  column: ProductColumn,
  read: ReadCell<Value>,
): Result<Value | null | undefined, Misread> {
  const text = cells[column];
  if (text === undefined) return ok(undefined);
  return text.trim() === '' ? ok(null) : read({ column, text });
}

function blankToNull(text: string | undefined): string | null | undefined {
  if (text === undefined) return undefined;
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}

function stated<Name extends string, Value>(name: Name, value: Value | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Value };
}

function misread(column: ProductColumn, expected: InvalidImportValue['expected']): Misread {
  return { column, error: { code: 'catalog.import_invalid_value', expected } };
}

function invalid(
  column: ProductColumn,
  expected: InvalidImportValue['expected'],
): Result<never, Misread> {
  return err(misread(column, expected));
}

function missing(column: ProductColumn): Result<never, Misread> {
  return err({ column, error: { code: 'catalog.import_missing_value' } });
}
