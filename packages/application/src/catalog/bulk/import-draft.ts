import { err, ok, type Result } from 'neverthrow';

import {
  changedDraft,
  draftOf,
  type DraftVariant,
  type OptionChoice,
  type Product,
  type ProductOption,
  type Variant,
} from '@kastoma/domain/catalog';
import type { VariantId } from '@kastoma/domain/core';

import type { ImportProblem } from './import-problem.ts';
import type { ImportRow } from './import-row.ts';

/** Rows that are about one product, and the product where there is one. */
export type RowGroup = {
  readonly before: Product | null;
  /** In the order of the file. */
  readonly rows: readonly ImportRow[];
};

/** A variant as its row wants it. */
export type RowDraft = { readonly row: ImportRow; readonly draft: DraftVariant };

/** The variants that there are from now on, those of rows and those that no row names, in a lasting order. */
export type VariantsDraft = {
  readonly options: readonly ProductOption[];
  readonly variants: readonly DraftVariant[];
  /** The row of each variant, undefined where there is none. */
  readonly rows: readonly (ImportRow | undefined)[];
};

export function draftVariant(
  row: ImportRow,
  before: Product | null,
  newId: () => VariantId,
): Result<RowDraft, ImportProblem> {
  const known = before?.state.variants.find(({ sku }) => sku === row.sku);
  if (known !== undefined) return ok({ row, draft: changedDraft(known, row.variant) });
  const { price, ...others } = row.variant;
  if (price === undefined || price === null) return err(missingPrice(row));
  const given = Object.fromEntries(
    Object.entries(others).filter(([, value]) => value !== undefined && value !== null),
  ) as Partial<DraftVariant>;
  return ok({ row, draft: { ...given, id: newId(), sku: row.sku, price } });
}

/** Axes grow by what rows choose on them; a variant that no row names stays as it is. */
export function draftVariants(before: Product | null, drafts: readonly RowDraft[]): VariantsDraft {
  const bySku = new Map(drafts.map((one) => [one.row.sku, one]));
  const old: readonly Variant[] = before?.state.variants ?? [];
  const kept = old.map((variant) => bySku.get(variant.sku) ?? { draft: draftOf(variant) });
  const oldSkus = new Set(old.map(({ sku }) => sku));
  const all: readonly (RowDraft | { readonly draft: DraftVariant })[] = [
    ...kept,
    ...drafts.filter(({ row }) => !oldSkus.has(row.sku)),
  ];
  return {
    options: withChoices(
      before?.state.options ?? [],
      all.flatMap(({ draft }) => draft.options ?? []),
    ),
    variants: all.map(({ draft }) => draft),
    rows: all.map((one) => ('row' in one ? one.row : undefined)),
  };
}

function withChoices(
  axes: readonly ProductOption[],
  choices: readonly OptionChoice[],
): readonly ProductOption[] {
  const values = new Map(axes.map((axis) => [axis.name, new Set(axis.values)]));
  for (const { name, value } of choices)
    values.set(name, (values.get(name) ?? new Set<string>()).add(value));
  return [...values].map(([name, chosen]) => ({ name, values: [...chosen] }));
}

function missingPrice({ line, sku }: ImportRow): ImportProblem {
  return { line, sku, column: 'price', error: { code: 'catalog.import_missing_value' } };
}
