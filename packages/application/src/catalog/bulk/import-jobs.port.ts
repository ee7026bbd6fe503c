import type { ResultAsync } from 'neverthrow';

import type { Sku } from '@kastoma/domain/catalog';
import type { Actor, Instant } from '@kastoma/domain/core';

import type { Cursor, Feed, FeedRequest } from '../../core/page.ts';
import type { ConcurrentUpdate, UnitOfWork } from '../../core/unit-of-work.port.ts';
import type { ImportCells } from './import-columns.ts';
import type { ImportProblem, UnknownImportField, UnreadableRow } from './import-problem.ts';
import type { ProductBatch, Shelf, ShelfQuestion } from './product-batch.ts';

export const IMPORT_STATUSES = ['receiving', 'queued', 'running', 'finished', 'failed'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];
export type ImportFormat = 'csv' | 'ndjson';

/** How far an import is. Products are counted, and rows where they were wrong. */
export type ImportCounts = {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failedRows: number;
};
export type ImportView = ImportCounts & {
  readonly id: string;
  readonly format: ImportFormat;
  readonly dryRun: boolean;
  readonly status: ImportStatus;
  /** Those received so far; all of them once it is queued. */
  readonly totalRows: number;
  readonly doneRows: number;
  readonly startedBy: string;
  readonly createdAt: Instant;
  readonly finishedAt: Instant | null;
};

export type ImportNotFound = { readonly code: 'catalog.import_not_found' };

/** A row as it was received: its cells, or why it has none. */
export type ReceivedRow =
  | { readonly line: number; readonly cells: ImportCells }
  | {
      readonly line: number;
      readonly defect: UnreadableRow | UnknownImportField;
    };

/** Rows that are worked off together. */
export type ImportChunk = {
  readonly number: number;
  readonly rows: readonly ReceivedRow[];
};

/** An import that somebody works on, and its next rows; undefined where all are done. */
export type TakenImport = {
  readonly view: ImportView;
  readonly chunk: ImportChunk | undefined;
};

export interface ImportJobs {
  open(job: {
    readonly id: string;
    readonly format: ImportFormat;
    readonly dryRun: boolean;
    readonly startedBy: string;
    readonly at: Instant;
  }): Promise<void>;
  /** Rows of an import that is being received, and the first line of each SKU in them; false where it was given up meanwhile. */
  append(
    id: string,
    chunk: ImportChunk,
    skus: ReadonlyMap<string, number>,
    at: Instant,
  ): Promise<boolean>;
  /** All rows are there; false where it was given up meanwhile. */
  queue(id: string, at: Instant): Promise<boolean>;
  /** Nothing more comes of it; what was received is forgotten. */
  fail(id: string, at: Instant): Promise<void>;
  /** Rows that nobody else has, held until the work is done; null where others have all that are left. */
  take(id: string): Promise<TakenImport | null>;
  /** The line of the whole file in which each SKU stands first. */
  firstLines(id: string, skus: readonly Sku[]): Promise<ReadonlyMap<Sku, number>>;
  /** The rows are done: in the same transaction as their effect. */
  complete(
    id: string,
    chunk: ImportChunk,
    counts: ImportCounts,
    problems: readonly ImportProblem[],
  ): Promise<void>;
  finish(view: ImportView, at: Instant): Promise<void>;
}

/** Many products at once. */
export interface BulkShelf {
  /** Holds what it gives until the work is done. */
  find(question: ShelfQuestion): Promise<Shelf>;
  takenSlugs(slugs: readonly string[]): Promise<readonly string[]>;
  /** Writes products, prices and stock with their events. A rehearsal does all of it and takes it back. */
  save(batch: ProductBatch, mode: 'for_good' | 'rehearsal'): ResultAsync<void, ConcurrentUpdate>;
}

export type ImportTx = { readonly imports: ImportJobs; readonly shelf: BulkShelf };
export type ImportUnitOfWork = UnitOfWork<ImportTx>;

export type ImportPlace = Cursor<'-created_at', readonly [number, string]>;
export type ReportPlace = Cursor<'line', readonly [number]>;

export interface ImportQueries {
  find(id: string): ResultAsync<ImportView, ImportNotFound>;
  /** The newest first. */
  list(request: FeedRequest<ImportPlace>): Promise<Feed<ImportView, ImportPlace>>;
  /** What was wrong, by its line. */
  report(
    id: string,
    request: FeedRequest<ReportPlace>,
  ): ResultAsync<Feed<ImportProblem, ReportPlace>, ImportNotFound>;
  /** The oldest one that has rows to be worked off, and who started it. */
  next(): Promise<{ readonly id: string; readonly actor: Actor } | null>;
}
