import { err, ok, type Result } from 'neverthrow';

import {
  checkDescription,
  Product,
  type AttributeMismatch,
  type ContentChanges,
  type ContentDraft,
  type IllegalStatusChange,
  type InvalidProduct,
  type ProductNotFound,
} from '@kastoma/domain/catalog';
import type { Currency, Instant, ProductId, VariantId } from '@kastoma/domain/core';

import type { IdGenerator } from '../../core/id-generator.port.ts';
import {
  checkUnits,
  countStock,
  openStock,
  type StockCause,
  type StockChange,
} from '../acl/inventory-stock-take.ts';
import {
  draftVariant,
  draftVariants,
  type RowDraft,
  type RowGroup,
  type VariantsDraft,
} from './import-draft.ts';
import { problemOf } from './import-groups.ts';
import { placeOf, type ImportProblem } from './import-problem.ts';
import type { ImportRow, ProductStatement } from './import-row.ts';
import type { ProductChange, Shelf } from './product-batch.ts';

export type ImportMeans = {
  readonly shelf: Shelf;
  readonly currency: Currency;
  readonly ids: IdGenerator;
  readonly cause: StockCause;
};

/** What came of the rows of one product: what is to be written, if anything, and what was wrong. */
export type ImportedProduct = {
  readonly change: ProductChange | null;
  readonly stock: readonly StockChange[];
  /** Rows that were good, whether or not they changed anything. */
  readonly accepted: number;
  readonly problems: readonly ImportProblem[];
};

type NewContent = ContentChanges & Pick<ContentDraft, 'variants'>;
type ContentError =
  | InvalidProduct
  | AttributeMismatch
  | IllegalStatusChange
  | ProductNotFound
  | { readonly code: 'catalog.unknown_category'; readonly path: readonly string[] };

/**
 * Takes the good rows of a product and leaves the others out: a row that makes the product impossible is set
 * aside, and the others are tried again. Whatever is wrong with the product itself is wrong with all of its rows.
 */
export function importProduct(group: RowGroup, means: ImportMeans): ImportedProduct {
  const { before } = group;
  const agreed = agreeing(group.rows);
  const problems: ImportProblem[] = [...agreed.problems];
  const counted: { row: ImportRow; stock: StockChange | null }[] = [];
  for (const row of agreed.rows) {
    const stock = countKnown(row, before, means);
    if (stock.isErr()) problems.push(stock.error);
    else counted.push({ row, stock: stock.value });
  }
  const drafts: RowDraft[] = [];
  for (const { row } of counted) {
    const draft = draftVariant(row, before, () => means.ids.next<VariantId>());
    if (draft.isErr()) problems.push(draft.error);
    else drafts.push(draft.value);
  }
  let left: readonly RowDraft[] = drafts;
  while (left.length > 0) {
    const [{ row: first }] = left as readonly [RowDraft, ...RowDraft[]];
    const variants = draftVariants(before, left);
    const written = write(before, first, variants, means);
    if (written.isOk()) {
      const lines = new Set(left.map(({ row }) => row.line));
      const takes = counted.filter(({ row }) => lines.has(row.line)).map(({ stock }) => stock);
      return completed(before, written.value, left, takes, { problems, means });
    }
    const { variant, column } = placeOf('path' in written.error ? written.error.path : []);
    const culprit = variant === null ? undefined : variants.rows[variant];
    const blamed = left.filter(({ row }) => culprit === undefined || row === culprit);
    problems.push(...blamed.map(({ row }) => problemOf(row, column, written.error)));
    left = left.filter((one) => !blamed.includes(one));
  }
  return { change: null, stock: [], accepted: 0, problems };
}

function completed(
  before: Product | null,
  product: Product,
  drafts: readonly RowDraft[],
  takes: readonly (StockChange | null)[],
  { problems, means }: { readonly problems: readonly ImportProblem[]; readonly means: ImportMeans },
): ImportedProduct {
  const known = new Set(before?.state.variants.map(({ id }) => id));
  const openings = drafts
    .filter(({ draft }) => !known.has(draft.id))
    .flatMap(({ row, draft }) =>
      // Whether there can be so many was asked before.
      openStock(draft.id, row.stock ?? 0, means.cause)
        .map((opened) => [opened])
        .unwrapOr([]),
    );
  return {
    change: product === before ? null : { before, product },
    stock: [...takes.filter((take) => take !== null), ...openings],
    accepted: drafts.length,
    problems,
  };
}

/** Rows of one product say the same of it as the first one; where they say nothing they agree. */
function agreeing(rows: readonly ImportRow[]) {
  const [first, ...others] = rows;
  if (first === undefined || others.length === 0) return { rows, problems: [] };
  const agreed = [first];
  const problems: ImportProblem[] = [];
  for (const row of others) {
    const column = contradiction(first.product, row.product);
    if (column === null) agreed.push(row);
    else
      problems.push(
        problemOf(row, column, { code: 'catalog.import_contradiction', firstLine: first.line }),
      );
  }
  return { rows: agreed, problems };
}

const COLUMN_OF = {
  name: 'name',
  description: 'description',
  attributes: 'attributes',
  tags: 'tags',
  seo: 'seo_title',
  category: 'category',
  status: 'status',
} as const satisfies Record<keyof ProductStatement, string>;

function contradiction(first: ProductStatement, other: ProductStatement): string | null {
  const fields = Object.keys(COLUMN_OF) as (keyof ProductStatement)[];
  const field = fields.find((name) => {
    const said = other[name];
    return !saysNothing(said) && JSON.stringify(said) !== JSON.stringify(first[name]);
  });
  return field === undefined ? null : COLUMN_OF[field];
}

function saysNothing(said: unknown): boolean {
  if (said === undefined || said === null || said === '') return true;
  return typeof said === 'object' && Object.values(said).every(saysNothing);
}

function countKnown(
  row: ImportRow,
  before: Product | null,
  { shelf, cause }: ImportMeans,
): Result<StockChange | null, ImportProblem> {
  const units = row.stock;
  if (units === null) return ok(null);
  const variant = before?.state.variants.find(({ sku }) => sku === row.sku);
  const account = variant === undefined ? undefined : shelf.stock.get(variant.id);
  const counted =
    account !== undefined
      ? countStock(account, units, cause)
      : variant === undefined
        ? checkUnits(units, cause)
        : openStock(variant.id, units, cause);
  return counted.mapErr((error) => problemOf(row, 'stock', error));
}

function write(
  before: Product | null,
  row: ImportRow,
  { options, variants }: VariantsDraft,
  means: ImportMeans,
): Result<Product, ContentError> {
  const { category, status, ...content } = row.product;
  const found =
    category === undefined || category === null ? null : means.shelf.categories.get(category);
  if (found === undefined) return err({ code: 'catalog.unknown_category', path: ['categoryId'] });
  const categoryId = category === undefined ? undefined : (found?.id ?? null);
  const slug = row.productSlug ?? undefined;
  const changes = { ...content, categoryId, slug, options, variants };
  const product =
    before === null
      ? created(changes, status, means)
      : before
          .change(changes, means.cause.at)
          .andThen((changed) => enter(changed, status, means.cause.at));
  return product.andThen((written) => checkPlace(written, before, found, means.shelf));
}

function created(
  { name, description, categoryId, attributes, ...others }: NewContent,
  status: ProductStatement['status'],
  { ids, currency, cause }: ImportMeans,
) {
  return Product.create({
    ...others,
    id: ids.next<ProductId>(),
    name: name ?? '',
    description: description ?? '',
    categoryId: categoryId ?? null,
    attributes: attributes ?? {},
    images: [],
    status: status ?? 'draft',
    currency,
    at: cause.at,
  });
}

function enter(product: Product, status: ProductStatement['status'], at: Instant) {
  return status === undefined || status === product.state.status
    ? ok(product)
    : product.enter(status, at);
}

/** As whoever describes a product anew is measured by what its category defines. */
function checkPlace(
  product: Product,
  before: Product | null,
  stated: { readonly definitions: Parameters<typeof checkDescription>[0] } | null,
  shelf: Shelf,
): Result<Product, ContentError> {
  const { categoryId } = product.state;
  if (categoryId === null || product === before || isDescribedAlike(product, before))
    return ok(product);
  const definitions = (stated ?? shelf.categories.get(categoryId))?.definitions ?? [];
  return checkDescription(definitions, product.state).map(() => product);
}

function isDescribedAlike({ state }: Product, before: Product | null): boolean {
  if (before === null) return false;
  const told = ({ categoryId, attributes, variants }: typeof state) =>
    JSON.stringify([categoryId, attributes, variants.map((variant) => variant.attributes)]);
  return told(state) === told(before.state);
}
